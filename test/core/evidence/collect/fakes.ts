import { throwIfCancelled } from '../../../../src/core/cancellation.ts';
import type { Capture, PageProof, Slice } from '../../../../src/core/evidence/capture.ts';
import type { CaptureWriter } from '../../../../src/core/evidence/evidenceStore.ts';
import { type SourceId, sourceIds } from '../../../../src/core/evidence/source.ts';
import type { JsonObject } from '../../../../src/core/model/json.ts';
import type { Sid } from '../../../../src/core/model/sid.ts';
import type { Page, Twilio } from '../../../../src/core/ports.ts';
import type { Window } from '../../../../src/core/traffic/window.ts';
import { operationOf } from '../../../../src/core/twilio/operations.ts';
import type { TwilioRequest } from '../../../../src/core/twilio/request.ts';
import { proof } from '../../fakeTwilio.ts';

export const now = Date.UTC(2026, 10, 21, 9, 36, 12);
export const hour = 3_600_000;
export const day = 24 * hour;
export const main = `AC${'1'.repeat(32)}` as Sid<'AC'>;
export const sub = `AC${'2'.repeat(32)}` as Sid<'AC'>;
export const week: Window = { from: now - 7 * day, to: now };

/** A row that any log source can read; `at` in epoch milliseconds. */
export function row(index: number, at: number, over: JsonObject = {}): JsonObject {
  const date = new Date(at).toUTCString();
  const dates = { date_created: date, date_sent: date, start_time: date, event_date: date, date_generated: date };
  return { sid: `SM${index.toString(16).padStart(32, '0')}`, ...dates, date_updated: date, ...over };
}

/** So many rows over a window, a share of them within six hours. */
export function surge(count: number, { from, to }: Window, share = 0.35): JsonObject[] {
  const begin = from + (to - from) * 0.6;
  return Array.from({ length: count }, (_, i) => {
    const inSurge = i < count * share;
    const part = inSurge ? i / (count * share) : (i - count * share) / (count * (1 - share));
    const at = inSurge ? begin + part * 6 * hour : from + part * (to - from);
    return row(i, Math.floor(at / 1000) * 1000);
  });
}

export interface ServerOptions {
  readonly pageSize?: number;
  /** Filters by whole UTC days, as Twilio documents it. */
  readonly byDay?: boolean;
  /** Rows that one query gives at most. */
  readonly cap?: number;
  /** What a day has is counted by usage as well; otherwise usage says nothing. */
  readonly counted?: boolean;
  /**
   * Lists change while they are paged through: `place`, the next page begins so many rows from the newest; `row`, it begins after the last
   * row of the page before.
   */
  readonly moving?: 'place' | 'row';
  /** The order of the list: newest first by creation, unless given. */
  readonly order?: (row: JsonObject) => number;
  /** Changes a page before it is given; may throw. `place` counts the pages of its list from 0. */
  readonly spoil?: (page: Page, request: TwilioRequest, place: number, asked: number) => Page | Promise<Page>;
}

const bounds = [
  ['DateSent>', 'DateSent<'],
  ['StartTime>', 'StartTime<'],
  ['DateCreatedAfter', 'DateCreatedBefore'],
  ['StartDate', 'EndDate'],
] as const;

/** A Twilio over fixed rows per account, whatever is asked of it, with v2010's account of its pages. */
export function server(
  rows: Readonly<Record<string, readonly JsonObject[]>>,
  {
    pageSize = 100,
    byDay = false,
    cap = Infinity,
    counted = false,
    moving,
    order = created,
    spoil,
  }: ServerOptions = {},
) {
  const asked: TwilioRequest[] = [];
  let [running, most] = [0, 0];
  const lists = new Map<string, readonly JsonObject[]>();
  const asFirstAsked = new Map<string, TwilioRequest>();
  /** The SIDs of a list in the order they had when a page of it was given last. */
  const orders = new Map<string, readonly (string | undefined)[]>();
  const twilio: Twilio = {
    async page(request, cancel) {
      asked.push(request);
      const count = asked.length;
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setImmediate(resolve));
      running -= 1;
      throwIfCancelled(cancel);
      if (request.query?.['Category'] !== undefined) return usagePage(counted ? (rows[request.account] ?? []) : []);
      const [list = '', at = '0', after] = (request.continueAt ?? '').split('@');
      const key = list || JSON.stringify([request.operation, request.account, request.query ?? {}]);
      const asFirst = asFirstAsked.get(key) ?? request;
      asFirstAsked.set(key, asFirst);
      const found =
        (moving ? undefined : lists.get(key)) ??
        select(rows[request.account] ?? [], asFirst, byDay, order).slice(0, cap);
      lists.set(key, found);
      // After the row named, or where it stood when it is not there any more.
      const remaining = new Set(found.map(({ sid }) => sid));
      const standing = orders.get(key)?.slice(0, 1 + (orders.get(key)?.indexOf(after) ?? 0)) ?? [];
      const named = standing.findLast((sid) => remaining.has(sid ?? ''));
      const before = named === undefined ? -1 : found.findIndex(({ sid }) => sid === named);
      const start = moving === 'row' && after !== undefined ? before + 1 : Number(at);
      if (moving === 'row')
        orders.set(
          key,
          found.map(({ sid }) => String(sid)),
        );
      const items = found.slice(start, start + pageSize);
      const { list: shape } = operationOf(request.operation);
      const more = start + pageSize < found.length;
      const body = {
        [shape?.items ?? 'x']: items,
        start,
        end: start + Math.max(0, items.length - 1),
        page: Number(at) / pageSize,
      };
      const next: TwilioRequest = {
        operation: request.operation,
        account: request.account,
        continueAt: `${key}@${Number(at) + pageSize}${moving === 'place' ? '' : `@${items.at(-1)?.['sid']}`}`,
      };
      const page: Page = { status: 200, body, proof: { ...proof, receivedAt: now }, items, ...(more && { next }) };
      return spoil ? spoil(page, request, Number(at) / pageSize, count) : page;
    },
    send: () => Promise.reject(new Error('nothing may be changed')),
  };
  return { twilio, asked, most: () => most };
}

/** Usage by day, as Twilio counts it for this many rows. */
function usagePage(rows: readonly JsonObject[]): Page {
  const days = new Map<string, number>();
  for (const one of rows) {
    const start = new Date(String(one['date_sent'])).toISOString().slice(0, 10);
    days.set(start, (days.get(start) ?? 0) + 1);
  }
  const items = [...days].map(([start_date, count]) => ({ category: 'sms', start_date, count: String(count) }));
  return { status: 200, body: { usage_records: items }, proof: { ...proof, receivedAt: now }, items };
}

export function created(row: JsonObject): number {
  return Date.parse(String(row['date_created']));
}

function select(
  rows: readonly JsonObject[],
  { query = {} }: TwilioRequest,
  byDay: boolean,
  order: (row: JsonObject) => number,
): readonly JsonObject[] {
  const [low, high] = bounds.find(([name]) => name in query) ?? ['', ''];
  const at = (one: JsonObject) => Date.parse(String(one['date_sent'] ?? one['date_created']));
  const edge = (name: string, time: string) =>
    Date.parse(byDay ? `${String(query[name]).slice(0, 10)}T${time}` : String(query[name]));
  const [from, to] = [edge(low, '00:00:00Z'), edge(high, '23:59:59Z')];
  const within = low === '' ? rows : rows.filter((one) => at(one) >= from && at(one) <= to);
  return within.toSorted((a, b) => order(b) - order(a));
}

/** A writer that keeps in memory what it was given, as captures. */
export function memoryWriter() {
  const slices: { source: SourceId; slice: Slice; rows: readonly JsonObject[] }[] = [];
  let flushed = 0;
  const writer: CaptureWriter = {
    begin({ source, account, window }) {
      const rows: JsonObject[] = [];
      const pages: PageProof[] = [];
      return {
        async page(more, one) {
          rows.push(...more);
          pages.push(one);
        },
        held: () => Promise.reject(new Error('no rows are elsewhere')),
        async end(result) {
          const slice = { account, ...(window && { window }), ...result, line: 1, rows: rows.length, pages };
          slices.push({ source, slice, rows });
        },
        drop() {},
      };
    },
    async flush() {
      flushed = slices.length;
    },
    async close() {},
  };
  return {
    writer,
    slices,
    flushed: () => flushed,
    /** What the journal would hold, recorded at this time. */
    held: (at: number) =>
      sourceIds.flatMap((source) => {
        const own = slices.filter((one) => one.source === source).map(({ slice }) => slice);
        const capture: Capture = {
          file: `evidence/${source}-0001.jsonl.gz`,
          sha256: '0'.repeat(64),
          bytes: 1,
          source,
          slices: own,
        };
        return own.length > 0 ? [{ capture, at }] : [];
      }),
    sids: () => slices.flatMap(({ rows }) => rows.map((one) => String(one['sid']))),
    complete: () => slices.every(({ slice }) => slice.complete),
  };
}
