import { ownKeysIn } from '../contain/ownKeys.ts';
import type { CapturedRow } from '../evidence/evidenceStore.ts';
import { heldCaptures } from '../evidence/heldCaptures.ts';
import type { ChainRecord } from '../evidence/record.ts';
import { isProven } from '../evidence/seal.ts';
import { textOf } from '../model/json.ts';

/** The API keys that the evidence lists. */
export interface KeyFacts {
  /** When the keys of an account were read to their end last, by its SID: epoch milliseconds, and the file, `E7`. */
  readonly read: ReadonlyMap<string, { readonly at: number; readonly citations: readonly string[] }>;
  readonly keys: readonly ListedKey[];
  /** SIDs of keys that were made in this incident to replace others. */
  readonly replacements: ReadonlySet<string>;
}

export interface ListedKey {
  readonly sid: string;
  readonly account: string;
  /** A later reading of the account, to its end, lacks it. */
  readonly gone: boolean;
  /** `E7:3`, where it was read last. */
  readonly citation?: string;
}

/**
 * Reads the rows of source `keys`, in the journal's order; `idOf` gives the id of a capture's file, `E7`. A reading that this computer did not record
 * tells of keys, but not that others are gone.
 */
export async function readKeys(
  rows: AsyncIterable<CapturedRow> | Iterable<CapturedRow>,
  records: readonly ChainRecord[],
  idOf: (file: string) => string | undefined,
): Promise<KeyFacts> {
  const read = new Map<string, { at: number; citations: readonly string[] }>();
  const lastFile = new Map<string, string>();
  const order = new Map<string, number>();
  const unproven = new Set(records.filter((record) => !isProven(record)).map(({ seq }) => seq));
  for (const { capture, at, seq } of heldCaptures(records).filter((held) => held.capture.source === 'keys')) {
    order.set(capture.file, order.size);
    if (unproven.has(seq)) continue;
    for (const { account } of capture.slices.filter(({ complete }) => complete)) {
      const id = idOf(capture.file);
      read.set(account, { at, citations: id === undefined ? [] : [id] });
      lastFile.set(account, capture.file);
    }
  }
  const last = new Map<string, CapturedRow>();
  for await (const row of rows) {
    const sid = textOf(row.row, 'sid');
    if (sid !== undefined) last.set(sid, row);
  }
  const orderOf = (file: string | undefined): number => order.get(file ?? '') ?? -1;
  return {
    read,
    keys: [...last].map(([sid, { account, file, line }]) => {
      const id = idOf(file);
      const gone = orderOf(file) < orderOf(lastFile.get(account));
      return { sid, account, gone, ...(id !== undefined && { citation: `${id}:${line}` }) };
    }),
    replacements: ownKeysIn(records).made,
  };
}
