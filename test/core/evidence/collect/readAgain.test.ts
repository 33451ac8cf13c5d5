import { describe, expect, it } from 'vitest';
import { createCancellation } from '../../../../src/core/cancellation.ts';
import { UserError } from '../../../../src/core/errors.ts';
import { captureEntry, captureFrom } from '../../../../src/core/evidence/captureRecord.ts';
import { collectEvidence } from '../../../../src/core/evidence/collect/collectEvidence.ts';
import type { RowsOf } from '../../../../src/core/evidence/collect/heldAgain.ts';
import type { CollectOptions } from '../../../../src/core/evidence/collect/options.ts';
import { coverageOf } from '../../../../src/core/evidence/coverage.ts';
import type { EvidenceSource } from '../../../../src/core/evidence/source.ts';
import { messages } from '../../../../src/core/evidence/sources/messages.ts';
import { usage } from '../../../../src/core/evidence/sources/usage.ts';
import type { JsonObject } from '../../../../src/core/model/json.ts';
import type { Page, Twilio } from '../../../../src/core/ports.ts';
import { day, main, memoryWriter, now, row, server, week } from './fakes.ts';

type Memory = ReturnType<typeof memoryWriter>;

/** What the writer was given, as if it lay on the disk. */
const onDisk = (memory: Memory): RowsOf =>
  async function* (captures) {
    const files = [...captures].map(({ file }) => file);
    for (const { source, slice, rows } of memory.slices)
      for (const one of rows)
        if (files.includes(`evidence/${source}-0001.jsonl.gz`))
          yield { source, account: slice.account, row: one, file: `evidence/${source}-0001.jsonl.gz`, line: 1 };
  };

async function run(twilio: Twilio, at: number, over: Partial<CollectOptions>, source: EvidenceSource = messages) {
  const memory = memoryWriter();
  const accounts = [{ account: main, name: 'Acme' }];
  const parts = { sources: [source], accounts, main, window: { from: week.from, to: at }, writer: memory.writer };
  const clock = { now: () => at };
  const result = await collectEvidence(twilio, { ...parts, now: at, held: [], clock, delay: async () => {}, ...over });
  return { ...memory, result };
}

const rows = Array.from({ length: 250 }, (_, i) => row(i, now - i * 30_000, { status: 'sent', price: null }));
const later = now + 10 * 60_000;

/** Collects twice, ten minutes apart, with what changed between. */
async function twice(change: (rows: readonly JsonObject[]) => readonly JsonObject[], rowsOf = onDisk) {
  const first = await run(server({ [main]: rows }).twilio, now, {});
  const changed = change(rows);
  const held = first.held(now);
  const second = await run(server({ [main]: changed }).twilio, later, { held, rowsOf: rowsOf(first) });
  expect(second.result.outcomes.map(({ complete }) => complete)).toEqual([true]);
  return second;
}

describe('what is read again because it may have changed', () => {
  it('is written once only where it is as it was', async () => {
    const { slices, result } = await twice((all) => all);
    expect(slices.flatMap((slice) => slice.rows)).toEqual([]);
    expect(slices.length).toBeGreaterThan(0);
    expect(result.rows).toBe(0);
  });

  it('is written anew where its status, its price or its error changed, whether its date of change did or not', async () => {
    const { sids } = await twice((all) =>
      all.map((one, i) => {
        if (i === 3) return { ...one, status: 'undelivered', error_code: 30_003 };
        if (i === 5) return { ...one, price: '-0.0079' };
        return i === 7 ? { ...one, date_updated: new Date(later).toUTCString() } : one;
      }),
    );
    expect(sids()).toEqual([3, 5, 7].map((i) => String(rows[i]?.['sid'])));
  });

  it('is written with what is new', async () => {
    const fresh = [row(1000, now + 60_000), row(1001, now + 120_000)];
    const { sids, result } = await twice((all) => [...all, ...fresh]);
    expect(sids().toSorted()).toEqual(fresh.map(({ sid }) => String(sid)).toSorted());
    expect(result.rows).toBe(2);
  });

  it('is written again when what is held cannot be read', async () => {
    const { sids } = await twice(
      (all) => all,
      () => async function* () {},
    );
    expect(sids().length).toBeGreaterThan(100);
  });

  it('is written again where it was not complete, and where rows sum up a day', async () => {
    const broken = server({ [main]: rows }, { spoil: (page) => ({ ...page, body: { ...page.body, messages: [7] } }) });
    const first = await run(broken.twilio, now, {});
    expect(first.complete()).toBe(false);
    const parts = { held: first.held(now), rowsOf: onDisk(first) };
    const second = await run(server({ [main]: rows }).twilio, later, parts);
    expect(new Set(second.sids()).size).toBe(rows.length);

    const today = new Date(now).toISOString().slice(0, 10);
    const days: readonly JsonObject[] = [{ category: 'sms', start_date: today, end_date: today, count: '1' }];
    const ask = {
      twilio: server({}, { spoil: (page) => ({ ...page, body: { usage_records: days }, items: days }) }).twilio,
    };
    const counted = await run(ask.twilio, now, {}, usage);
    expect(counted.complete()).toBe(true);
    const again = await run(ask.twilio, later, { held: counted.held(now), rowsOf: onDisk(counted) }, usage);
    expect(again.slices.flatMap((slice) => slice.rows).length).toBeGreaterThan(0);
  });
});

it('rows that sum up a day are counted once however often they are read, and those before the window apart', async () => {
  const dates = Array.from({ length: 60 }, (_, i) => new Date(now - i * day).toISOString().slice(0, 10));
  const items: readonly JsonObject[] = dates.flatMap((date) =>
    ['sms', 'calls'].map((category) => ({ category, start_date: date, end_date: date, count: '1' })),
  );
  let read = now;
  const spoil = (page: Page): Page => ({ ...page, body: {}, items, proof: { ...page.proof, receivedAt: read } });
  const { twilio } = server({}, { spoil });
  let held: ReturnType<Memory['held']> = [];
  for (const at of [now, later, later + 60_000]) {
    read = at;
    const counted = await run(twilio, at, { held }, usage);
    expect(counted.result.rows).toBeGreaterThan(0);
    const records = counted.held(at).map(({ capture }) => ({ capture: captureFrom({ ...captureEntry(capture) }), at }));
    held = [...held, ...records.flatMap(({ capture }) => (capture ? [{ capture, at }] : []))];
    const scope = { accounts: [main], sources: [usage], window: { from: week.from, to: at }, now: at };
    // The week began within the first of eight days.
    const first = Math.floor(week.from / day) * day;
    expect(coverageOf(held, scope)).toMatchObject([
      { state: 'complete', rows: 16, first, last: first + 7 * day, lead: { rows: 60 } },
    ]);
  }
});

it('what is held is read no further once the person has stopped it', async () => {
  const first = await run(server({ [main]: rows }).twilio, now, {});
  const { signal, abort } = createCancellation();
  let given = 0;
  async function* rowsOf(...[captures]: Parameters<RowsOf>) {
    for await (const one of onDisk(first)(captures)) {
      given += 1;
      if (given === 5) abort();
      yield one;
    }
  }
  const { result } = await run(server({ [main]: rows }).twilio, later, {
    held: first.held(now),
    rowsOf,
    cancel: signal,
  });
  expect(given).toBe(5);
  expect(result.outcomes.map(({ complete }) => complete)).toEqual([false]);
});

it('a disk that is full ends the run at once, also while the next page is still on its way', async () => {
  const memory = memoryWriter();
  const writer = {
    ...memory.writer,
    begin: (of: Parameters<typeof memory.writer.begin>[0]) => ({
      ...memory.writer.begin(of),
      page: () => Promise.reject(new UserError('not-allowed', 'The disk is full.')),
    }),
  };
  const fake = server({ [main]: rows });
  let pages = 0;
  const twilio: Twilio = {
    ...fake.twilio,
    page(request, cancel) {
      pages += 1;
      if (request.continueAt === undefined) return fake.twilio.page(request, cancel);
      return new Promise((_, reject) => {
        cancel?.addEventListener('abort', () => reject(new UserError('network', 'given up')), { once: true });
        if (cancel?.aborted) reject(new UserError('network', 'given up'));
      });
    },
  };
  const window = { from: now - 125 * 60_000, to: now };
  const { result } = await run(twilio, now, { writer, window });
  expect(result.writeFailure).toBe('The disk is full.');
  expect(pages).toBe(2);
});
