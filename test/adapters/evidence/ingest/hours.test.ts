import { readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { openHours, openIndex, openNewest } from '../../../../src/adapters/evidence/ingest/openIndex.ts';
import { reportFromIndex } from '../../../../src/adapters/evidence/ingest/reportFromIndex.ts';
import { type CountryHours, createCountryHours } from '../../../../src/core/traffic/countryHours.ts';
import { gridHours } from '../../../../src/core/traffic/gridHours.ts';
import { createImportedSegments } from '../../../../src/core/traffic/importedSegments.ts';
import type { LogColumns, Span } from '../../../../src/core/traffic/logColumns.ts';
import { imported, jsonLines, logFolder, record } from './logFiles.ts';

const files = logFolder();
afterAll(() => files.remove());

const now = Date.parse('2026-11-21T00:00:00Z');
const days = 20;
const iso = (at: number): string => new Date(at).toISOString().replace('.000', '');
const pick = <Value>(values: readonly Value[], n: number): Value | undefined => values[n % values.length];
const accounts = ['a', 'b', 'c'].map((letter) => `AC${letter.repeat(32)}`);
const numbers = ['+79581112233', '+14155550123', '+4915112345678', '+33612345678', 'short', '12345'];

/** Messages of twenty days, a file a day; every fifth of them comes again in the next day's file, in a later state. */
const paths = Array.from({ length: days }, (_, day) => {
  const own = Array.from({ length: 120 }, (_, n) => sent(day, n, 0));
  const again = day === 0 ? [] : Array.from({ length: 24 }, (_, n) => sent(day - 1, 5 * n, 1));
  return files.write(`day${day}.json.gz`, gzipSync(jsonLines([...own, ...again])));
});

function sent(day: number, n: number, state: 0 | 1) {
  const number = day * 1000 + n;
  const at = now - (days - day) * 86_400_000 + n * 50_000 + ((number * 37) % 60) * 1000;
  return record(number, {
    account_sid: pick(accounts, number % 7),
    to: pick(numbers, number % 11),
    direction: number % 13 === 0 ? 'inbound' : 'outbound-api',
    status: state === 0 ? 'sent' : pick(['delivered', 'undelivered', 'failed'], n),
    error_code: number % 17 === 0 ? 30450 : null,
    price: state === 0 || number % 17 === 0 ? null : `-0.0${10 + (number % 80)}`,
    price_unit: pick(['USD', 'EUR'], number % 5),
    num_segments: number % 4,
    date_sent: iso(at),
    date_created: iso(at),
    date_updated: iso(at + state * 3_600_000),
  });
}

function byPlace<Counted extends Pick<CountryHours, 'account' | 'country'>>(counted: readonly Counted[]): Counted[] {
  return counted.toSorted((a, b) => `${a.account} ${a.country}`.localeCompare(`${b.account} ${b.country}`));
}

function scanned(columns: LogColumns, span: Span) {
  const hours = createCountryHours(columns, span);
  const segments = createImportedSegments(columns, span);
  for (const one of [hours, segments]) one.add(0, columns.rows);
  return byPlace(hours.result().map((one) => ({ ...one, charged: segments.of(one.account, one.country) })));
}

/** Writes the header of an index anew. */
function changeHeader(index: string, change: (header: Record<string, unknown>) => void): void {
  const file = path.join(index, 'index.json');
  const header: Record<string, unknown> = JSON.parse(readFileSync(file, 'utf8'));
  change(header);
  writeFileSync(file, JSON.stringify(header));
}

const inOrder = (report: Awaited<ReturnType<typeof reportFromIndex>>) => ({
  ...report,
  accounts: report.accounts
    .toSorted((a, b) => a.account.localeCompare(b.account))
    .map((one) => ({
      ...one,
      table: [...one.table]
        .toSorted(([a], [b]) => a.localeCompare(b))
        .map(([country, series]) => ({
          ...series,
          country,
          blocks: [...series.blocks.counts()],
          blocksBefore: [...(series.blocksBefore?.counts() ?? [])],
        })),
    })),
});

describe('the counts by hour beside an index', () => {
  it.each([0, 2] as const)('are those of its rows, without states that were replaced (%i threads)', async (threads) => {
    const { opened, summary } = await imported(paths, files.index, threads);
    expect(summary.superseded).toBe((days - 1) * 24);
    const { grid, lists } = await openHours(files.index);
    const week = 7 * 86_400;
    for (const from of [now / 1000 - week, now / 1000 - 2 * week - 3600]) {
      const span = { from, to: from + week - 1 };
      expect(byPlace((grid && gridHours(grid, lists, span)) ?? [])).toEqual(scanned(opened.columns, span));
    }
  });

  it('give the report that all rows give, of which only the window’s are read', async () => {
    const { opened } = await imported(paths, files.index, 2);
    const newest = await openNewest(files.index, now);
    expect(newest.columns.rows).toBeLessThan(opened.columns.rows / 2);
    const report = await reportFromIndex(newest, { now });
    expect(inOrder(report)).toEqual(inOrder(await reportFromIndex(opened, { now })));
    expect(report.accounts.map(({ messages }) => messages).every((messages) => messages > 100)).toBe(true);
  });

  it('are left aside when a message is dated in the future, so that it moves no window', async () => {
    const odd = files.write('odd.jsonl', jsonLines([record(999_999, { date_sent: '2036-01-01T00:00:00Z' })]));
    const { opened } = await imported([...paths, odd], files.index);
    const newest = await openNewest(files.index, now);
    expect(newest.columns.rows).toBe(opened.columns.rows);
    expect((await reportFromIndex(newest, { now })).gaps).toEqual([
      '1 message is dated in the future and not counted.',
    ]);
  });

  it('may be missing from an index: then rows are counted', async () => {
    const { opened } = await imported(paths, files.index);
    changeHeader(files.index, (header) => {
      header['grid'] = undefined;
    });
    rmSync(path.join(files.index, 'hours.grid'));
    expect((await openHours(files.index)).grid).toBeUndefined();
    const newest = await openNewest(files.index, now);
    expect(newest.columns.rows).toBe(opened.columns.rows);
    expect(inOrder(await reportFromIndex(newest, { now }))).toEqual(inOrder(await reportFromIndex(opened, { now })));
  });

  it('are refused when their file is cut or gone', async () => {
    await imported(paths, files.index);
    const file = path.join(files.index, 'hours.grid');
    truncateSync(file, 100);
    await expect(openHours(files.index)).rejects.toThrow(/lacks its counts by hour. Import the logs again/);
    rmSync(file);
    await expect(openNewest(files.index, now)).rejects.toThrow(/Import the logs again/);
    expect((await openIndex(files.index)).columns.rows).toBe(days * 120);
  });

  it('are written again with the next import, and removed with the index', async () => {
    await imported(paths, files.index);
    const one = files.write('one.jsonl', jsonLines([record(1)]));
    await imported([one], files.index);
    expect((await openHours(files.index)).grid?.messages).toEqual(Uint32Array.of(1));
    const damaged = files.write('damaged.gz', Buffer.from([0x1f, 0x8b, 8, 0, 0]));
    await expect(imported([damaged], files.index)).rejects.toThrow(/damaged|early/);
    expect(() => readdirSync(files.index)).toThrow(/ENOENT/);
  });
});
