import type { JsonObject } from '../model/json.ts';

/** The format of `journal.jsonl` this version writes; the first record names it. */
export const journalFormat = 1;

/** Where a chain ends: the number and hash of its last record. */
export interface Head {
  readonly seq: number;
  readonly hash: string;
}

/**
 * One line of a journal. `hash` is the SHA-256, in hexadecimal, of the record's canonical JSON without `hash`; `prev` is the hash
 * of the record before, 64 zeros in the first. `seq` counts from 1 and equals the line's number. `at` is when it was appended, ISO 8601.
 * Types: `journal` (always first: `format`, `id`), `intent`, `outcome`, `document`, `trimmed`, `adopted`. Others are kept and mean nothing.
 * `seal`, which older journals lack, says which computer wrote it (core/evidence/seal.ts). `unsealed` is set when a journal is read, never written.
 */
export interface ChainRecord extends JsonObject {
  readonly seq: number;
  readonly at: string;
  readonly type: string;
  readonly prev: string;
  readonly hash: string;
}

/** SHA-256 of the text's UTF-8 bytes, in lower-case hexadecimal. */
export type Sha256 = (text: string) => string;

/** What the members of every record are called; an entry brings none of these itself, except `type`. */
export const chainMembers = ['seq', 'at', 'prev', 'hash', 'seal', 'unsealed'] as const;

/** What the first record names as the one before it. */
export const noRecord = '0'.repeat(64);
