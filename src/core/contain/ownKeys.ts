import { isProven } from '../evidence/seal.ts';
import { type JsonObject, textOf } from '../model/json.ts';

/** API keys that were made and deleted with this extension, by SID. */
export interface OwnKeys {
  readonly made: ReadonlySet<string>;
  readonly deleted: ReadonlySet<string>;
}

/** The words for such a key: also what was made while no incident was open is the person's own. */
export const madeByYou = 'made by you with this extension';

/**
 * What the outcomes of these journal records say was done to API keys and read back. Records that this computer did not seal count for nothing: who can write to a
 * workspace could call an intruder's key the person's own.
 */
export function ownKeysIn(records: readonly JsonObject[]): OwnKeys {
  const done = records.filter(
    (record) => record['type'] === 'outcome' && record['result'] === 'done' && isProven(record),
  );
  const sids = (action: string, field: string): ReadonlySet<string> =>
    new Set(done.flatMap((record) => (record['action'] === action ? (textOf(record, field) ?? []) : [])));
  return { made: sids('createReplacementKey', 'back'), deleted: sids('deleteApiKey', 'target') };
}
