import type { ChainRecord } from '../evidence/record.ts';
import { type JsonObject, textOf } from '../model/json.ts';
import { type AccountSid, accountSid, isSid } from '../model/sid.ts';
import type { JournalEntry } from '../ports.ts';
import { exportJobName } from '../twilio/changes.ts';
import { describe, type TwilioRequest } from '../twilio/request.ts';
import type { Days } from './days.ts';
import type { ExportType } from './exportedDay.ts';

/** An export job to be created. `name` is the account's: hostile text. */
export interface ExportOrder extends Days {
  readonly id: string;
  readonly account: AccountSid;
  readonly name: string;
  readonly type: ExportType;
}

export type OrderResult = 'done' | 'already' | 'refused' | 'unknown' | 'not-tried';

/** How an order ended. `done` and `already` have the SID of the job. */
export interface OrderOutcome {
  readonly order: ExportOrder;
  readonly result: OrderResult;
  readonly job?: string;
  readonly sentence: string;
}

/** An order that was sent, perhaps. `earlier`: jobs like it that were there before. */
export interface UnsettledOrder extends ExportOrder {
  readonly earlier: readonly string[];
  /** When it was about to be sent, epoch milliseconds. */
  readonly at: number;
}

/** An order that became a job. */
export interface PlacedOrder extends ExportOrder {
  readonly job: string;
  /** When that was recorded, epoch milliseconds. */
  readonly at: number;
}

/** What is sent for an order, exactly. https://www.twilio.com/docs/usage/bulkexport/export-custom-job */
export function orderRequest({ account, type, start, end }: Omit<ExportOrder, 'id' | 'name'>): TwilioRequest {
  const form = { StartDay: start, EndDay: end, FriendlyName: exportJobName };
  return { operation: 'createExportJob', account, path: { ResourceType: type }, form };
}

/** Recorded before the request leaves. */
export function intentEntry(order: ExportOrder, earlier: readonly string[]): JournalEntry {
  return { type: 'export-order', ...subject(order), earlier, requests: [describe(orderRequest(order))] };
}

/** Recorded when it is known what became of it. */
export function outcomeEntry({ order, result, job, sentence }: OrderOutcome): JournalEntry {
  return { type: 'export-outcome', ...subject(order), result, ...(job !== undefined && { job }), sentence };
}

/** What a journal tells of orders: those that became jobs, and those of which it does not say. Malformed records are ignored. */
export function recordedOrders(records: readonly ChainRecord[]): {
  readonly placed: readonly PlacedOrder[];
  readonly unsettled: readonly UnsettledOrder[];
} {
  const placed = new Map<string, PlacedOrder>();
  const unsettled = new Map<string, UnsettledOrder>();
  for (const record of records) {
    const order = orderOf(record);
    if (!order) continue;
    if (record.type === 'export-order') {
      unsettled.set(order.id, { ...order, earlier: sidsOf(record), at: Date.parse(record.at) });
    }
    if (record.type !== 'export-outcome') continue;
    const job = textOf(record, 'job');
    if (job !== undefined && isSid('JS', job)) placed.set(order.id, { ...order, job, at: Date.parse(record.at) });
    if (job !== undefined || textOf(record, 'result') !== 'unknown') unsettled.delete(order.id);
  }
  return { placed: [...placed.values()], unsettled: [...unsettled.values()] };
}

function subject({ id, account, name, type, start, end }: ExportOrder): JsonObject {
  return { order: id, target: account, name, resource: type, start, end };
}

function orderOf(record: JsonObject): ExportOrder | undefined {
  const id = textOf(record, 'order');
  const account = accountSid(textOf(record, 'target'));
  const type = textOf(record, 'resource');
  const [start, end] = [textOf(record, 'start'), textOf(record, 'end')];
  if (id === undefined || account === undefined || (type !== 'Messages' && type !== 'Calls')) return undefined;
  if (start === undefined || end === undefined || Number.isNaN(Date.parse(start) + Date.parse(end))) return undefined;
  return { id, account, name: textOf(record, 'name') ?? '', type, start, end };
}

function sidsOf(record: JsonObject): readonly string[] {
  const { earlier } = record;
  return Array.isArray(earlier) ? earlier.filter((sid) => typeof sid === 'string') : [];
}
