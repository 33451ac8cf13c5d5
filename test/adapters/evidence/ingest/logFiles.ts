import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ingestLogs } from '../../../../src/adapters/evidence/ingest/ingest.ts';
import { openIndex } from '../../../../src/adapters/evidence/ingest/openIndex.ts';
import type { SimMessage } from '../../../../src/simulator/world.ts';
import { workerOf } from '../../../threads/workerOf.ts';

export const worker = workerOf('ingest');
export const account = `AC${'a'.repeat(32)}`;

export function sidOf(number: number): string {
  return `SM${number.toString(16).padStart(32, '0')}`;
}

/** A folder for one test file. */
export function logFolder() {
  const folder = mkdtempSync(path.join(tmpdir(), 'twilio-incident-logs-'));
  return {
    folder,
    index: path.join(folder, 'index'),
    write(name: string, content: string | Uint8Array): string {
      const file = path.join(folder, name);
      writeFileSync(file, content);
      return file;
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** A record as BulkExport writes it. */
export function record(number: number, fields: Readonly<Record<string, unknown>> = {}) {
  return {
    body: 'Your code is 123456',
    num_segments: 1,
    date_updated: '2026-11-20T10:00:05Z',
    direction: 'outbound-api',
    from: '+14155550100',
    date_sent: '2026-11-20T10:00:01Z',
    to: '+79581112233',
    price: '-0.00790',
    error_code: null,
    num_media: 0,
    messaging_service_sid: null,
    account_sid: account,
    sid: sidOf(number),
    date_created: '2026-11-20T10:00:00Z',
    status: 'delivered',
    ...fields,
  };
}

export function jsonLines(records: readonly unknown[]): string {
  return records.map((one) => `${JSON.stringify(one)}\n`).join('');
}

/** A message of the simulator as BulkExport writes it. */
export function exported(message: SimMessage, accountSid: string): Readonly<Record<string, unknown>> {
  const iso = (at: number | undefined): string | null =>
    at === undefined ? null : `${new Date(at).toISOString().slice(0, 19)}Z`;
  const { sid, at, sent, to, from, body, direction, status, errorCode, segments, price } = message;
  return {
    body,
    num_segments: segments,
    date_updated: iso(sent ?? at),
    direction,
    from,
    date_sent: iso(sent),
    to,
    ...(price !== undefined && { price: price.toFixed(5) }),
    error_code: errorCode ?? null,
    account_sid: accountSid,
    sid,
    date_created: iso(at),
    status,
  };
}

/** Imports and opens again; what is counted as plain objects, in the order of the files. */
export async function imported(paths: readonly string[], index: string, threads: 0 | 1 | 2 = 0) {
  const summary = await ingestLogs(paths, index, { worker, threads });
  const opened = await openIndex(index);
  const { columns } = opened;
  const rows = Array.from({ length: columns.rows }, (_, row) => ({
    time: columns.time[row],
    price: columns.price[row],
    block: columns.blocks[columns.block[row] ?? -1],
    error: columns.errors[columns.error[row] ?? -1],
    account: columns.accounts[columns.account[row] ?? -1],
    country: columns.countries[columns.country[row] ?? -1],
    status: columns.statuses[columns.status[row] ?? -1],
    currency: columns.currencies[columns.currency[row] ?? -1],
    direction: columns.directions[columns.direction[row] ?? -1],
  }));
  return { summary, rows, opened };
}
