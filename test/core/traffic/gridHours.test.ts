import { describe, expect, it } from 'vitest';
import { createHourGrid } from '../../../src/core/traffic/countGrid.ts';
import { type CountryHours, createCountryHours } from '../../../src/core/traffic/countryHours.ts';
import { gridHours } from '../../../src/core/traffic/gridHours.ts';
import type { HourGrid } from '../../../src/core/traffic/hourGrid.ts';
import { createImportedSegments } from '../../../src/core/traffic/importedSegments.ts';
import { type LogColumns, type Span, unpriced } from '../../../src/core/traffic/logColumns.ts';
import { hours } from '../../../src/core/traffic/window.ts';

const from = 480_000 * 3600;
const week = hours * 3600;

/** The same rows for the same seed: several accounts, countries, currencies, statuses and reasons, some inbound, over `days` days in any order. */
function randomColumns(rows: number, days: number, seed: number): LogColumns {
  let state = seed;
  const below = (most: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * most);
  };
  const codes = (most: number): number[] => Array.from({ length: rows }, () => below(most));
  return {
    rows,
    time: Uint32Array.from(codes(days * 86_400), (at) => from + at),
    price: Uint32Array.from({ length: rows }, () => [unpriced, 0, 7900, 50_000, 4_000_000_000][below(5)] ?? 0),
    block: new Uint32Array(rows),
    error: Uint16Array.from(codes(4)),
    account: Uint16Array.from(codes(3)),
    country: Uint8Array.from(codes(5)),
    status: Uint8Array.from(codes(6)),
    currency: Uint8Array.from(codes(3)),
    direction: Uint8Array.from(codes(3)),
    segments: Uint8Array.from(codes(4)),
    blocks: [0],
    errors: [0, 30450, 60410, 30003],
    accounts: ['AC1', 'AC2', 'AC3'],
    countries: ['FR', 'DE', 'US', 'RU', 'unknown'],
    statuses: ['delivered', 'undelivered', 'sent', 'failed', 'canceled', 'read'],
    currencies: ['USD', 'EUR', 'XXX'],
    directions: ['outbound-api', 'inbound', 'outgoing'],
  };
}

/** The grid of rows that come in several runs. */
function gridOf(columns: LogColumns, superseded?: Uint8Array, most = 1e6): HourGrid | undefined {
  const builder = createHourGrid(columns, most);
  const cut = Math.floor(columns.rows / 3);
  for (const [first, end] of [[0, cut] as const, [cut, columns.rows] as const])
    builder.add(rowsOf(columns, first, end), end - first, superseded?.subarray(first, end));
  return builder.result();
}

function rowsOf(columns: LogColumns, first: number, end: number): LogColumns {
  const { time, price, block, error, account, country, status, currency, direction, segments } = columns;
  return {
    ...columns,
    time: time.subarray(first, end),
    price: price.subarray(first, end),
    block: block.subarray(first, end),
    error: error.subarray(first, end),
    account: account.subarray(first, end),
    country: country.subarray(first, end),
    status: status.subarray(first, end),
    currency: currency.subarray(first, end),
    direction: direction.subarray(first, end),
    segments: segments.subarray(first, end),
  };
}

function byPlace<Counted extends Pick<CountryHours, 'account' | 'country'>>(counted: readonly Counted[]): Counted[] {
  return counted.toSorted((a, b) => `${a.account} ${a.country}`.localeCompare(`${b.account} ${b.country}`));
}

/** What counting the rows gives, account by country, with what they are charged by. */
function scanned(columns: LogColumns, span: Span) {
  const query = createCountryHours(columns, span);
  const segments = createImportedSegments(columns, span);
  for (const one of [query, segments]) one.add(0, columns.rows);
  return byPlace(
    query.result().map((one) => {
      return { ...one, charged: segments.of(one.account, one.country) };
    }),
  );
}

describe('a grid answers as its rows do', () => {
  it.each([1, 2, 3, 4, 5, 6])('over any span of whole hours (%i)', (seed) => {
    const columns = randomColumns(4000, 9, seed);
    const grid = gridOf(columns);
    for (const start of [0, 30 * 3600, 9 * 86_400]) {
      const span = { from: from + start, to: from + start + week - 1 };
      const found = grid && gridHours(grid, columns, span);
      expect(byPlace(found ?? [])).toEqual(scanned(columns, span));
    }
  });

  it('up to the newest message, though the hour is not over', () => {
    const columns = randomColumns(500, 3, 7);
    const newest = columns.time.reduce((most, at) => Math.max(most, at));
    const first = Math.floor(newest / 3600) * 3600 + 3600 - week;
    const grid = gridOf(columns);
    expect(grid?.newest).toBe(newest);
    const span = { from: first, to: newest };
    expect(byPlace((grid && gridHours(grid, columns, span)) ?? [])).toEqual(scanned(columns, span));
    expect(grid && gridHours(grid, columns, { from: first, to: newest - 1 })).toBeUndefined();
    expect(grid && gridHours(grid, columns, { from: first + 1, to: newest })).toBeUndefined();
  });

  it('without the rows that a later state of their message replaces', () => {
    const columns = randomColumns(900, 5, 8);
    const superseded = Uint8Array.from({ length: columns.rows }, (_, row) => (row % 4 === 1 ? 1 : 0));
    const left = [...superseded.keys()].filter((row) => superseded[row] === 0);
    const pick = <Column extends Uint32Array | Uint16Array | Uint8Array>(column: Column): Column => {
      const kept = column.slice(0, left.length) as Column;
      for (const [to, row] of left.entries()) kept[to] = column[row] ?? 0;
      return kept;
    };
    const kept: LogColumns = {
      ...columns,
      rows: left.length,
      time: pick(columns.time),
      price: pick(columns.price),
      error: pick(columns.error),
      account: pick(columns.account),
      country: pick(columns.country),
      status: pick(columns.status),
      currency: pick(columns.currency),
      direction: pick(columns.direction),
      segments: pick(columns.segments),
    };
    const grid = gridOf(columns, superseded);
    const span = { from, to: from + week - 1 };
    expect(byPlace((grid && gridHours(grid, columns, span)) ?? [])).toEqual(scanned(kept, span));
    expect([...(grid?.runs ?? [])].filter((_, n) => n % 3 === 0).reduce((a, b) => a + b)).toBe(kept.rows);
  });
});

/** Outbound messages, those of one account after those of another, mostly in few of the countries and with few of the statuses. */
function wideColumns(accounts: number, countries: number, seed: number): LogColumns {
  const columns = randomColumns(3000, 1, seed);
  const { rows, statuses } = columns;
  const seldom = (codes: Uint8Array, most: number): Uint8Array =>
    codes.map((_, row) => Math.floor(most * (((row * 7919 + seed * 104_729) % 1009) / 1009) ** 2));
  return {
    ...columns,
    account: columns.account.map((_, row) => Math.floor((row * accounts) / rows)),
    country: seldom(columns.country, countries),
    status: seldom(columns.status.toReversed(), statuses.length),
    direction: new Uint8Array(rows),
    accounts: Array.from({ length: accounts }, (_, n) => `AC${n}`),
    countries: Array.from({ length: countries }, () => 'unknown' as const),
  };
}

describe('a grid', () => {
  it.each([
    [1, 150],
    [3, 200],
    [21, 100],
  ])('counts every message of %i accounts in %i countries', (accounts, countries) => {
    for (let seed = 1; seed <= 10; seed++) {
      const columns = wideColumns(accounts, countries, seed);
      const grid = gridOf(columns, undefined, 1e7);
      expect(grid?.messages.reduce((sum, count) => sum + count, 0)).toBe(columns.rows);
    }
  });

  it('says of each run of rows when its messages were sent', () => {
    const columns = randomColumns(600, 4, 9);
    const grid = gridOf(columns);
    const spanOf = (first: number, end: number) => {
      const times = columns.time.subarray(first, end);
      return [end - first, Math.min(...times), Math.max(...times)];
    };
    expect([...(grid?.runs ?? [])]).toEqual([...spanOf(0, 200), ...spanOf(200, 600)]);
    expect([grid?.oldest, grid?.newest]).toEqual([Math.min(...columns.time), Math.max(...columns.time)]);
  });

  it('is given up when it would be too large', () => {
    const columns = randomColumns(4000, 9, 1);
    expect(gridOf(columns, undefined, 2000)).toBeUndefined();
    expect(gridOf(randomColumns(0, 1, 1))).toMatchObject({ oldest: 0, newest: 0 });
  });

  it('keeps hours that lie decades apart', () => {
    const columns = {
      ...randomColumns(3, 1, 2),
      time: Uint32Array.of(10, from, 0xffff_fff0),
      direction: new Uint8Array(3),
    };
    const grid = gridOf(columns);
    expect(grid?.hours).toHaveLength(3);
    const span = { from, to: from + week - 1 };
    expect(byPlace((grid && gridHours(grid, columns, span)) ?? [])).toEqual(scanned(columns, span));
  });
});
