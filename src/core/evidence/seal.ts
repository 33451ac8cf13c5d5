import { isObject, type Json, type JsonObject, numberOf, textOf } from '../model/json.ts';
import { canonicalJson } from './canonicalJson.ts';
import type { ChainRecord } from './record.ts';

/** A secret of this computer, kept where nobody who can write to a workspace reaches it. */
export interface SealKey {
  /** 16 hexadecimal digits; every seal names its key. */
  readonly id: string;
  /** 64 hexadecimal digits. */
  readonly secret: string;
}

/** HMAC-SHA-256 (RFC 2104) of the text's UTF-8 bytes under a secret, in lower-case hexadecimal. */
export type Hmac = (text: string, secret: string) => string;

/** How a computer seals. */
export interface Sealer {
  readonly key: SealKey;
  readonly hmac: Hmac;
}

/** More keys are not looked for: a forged journal could name one in every record. */
const mostKeys = 16;

/**
 * The `seal` of a record: who can compute hashes can continue a chain, who has no key cannot seal it. `body` is the record without
 * `seal` and `hash`; its `prev` binds the seal to everything before it, so that a seal fits one place of one journal.
 */
export function sealOf(body: JsonObject, { key, hmac }: Sealer): string {
  return `${key.id}.${hmac(canonicalJson(body), key.secret)}`;
}

/** The keys that a journal's seals name, each once, 16 at most. */
export function keyIdsOf(records: readonly ChainRecord[]): readonly string[] {
  const ids = new Set<string>();
  for (const record of records) {
    const id = /^([0-9a-f]{16})\./.exec(textOf(record, 'seal') ?? '')?.[1];
    if (id !== undefined) ids.add(id);
    if (ids.size === mostKeys) break;
  }
  return [...ids];
}

/** The records of a verified chain; those that none of these keys sealed carry `unsealed: true`, whatever they say themselves. */
export function markUnsealed(
  records: readonly ChainRecord[],
  keys: ReadonlyMap<string, SealKey>,
  hmac: Hmac,
): readonly ChainRecord[] {
  return records.map((record) => {
    const { seal, hash: _hash, ...body } = record;
    const key = typeof seal === 'string' ? keys.get(seal.slice(0, 16)) : undefined;
    return key && sealOf(body, { key, hmac }) === seal ? record : { ...record, unsealed: true };
  });
}

/**
 * True for what this computer recorded, and what rests on nothing else. Only such a record may say what to undo, or pass for a fact
 * without a word of doubt.
 */
export function isProven(record: Json | undefined): boolean {
  return isObject(record) && record['unsealed'] !== true && record['unproven'] !== true;
}

/** How many records this computer did not seal. */
export function unsealedIn(records: readonly JsonObject[]): number {
  return records.filter((record) => record['unsealed'] === true).length;
}

/**
 * Why a journal must not be continued without being asked, as sentences: some of its records were not sealed here, and nobody here has said that it
 * is to be continued with them (`adopted`). `undefined` when it can.
 */
export function whyUnsealed(records: readonly ChainRecord[]): string | undefined {
  const adopted = Math.max(
    0,
    ...records.flatMap((record) =>
      record.type === 'adopted' && isProven(record) ? (numberOf(record, 'records') ?? 0) : [],
    ),
  );
  if (!records.some((record) => record.seq > adopted && record['unsealed'] === true)) return undefined;
  return `Not sealed here: ${unsealedIn(records)} of its ${records.length} records. Another computer or an earlier version of the extension wrote them, somebody forged them, or this computer’s key is lost. They are shown as unproven, nothing is undone from them, and nothing is written. Open it again and choose to continue it here, or start another incident.`;
}
