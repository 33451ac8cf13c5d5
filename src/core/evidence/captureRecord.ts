import { instantOf, isObject, type JsonObject, numberOf, objectOf, textOf } from '../model/json.ts';
import { accountSid } from '../model/sid.ts';
import type { JournalEntry } from '../ports.ts';
import { daysOf, type Window } from '../traffic/window.ts';
import type { Capture, PageProof, Slice } from './capture.ts';
import { sourceIds } from './source.ts';

/** Captures lie directly in `evidence/`: a name from a journal that others may have written never leads elsewhere. */
const captureName = /^evidence\/[a-z][a-z-]{0,40}-\d{4,9}\.jsonl\.gz$/;
const digest = /^[0-9a-f]{64}$/;

/** What the journal says of a capture. Times become ISO 8601 with milliseconds, UTC; members that are absent stay absent. */
export function captureEntry({ file, sha256, bytes, source, slices }: Capture): JournalEntry {
  return { type: 'capture', file, sha256, bytes, source, slices: slices.map(sliceToJson) };
}

/**
 * Reads a journal record of type `capture` back. Members it does not know are ignored. `undefined` for another record, and for one that
 * lacks something, names a source this version does not know, or a file outside `evidence/`.
 */
export function captureFrom(record: JsonObject): Capture | undefined {
  if (textOf(record, 'type') !== 'capture') return undefined;
  const file = textOf(record, 'file');
  const sha256 = textOf(record, 'sha256');
  const bytes = countOf(record, 'bytes');
  const source = sourceIds.find((known) => known === textOf(record, 'source'));
  const slices = listOf(record, 'slices', sliceFrom);
  if (file === undefined || !isCaptureFile(file) || sha256 === undefined || !isDigest(sha256)) return undefined;
  if (bytes === undefined || source === undefined || slices === undefined) return undefined;
  return { file, sha256, bytes, source, slices };
}

/** Whether this is what a capture's file is called below an incident's folder. */
export function isCaptureFile(file: string): boolean {
  return captureName.test(file);
}

/** Whether this is a SHA-256 in lower-case hexadecimal. */
export function isDigest(text: string): boolean {
  return digest.test(text);
}

/** How many rows a capture's file has: one a line. */
export function rowsOf({ slices }: Pick<Capture, 'slices'>): number {
  return slices.reduce((sum, { rows }) => sum + rows, 0);
}

function sliceToJson({ window, first, last, days, pages, ...rest }: Slice): JsonObject {
  return {
    ...rest,
    ...(days && { days: [...days] }),
    ...(window && { window: { from: iso(window.from), to: iso(window.to) } }),
    ...(first !== undefined && { first: iso(first) }),
    ...(last !== undefined && { last: iso(last) }),
    pages: pages.map(pageToJson),
  };
}

function pageToJson({ receivedAt, serverTime, removed, ...rest }: PageProof): JsonObject {
  return {
    ...rest,
    receivedAt: iso(receivedAt),
    ...(serverTime !== undefined && { serverTime: iso(serverTime) }),
    removed: { ...removed },
  };
}

function sliceFrom(json: JsonObject): Slice | undefined {
  const account = accountSid(textOf(json, 'account'));
  const window = windowFrom(json);
  const { complete } = json;
  const [line, rows] = [countOf(json, 'line'), countOf(json, 'rows')];
  const pages = listOf(json, 'pages', pageFrom);
  const rest = optional({
    why: textOf(json, 'why'),
    first: instantOf(json, 'first'),
    last: instantOf(json, 'last'),
    days: window && window !== 'malformed' && rows !== undefined ? daysFrom(json, window, rows) : undefined,
  });
  if (account === undefined || window === 'malformed' || typeof complete !== 'boolean') return undefined;
  if (line === undefined || line < 1 || rows === undefined || pages === undefined) return undefined;
  return { account, ...(window && { window }), complete, ...rest, line, rows, pages };
}

/** Only when there is one for each day, and they are all of its rows. */
function daysFrom(json: JsonObject, window: Window, rows: number): readonly number[] | undefined {
  const list = Array.isArray(json['days']) ? json['days'] : [];
  const days = list.flatMap((count: unknown) =>
    Number.isSafeInteger(count) && Number(count) >= 0 ? Number(count) : [],
  );
  const isWhole = days.length === daysOf(window).length && days.reduce((sum, count) => sum + count, 0) === rows;
  return isWhole ? days : undefined;
}

function pageFrom(json: JsonObject): PageProof | undefined {
  const [request, sha256] = [textOf(json, 'request'), textOf(json, 'sha256')];
  const [bytes, rows] = [countOf(json, 'bytes'), countOf(json, 'rows')];
  const receivedAt = instantOf(json, 'receivedAt');
  const counts = Object.entries(objectOf(json, 'removed') ?? {});
  const rest = optional({ requestId: textOf(json, 'requestId'), serverTime: instantOf(json, 'serverTime') });
  if (request === undefined || sha256 === undefined || !isDigest(sha256)) return undefined;
  if (bytes === undefined || rows === undefined || receivedAt === undefined) return undefined;
  const removed = Object.fromEntries(counts.flatMap(([what, n]) => (typeof n === 'number' ? [[what, n]] : [])));
  return { request, ...rest, receivedAt, sha256, bytes, rows, removed };
}

function windowFrom(json: JsonObject): Window | undefined | 'malformed' {
  if (json['window'] === undefined) return undefined;
  const window = objectOf(json, 'window') ?? {};
  const [from, to] = [instantOf(window, 'from'), instantOf(window, 'to')];
  return from === undefined || to === undefined || from > to ? 'malformed' : { from, to };
}

/** Every member of a list, or `undefined` when one is not what it should be. */
function listOf<T>(json: JsonObject, key: string, read: (one: JsonObject) => T | undefined): readonly T[] | undefined {
  const list = json[key];
  if (!Array.isArray(list)) return undefined;
  const found = list.flatMap((one: unknown) => (isObject(one) ? (read(one) ?? []) : []));
  return found.length === list.length ? found : undefined;
}

function countOf(json: JsonObject, key: string): number | undefined {
  const count = numberOf(json, key);
  return count !== undefined && Number.isSafeInteger(count) && count >= 0 ? count : undefined;
}

type Present<T> = { readonly [K in keyof T]?: Exclude<T[K], undefined> };

/** Without the members that are `undefined`. */
function optional<T extends object>(members: T): Present<T> {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as Present<T>;
}

function iso(instant: number): string {
  return new Date(instant).toISOString();
}
