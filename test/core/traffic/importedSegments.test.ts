import { expect, it } from 'vitest';
import { createImportedSegments } from '../../../src/core/traffic/importedSegments.ts';
import { type LogColumns, unpriced } from '../../../src/core/traffic/logColumns.ts';
import { hours } from '../../../src/core/traffic/window.ts';

const from = 1_000_000 * 3600;
const span = { from, to: from + hours * 3600 - 1 };

interface Row {
  readonly hour?: number;
  readonly country?: number;
  readonly currency?: number;
  readonly price?: number;
  readonly status?: number;
  readonly error?: number;
  readonly direction?: number;
  readonly segments?: number;
}

function segmentsOf(rows: readonly Row[]) {
  const column = (read: (row: Row) => number | undefined): number[] => rows.map((row) => read(row) ?? 0);
  const columns: LogColumns = {
    rows: rows.length,
    time: Uint32Array.from(column(({ hour }) => from + (hour ?? 0) * 3600)),
    price: Uint32Array.from(column(({ price }) => price ?? unpriced)),
    block: new Uint32Array(rows.length),
    error: Uint16Array.from(column(({ error }) => error)),
    account: new Uint16Array(rows.length),
    country: Uint8Array.from(column(({ country }) => country)),
    status: Uint8Array.from(column(({ status }) => status)),
    currency: Uint8Array.from(column(({ currency }) => currency)),
    direction: Uint8Array.from(column(({ direction }) => direction)),
    segments: Uint8Array.from(column(({ segments }) => segments)),
    blocks: [0],
    errors: [0, 30450],
    accounts: ['AC1'],
    countries: ['FR', 'DE'],
    statuses: ['sent', 'failed'],
    currencies: ['USD', 'EUR'],
    directions: ['outbound-api', 'inbound'],
  };
  const query = createImportedSegments(columns, span);
  query.add(0, 1);
  query.add(1, rows.length);
  return query;
}

it('counts what will be charged by its hour, and what was charged by its currency', () => {
  const query = segmentsOf([
    { hour: 2, segments: 3 },
    { hour: 2, segments: 0 },
    { hour: hours - 1, segments: 2 },
    { price: 7900, segments: 2 },
    { price: 50_000, currency: 1, segments: 4 },
    { hour: 2, country: 1, segments: 5 },
  ]);
  const { segments, unpriced: open } = query.of('AC1', 'FR');
  expect([...open.entries()].filter(([, count]) => count > 0)).toEqual([
    [2, 2],
    [hours - 1, 1],
  ]);
  // A message whose segments are not told has one.
  expect([...segments.unpriced.entries()].filter(([, count]) => count > 0)).toEqual([
    [2, 4],
    [hours - 1, 2],
  ]);
  expect(segments.priced).toEqual(
    new Map([
      ['USD', 2],
      ['EUR', 4],
    ]),
  );
  expect(query.of('AC1', 'DE').segments.unpriced[2]).toBe(5);
});

it.each<[string, Row]>([
  ['what costs nothing', { price: 0, segments: 2 }],
  ['what failed without a price', { status: 1 }],
  ['what was blocked', { error: 1 }],
  ['what came in', { direction: 1 }],
  ['what was sent before', { hour: -1 }],
  ['what was sent after', { hour: hours }],
])('leaves out %s', (_, row) => {
  const query = segmentsOf([row, { ...row, segments: 3 }]);
  for (const country of ['FR', 'NG']) {
    const { segments, unpriced: open } = query.of('AC1', country);
    expect(segments.priced.size).toBe(0);
    expect([...open, ...segments.unpriced].every((count) => count === 0)).toBe(true);
    expect(open).toHaveLength(hours);
  }
});
