import { throwIfCancelled } from '../../../src/core/cancellation.ts';
import type { JsonObject } from '../../../src/core/model/json.ts';
import type { Sid } from '../../../src/core/model/sid.ts';
import type { Page, Twilio } from '../../../src/core/ports.ts';
import type { TwilioRequest } from '../../../src/core/twilio/request.ts';
import { proof } from '../fakeTwilio.ts';

export const now = Date.UTC(2026, 10, 21, 9, 36, 12);
export const hour = 3_600_000;
export const main = `AC${'1'.repeat(32)}` as Sid<'AC'>;
export const sub = `AC${'2'.repeat(32)}` as Sid<'AC'>;

let made = 0;

/** A message as the REST API sends it, `ago` hours before `now`. */
export function message(ago: number, over: Record<string, unknown> = {}): JsonObject {
  made++;
  const at = new Date(now - ago * hour).toUTCString();
  return {
    sid: `SM${made.toString(16).padStart(32, '0')}`,
    date_created: at,
    date_sent: at,
    direction: 'outbound-api',
    to: '+4915112345678',
    from: '+14155550100',
    status: 'delivered',
    error_code: null,
    price: '-0.07500',
    price_unit: 'USD',
    ...(over as JsonObject),
  };
}

export function messages(count: number, ago: (i: number) => number, over: Record<string, unknown> = {}): JsonObject[] {
  return Array.from({ length: count }, (_, i) => message(ago(i), over));
}

export interface FakeOptions {
  readonly pageSize?: number;
  /** Rows at the end of a page that the next one repeats, as when new messages push a list along. */
  readonly overlap?: number;
  /** Reads the date filter by day, as it is documented. */
  readonly byDay?: boolean;
  /** Called before every page; may throw. */
  readonly before?: (request: TwilioRequest, page: number) => void;
}

/** A Twilio port over fixed messages per account, newest first, and a record of what was asked. */
export function fakeTwilio(accounts: Record<string, readonly JsonObject[]>, options: FakeOptions = {}) {
  const { pageSize = 100, overlap = 0, byDay = false, before } = options;
  const asked: TwilioRequest[] = [];
  const lists = new Map<string, readonly JsonObject[]>();
  const twilio: Twilio = {
    async page(request, cancel) {
      asked.push(request);
      await Promise.resolve();
      throwIfCancelled(cancel);
      before?.(request, asked.length);
      const [list = '', start = '0'] = (request.continueAt ?? '').split('@');
      const key = list || JSON.stringify([request.account, request.query]);
      const rows = lists.get(key) ?? select(accounts[request.account] ?? [], request, byDay);
      lists.set(key, rows);
      const from = Number(start);
      const end = from + pageSize;
      const next: TwilioRequest = { ...request, continueAt: `${key}@${end - overlap}` };
      const page: Page = {
        status: 200,
        body: {},
        proof,
        items: rows.slice(from, end),
        ...(end < rows.length && { next }),
      };
      return page;
    },
    send: () => Promise.reject(new Error('nothing may be changed')),
  };
  return { twilio, asked };
}

function select(rows: readonly JsonObject[], { query = {} }: TwilioRequest, byDay: boolean): readonly JsonObject[] {
  const bound = (name: string, edge: string): number =>
    Date.parse(byDay ? `${String(query[name]).slice(0, 10)}T${edge}` : String(query[name]));
  const [first, last] =
    'StartTime>' in query
      ? ['StartTime>', 'StartTime<']
      : 'DateCreatedAfter' in query
        ? ['DateCreatedAfter', 'DateCreatedBefore']
        : ['DateSent>', 'DateSent<'];
  const from = bound(first, '00:00:00Z');
  const to = bound(last, '23:59:59Z');
  const at = (row: JsonObject): number =>
    Date.parse(String(row['date_sent'] ?? row['start_time'] ?? row['date_created']));
  return rows.filter((row) => at(row) >= from && at(row) <= to).sort((a, b) => at(b) - at(a));
}
