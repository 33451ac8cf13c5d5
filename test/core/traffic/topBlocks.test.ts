import { expect, it } from 'vitest';
import type { LogColumns } from '../../../src/core/traffic/logColumns.ts';
import { createTopBlocks } from '../../../src/core/traffic/topBlocks.ts';

const span = { from: 100, to: 200 };

/** Rows that are spread over everything in a way that is the same each time. */
function columnsOf(rows: number, accounts: number, blocks: number, countriesPerBlock: number): LogColumns {
  const numbers = (step: number, below: number): number[] => {
    return Array.from({ length: rows }, (_, n) => ((n * n * step + n * 7919) >>> 3) % below);
  };
  const block = Uint32Array.from(numbers(31, blocks));
  return {
    rows,
    time: Uint32Array.from(numbers(11, 140), (at) => 80 + at),
    price: new Uint32Array(rows),
    block,
    error: new Uint16Array(rows),
    account: Uint16Array.from(numbers(17, accounts)),
    country: Uint8Array.from(block, (code, n) => ((code % 5) + (n % countriesPerBlock)) % 5),
    status: new Uint8Array(rows),
    currency: new Uint8Array(rows),
    direction: Uint8Array.from(numbers(5, 9), (luck) => (luck === 0 ? 1 : 0)),
    segments: new Uint8Array(rows),
    blocks: Array.from({ length: blocks }, (_, code) => 17_000_000 + ((code * 7) % blocks)),
    errors: [0],
    accounts: Array.from({ length: accounts }, (_, n) => `AC${n}`),
    countries: ['FR', 'DE', 'NG', 'RU', 'unknown'],
    statuses: ['delivered'],
    currencies: ['USD'],
    directions: ['outbound-api', 'inbound'],
  };
}

/** The same by a plain map and a plain sort. */
function expected(columns: LogColumns, perCountry: number, only?: Uint8Array) {
  const counts = new Map<string, Map<number, number>>();
  for (let row = 0; row < columns.rows; row++) {
    const at = columns.time[row] ?? 0;
    const code = columns.block[row] ?? 0;
    if (columns.direction[row] !== 0 || at < span.from || at > span.to || (only && only[code] !== 1)) continue;
    const place = `${columns.accounts[columns.account[row] ?? 0]} ${columns.countries[columns.country[row] ?? 0]}`;
    const own = counts.get(place) ?? new Map<number, number>();
    counts.set(place, own.set(columns.blocks[code] ?? 0, (own.get(columns.blocks[code] ?? 0) ?? 0) + 1));
  }
  return [...counts].flatMap(([place, own]) =>
    [...own]
      .toSorted(([a, many], [b, more]) => more - many || a - b)
      .slice(0, perCountry)
      .map(([key, messages]) => `${place} +${String(key).slice(1)}xxxx ${messages}`),
  );
}

it.each([
  ['each in one country', 4, 300, 1],
  ['some in two countries', 3, 300, 2],
  ['too many to count in a table', 2000, 703, 2],
])('finds the blocks that got most messages as a plain count does: blocks %s', (_, accounts, blocks, perBlock) => {
  const columns = columnsOf(20_000, accounts, blocks, perBlock);
  const only = Uint8Array.from({ length: blocks }, (_, code) => (code % 3 === 0 ? 1 : 0));
  for (const wanted of [undefined, only]) {
    const query = createTopBlocks(columns, span, wanted);
    query.add(0, 9000);
    query.add(9000, columns.rows);
    const found = query.result(8);
    const text = found.map(({ account, country, block, messages }) => `${account} ${country} ${block} ${messages}`);
    expect(text.toSorted()).toEqual(expected(columns, 8, wanted).toSorted());
    expect(found.map(({ messages }) => messages)).toEqual(
      found.map(({ messages }) => messages).toSorted((a, b) => b - a),
    );
    expect(found.length).toBeGreaterThan(50);
  }
});
