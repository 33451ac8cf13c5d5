import { isObject, type Json, type JsonObject, numberOf } from '../model/json.ts';
import type { JournalEntry } from '../ports.ts';
import { canonicalJson } from './canonicalJson.ts';
import { type ChainRecord, chainMembers, type Head, journalFormat, noRecord, type Sha256 } from './record.ts';
import { type Sealer, sealOf } from './seal.ts';

/** What a journal's lines turned out to be. */
export type ChainState =
  | { readonly kind: 'whole' }
  /** The end was not written completely; `lines` counts the lines before it. */
  | { readonly kind: 'torn'; readonly lines: number }
  /** `line` counts from 1, `why` is the end of a sentence. */
  | { readonly kind: 'damaged'; readonly line: number; readonly why: string }
  /** What was recorded once is not there any more: cut, replaced by an older copy, or written anew. */
  | { readonly kind: 'rolled-back'; readonly anchor: Head }
  | { readonly kind: 'future'; readonly format: number };

export interface VerifiedChain {
  readonly state: ChainState;
  /** The records up to the first fault; none of a later format. */
  readonly records: readonly ChainRecord[];
  /** Of `records`; absent when there are none. */
  readonly head: Head | undefined;
}

/**
 * The line, without its end, that continues a chain after `head`. `at` in epoch milliseconds. Without a `sealer` nothing says who wrote it.
 * Throws when the entry names members of the chain.
 */
export function sealRecord(
  entry: JournalEntry,
  head: Head | undefined,
  at: number,
  sha256: Sha256,
  sealer?: Sealer,
): string {
  const taken = chainMembers.find((name) => Object.hasOwn(entry, name));
  if (taken) throw new Error(`A journal entry cannot bring its own "${taken}"`);
  const told = { ...entry, seq: (head?.seq ?? 0) + 1, at: new Date(at).toISOString(), prev: head?.hash ?? noRecord };
  const body = sealer ? { ...told, seal: sealOf(told, sealer) } : told;
  return canonicalJson({ ...body, hash: sha256(canonicalJson(body)) });
}

/**
 * Checks a whole journal. `lines` is its text split at line feeds, so the last element is what follows the last line feed: empty
 * unless the tail is torn. With the head known from elsewhere as `anchor`, every change of recorded bytes is found; without it
 * the newest records can be cut off or written anew unseen.
 */
export function verifyChain(lines: readonly string[], sha256: Sha256, anchor?: Head): VerifiedChain {
  const records: ChainRecord[] = [];
  const whole = lines.slice(0, -1);
  const end = lines.at(-1) ?? '';
  const format = futureFormat(lines[0] ?? '');
  if (format !== undefined) return { state: { kind: 'future', format }, records, head: undefined };
  let fault: string | undefined;
  for (const line of whole) {
    const record = readRecord(line, sha256);
    fault = typeof record === 'string' ? record : brokenLink(record, records.at(-1));
    if (fault !== undefined || typeof record === 'string') break;
    records.push(record);
  }
  const last = records.at(-1);
  const head = last && { seq: last.seq, hash: last.hash };
  const unwritten = fault !== undefined && neverWritten(whole.slice(records.length), sha256);
  if (fault !== undefined && !unwritten)
    return { state: { kind: 'damaged', line: records.length + 1, why: fault }, records, head };
  if (anchor && records[anchor.seq - 1]?.hash !== anchor.hash)
    return { state: { kind: 'rolled-back', anchor }, records, head };
  const torn = unwritten || end !== '';
  return { state: torn ? { kind: 'torn', lines: records.length } : { kind: 'whole' }, records, head };
}

/** The record of a line, or what is wrong with it. */
function readRecord(line: string, sha256: Sha256): ChainRecord | string {
  if (line.endsWith('\r')) return 'its line ends were converted (CRLF)';
  try {
    const record: Json = JSON.parse(line);
    if (!isRecord(record)) return 'it is no record of a journal';
    if (canonicalJson(record) !== line) return 'it was written in another way than this extension does';
    const { hash, ...body } = record;
    return sha256(canonicalJson(body as JsonObject)) === hash ? record : 'its content does not match its hash';
  } catch {
    return 'it is no valid JSON';
  }
}

function isRecord(value: Json): value is ChainRecord {
  return (
    isObject(value) &&
    Number.isSafeInteger(value['seq']) &&
    [value['at'], value['type'], value['prev'], value['hash']].every((member) => typeof member === 'string')
  );
}

function brokenLink(record: ChainRecord, before: ChainRecord | undefined): string | undefined {
  if (record.seq !== (before?.seq ?? 0) + 1) return `it is record ${record.seq}, so others are missing or repeated`;
  if (record.prev !== (before?.hash ?? noRecord)) return 'it does not continue the record before it';
  if (!before && (record.type !== 'journal' || numberOf(record, 'format') !== journalFormat))
    return 'it does not name the format of a journal';
  return undefined;
}

/**
 * A file system that lost power leaves zeros where blocks were not written; no record can contain one. It is the end of the file
 * only when no record follows.
 */
function neverWritten(lines: readonly string[], sha256: Sha256): boolean {
  return (lines[0] ?? '').includes('\0') && lines.every((line) => typeof readRecord(line, sha256) === 'string');
}

function futureFormat(line: string): number | undefined {
  try {
    const first: Json = JSON.parse(line);
    const format = isObject(first) && first['type'] === 'journal' ? numberOf(first, 'format') : undefined;
    return format !== undefined && Number.isSafeInteger(format) && format > journalFormat ? format : undefined;
  } catch {
    return undefined;
  }
}
