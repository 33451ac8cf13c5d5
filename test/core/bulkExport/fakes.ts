import type { ExportedDay, ExportFiles, RowBatch } from '../../../src/core/bulkExport/exportedDay.ts';
import { Cancelled } from '../../../src/core/errors.ts';
import type { CaptureWriter } from '../../../src/core/evidence/evidenceStore.ts';
import type { ChainRecord } from '../../../src/core/evidence/record.ts';
import type { JsonObject } from '../../../src/core/model/json.ts';
import type { AccountSid } from '../../../src/core/model/sid.ts';
import type { Cancellation, Journal } from '../../../src/core/ports.ts';
import { sid } from '../fakeTwilio.ts';

export const main = sid('AC', 1) as AccountSid;
export const other = sid('AC', 2) as AccountSid;
export const job = (number: number) => sid('JS', number);

export const row = (day: string, index: number, parts: JsonObject = {}): JsonObject => ({
  sid: sid('SM', index),
  account_sid: main,
  date_created: `${day}T0${index}:00:00Z`,
  date_sent: `${day}T0${index}:00:01Z`,
  ...parts,
});

export const proof = {
  request: 'GET https://bulkexports.twilio.com/',
  receivedAt: 0,
  sha256: 'f'.repeat(64),
  bytes: 1,
  rows: 1,
  removed: {},
};

/** Files as a table; a function may fail. */
export function fakeFiles(give: (day: ExportedDay, tries: number) => readonly JsonObject[]) {
  const asked: string[] = [];
  const files: ExportFiles = {
    async *rows(day): AsyncGenerator<RowBatch> {
      asked.push(day.day);
      const rows = give(day, asked.filter((one) => one === day.day).length);
      for (const one of rows) yield { rows: [one], proof };
    },
  };
  return { files, asked };
}

interface Written {
  readonly source: string;
  readonly account: AccountSid;
  readonly day: string;
  readonly rows: readonly JsonObject[];
  readonly result: Parameters<ReturnType<CaptureWriter['begin']>['end']>[0];
  readonly removed: readonly Readonly<Record<string, number>>[];
}

/** Keeps what was ended and counts what was dropped. */
export function fakeWriter(fail?: () => void) {
  const written: Written[] = [];
  let dropped = 0;
  let flushed = 0;
  const writer: CaptureWriter = {
    begin({ source, account, window }) {
      const rows: JsonObject[] = [];
      const removed: Readonly<Record<string, number>>[] = [];
      const day = new Date(window?.from ?? 0).toISOString().slice(0, 10);
      return {
        async page(more, { removed: gone }) {
          fail?.();
          rows.push(...more);
          removed.push(gone);
        },
        held: () => Promise.reject(new Error('no rows are elsewhere')),
        async end(result) {
          written.push({ source, account, day, rows, result, removed });
        },
        drop() {
          dropped += 1;
        },
      };
    },
    async flush() {
      flushed = written.length;
    },
    close: async () => {},
  };
  return {
    writer,
    written,
    get dropped() {
      return dropped;
    },
    /** Slices that are durable. */
    get flushed() {
      return flushed;
    },
    days: () => written.map(({ day }) => day).toSorted(),
  };
}

/** A journal in memory; `fail` makes appending fail from then on. */
export function fakeJournal() {
  const records: ChainRecord[] = [];
  const journal: Journal = {
    async append(entry) {
      records.push({ ...entry, seq: records.length + 1, at: '2026-11-21T12:00:00.000Z', prev: '', hash: '' });
    },
  };
  return { journal, records, types: () => records.map(({ type }) => type) };
}

/** Time that passes only here. `at` is called before each wait with its number, from 1. */
export function fakeDelay(at: (wait: number) => void = () => {}) {
  const waits: number[] = [];
  const delay = async (milliseconds: number, cancel?: Cancellation) => {
    waits.push(milliseconds);
    at(waits.length);
    if (cancel?.aborted) throw new Cancelled();
  };
  return { delay, waits };
}
