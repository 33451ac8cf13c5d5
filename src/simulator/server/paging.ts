import type { JsonObject } from '../../core/model/json.ts';
import { invalid, ok, Refusal } from './answer.ts';
import type { Answer, Call } from './route.ts';

/** What has a place in a list: newest first, ties in an order of their own. */
export interface Placed {
  readonly at: number;
  readonly sid: string;
}

export interface ListOptions {
  /** Largest page. */
  readonly max?: number;
  /** Rows one query gives in all, over all its pages. */
  readonly cap?: number;
}

interface PageOf<Row> {
  readonly rows: readonly Row[];
  readonly page: number;
  readonly pageSize: number;
  /** Token of the page after this one; absent on the last. */
  readonly next: string | undefined;
}

const longestPage = 1000;
const defaultPageSize = 50;

/** Rows with `at <= to`, newest first. */
export type Source<Row> = (to: number) => Iterable<Row>;

/** A list as the v2010 API gives it: relative `next_page_uri`, `start` and `end` counted over all pages. */
export function listV2010<Row extends Placed>(
  call: Call,
  key: string,
  source: Source<Row>,
  shape: (row: NoInfer<Row>) => JsonObject,
  options: ListOptions = {},
): Answer {
  const { rows, page, pageSize, next } = readPage(call, source, options);
  const start = page * pageSize;
  return ok({
    [key]: rows.map(shape),
    first_page_uri: link(call, pageSize, 0),
    next_page_uri: next ? link(call, pageSize, page + 1, next) : null,
    // Twilio links back too; nothing here reads it.
    previous_page_uri: null,
    uri: link(call, pageSize, page, call.query.get('PageToken')),
    page,
    page_size: pageSize,
    start,
    end: rows.length === 0 ? start : start + rows.length - 1,
  });
}

/** A list as the newer APIs give it: `meta` with absolute links to the product's own host. */
export function listWithMeta<Row extends Placed>(
  call: Call,
  key: string,
  source: Source<Row>,
  shape: (row: NoInfer<Row>) => JsonObject,
  options: ListOptions = {},
): Answer {
  const { rows, page, pageSize, next } = readPage(call, source, options);
  const url = (...place: [number, (string | null)?]) => `https://${call.host}${link(call, pageSize, ...place)}`;
  return ok({
    [key]: rows.map(shape),
    meta: {
      key,
      page,
      page_size: pageSize,
      first_page_url: url(0),
      previous_page_url: null,
      url: url(page, call.query.get('PageToken')),
      next_page_url: next ? url(page + 1, next) : null,
    },
  });
}

/** Records held in an array, placed by when they were made; those of the future do not exist yet. */
export function made<T extends { readonly sid: string; readonly created: number }>(
  records: readonly T[],
  now: number,
): Source<T & Placed> {
  return (to) =>
    records
      .filter((record) => record.created <= Math.min(now, to))
      .map((record) => ({ ...record, at: record.created }))
      .sort((a, b) => b.at - a.at || (a.sid < b.sid ? -1 : 1));
}

function readPage<Row extends Placed>(
  call: Call,
  source: Source<Row>,
  { max = longestPage, cap = Number.POSITIVE_INFINITY }: ListOptions,
): PageOf<Row> {
  const page = wholeNumber(call.query, 'Page', 0, 0);
  const pageSize = Math.min(max, wholeNumber(call.query, 'PageSize', Math.min(max, defaultPageSize), 1));
  const token = call.query.get('PageToken');
  if (page > 0 && !token) throw new Refusal(400, 20006, 'Page number out of range');
  const room = Math.max(0, Math.min(pageSize, cap - page * pageSize));
  const rows: Row[] = [];
  for (const row of token ? rowsAfter(source, placeOf(token)) : source(Number.POSITIVE_INFINITY)) {
    if (rows.length === room) {
      const last = rows.at(-1);
      const more = last && (page + 1) * pageSize < cap;
      return { rows, page, pageSize, next: more ? tokenOf(last) : undefined };
    }
    rows.push(row);
  }
  return { rows, page, pageSize, next: undefined };
}

/** Begins after a place rather than after a count, so that rows which arrive at the head meanwhile move nothing. */
function* rowsAfter<Row extends Placed>(source: Source<Row>, place: Placed): Iterable<Row> {
  let ties: Row[] | undefined = [];
  for (const row of source(place.at)) {
    if (ties && row.at === place.at) {
      ties.push(row);
      continue;
    }
    if (ties) {
      yield* tiesAfter(ties, place.sid);
      ties = undefined;
    }
    yield row;
  }
  if (ties) yield* tiesAfter(ties, place.sid);
}

function tiesAfter<Row extends Placed>(ties: readonly Row[], sid: string): readonly Row[] {
  const index = ties.findIndex((row) => row.sid === sid);
  return index < 0 ? ties.filter((row) => row.sid > sid) : ties.slice(index + 1);
}

/** Twilio's is `PA` and the SID of the last row; the instant beside it saves looking for that row. */
function tokenOf({ at, sid }: Placed): string {
  return `PA${sid}.${at}`;
}

function placeOf(token: string): Placed {
  const dot = token.indexOf('.');
  const [sid, at] = dot < 0 ? [] : [token.slice(2, dot), token.slice(dot + 1)];
  if (!token.startsWith('PA') || !sid || !at || !Number.isFinite(Number(at))) throw invalid('PageToken');
  return { at: Number(at), sid };
}

function wholeNumber(query: URLSearchParams, name: string, otherwise: number, least: number): number {
  const text = query.get(name);
  if (text === null) return otherwise;
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < least) throw invalid(name);
  return value;
}

function link({ pathname, query }: Call, pageSize: number, page: number, token?: string | null): string {
  const own = [...query].filter(([name]) => !['Page', 'PageSize', 'PageToken'].includes(name));
  const place = [['PageSize', String(pageSize)], ['Page', String(page)], ...(token ? [['PageToken', token]] : [])];
  const text = [...own, ...place].map((pair) => pair.map(encodeURIComponent).join('=')).join('&');
  return `${pathname}?${text}`;
}
