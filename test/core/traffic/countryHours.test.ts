import { expect, it } from 'vitest';
import { createCountryHours } from '../../../src/core/traffic/countryHours.ts';
import { type LogColumns, unpriced } from '../../../src/core/traffic/logColumns.ts';

const from = 1_000_000 * 3600;

/** Rows: hour, country, currency, price in millionths, status, error, each as code. */
function columnsOf(rows: readonly (readonly [number, number, number, number, number, number])[]): LogColumns {
  const of = (at: 0 | 1 | 2 | 3 | 4 | 5): number[] => rows.map((row) => row[at]);
  return {
    rows: rows.length,
    time: Uint32Array.from(of(0), (hour, n) => from + hour * 3600 + n),
    price: Uint32Array.from(of(3)),
    block: new Uint32Array(rows.length),
    error: Uint16Array.from(of(5)),
    account: new Uint16Array(rows.length),
    country: Uint8Array.from(of(1)),
    status: Uint8Array.from(of(4)),
    currency: Uint8Array.from(of(2)),
    direction: new Uint8Array(rows.length),
    segments: new Uint8Array(rows.length).fill(1),
    blocks: [0],
    errors: [0, 30450, 60410],
    accounts: ['AC1'],
    countries: Array.from({ length: 200 }, (_, n) => (n === 0 ? 'FR' : n === 1 ? 'DE' : 'unknown')),
    statuses: ['delivered', 'undelivered', 'sent'],
    currencies: ['USD', 'EUR'],
    directions: ['outbound-api'],
  };
}

it('counts a country that is paid in two currencies once, with both costs', () => {
  const columns = columnsOf([
    [0, 0, 0, 7900, 0, 0],
    [1, 0, 1, 50_000, 1, 0],
    [1, 0, 1, unpriced, 2, 0],
    [1, 1, 0, 0, 0, 0],
    [0, 0, 0, unpriced, 1, 1],
    [2, 0, 1, unpriced, 1, 2],
  ]);
  const query = createCountryHours(columns, { from, to: from + 3 * 3600 - 1 });
  query.add(0, 3);
  query.add(3, columns.rows);
  const [france, germany, ...more] = query.result();
  expect(more).toEqual([]);
  expect(france).toMatchObject({ account: 'AC1', country: 'FR', firstAt: from * 1000 });
  expect([...(france?.sent ?? [])]).toEqual([2, 2, 1]);
  expect([...(france?.delivered ?? [])]).toEqual([1, 0, 0]);
  expect([...(france?.failed ?? [])]).toEqual([1, 1, 1]);
  expect([...(france?.pumpingBlocked ?? [])]).toEqual([1, 0, 0]);
  expect([...(france?.guardBlocked ?? [])]).toEqual([0, 0, 1]);
  expect([...(france?.unpriced ?? [])]).toEqual([0, 1, 0]);
  expect(france?.cost).toEqual(
    new Map([
      ['USD', Float64Array.of(0.0079, 0, 0)],
      ['EUR', Float64Array.of(0, 0.05, 0)],
    ]),
  );
  expect(germany?.cost).toEqual(new Map([['USD', Float64Array.of(0, 0, 0)]]));
});

it('counts more countries than it made room for at first, and forgets nothing of the first ones', () => {
  const countries = 200;
  const columns = columnsOf(Array.from({ length: countries }, (_, n) => [n % 3, n, 0, n, n % 2, n % 3]));
  // So long that there is room for some dozens at first.
  const query = createCountryHours(columns, { from, to: from + 3000 * 3600 - 1 });
  query.add(0, columns.rows);
  const found = query.result();
  const total = (counts: Uint32Array | Float64Array = new Float64Array()): number => {
    let sum = 0;
    for (const count of counts) sum += count;
    return sum;
  };
  expect(found).toHaveLength(countries);
  for (const [n, { sent, delivered, failed, pumpingBlocked, guardBlocked, cost, firstAt }] of found.entries()) {
    const blocked = [total(pumpingBlocked), total(guardBlocked)];
    expect([total(sent), total(delivered), total(failed)]).toEqual([1, 1 - (n % 2), n % 2]);
    expect(blocked).toEqual([n % 3 === 1 ? 1 : 0, n % 3 === 2 ? 1 : 0]);
    expect(total(cost.get('USD'))).toBeCloseTo(n / 1e6, 12);
    expect(firstAt).toBe((from + (n % 3) * 3600 + n) * 1000);
  }
});

it('counts many accounts, countries and currencies over a long time as a plain count does', () => {
  const rows = 30_000;
  const hours = 2000;
  const below = (row: number, step: number, end: number): number => ((row * row * step + row * 7919) >>> 4) % end;
  const all = Array.from({ length: rows }, (_, row) => ({
    // Some before and some after what is asked for.
    at: from + below(row, 13, (hours + 60) * 3600) - 30 * 3600,
    account: below(row, 5, 5),
    country: below(row, 17, 40),
    currency: below(row, 3, 2),
    price: below(row, 29, 5) === 0 ? unpriced : 1000 * below(row, 7, 90),
    status: below(row, 23, 3),
    error: below(row, 31, 3),
  }));
  const columns: LogColumns = {
    ...columnsOf([]),
    rows,
    time: Uint32Array.from(all, ({ at }) => at),
    price: Uint32Array.from(all, ({ price }) => price),
    error: Uint16Array.from(all, ({ error }) => error),
    account: Uint16Array.from(all, ({ account }) => account),
    country: Uint8Array.from(all, ({ country }) => country),
    status: Uint8Array.from(all, ({ status }) => status),
    currency: Uint8Array.from(all, ({ currency }) => currency),
    direction: new Uint8Array(rows),
    accounts: Array.from({ length: 5 }, (_, n) => `AC${n}`),
    countries: Array.from({ length: 40 }, (_, n): `${'A' | 'B'}${'A' | 'B'}` | 'unknown' =>
      n === 0 ? 'AB' : 'unknown',
    ),
  };
  const last = from + hours * 3600 - 1;
  const query = createCountryHours(columns, { from, to: last });
  query.add(0, 11_111);
  query.add(11_111, rows);
  const found = query.result();
  const inSpan = all.filter(({ at }) => at >= from && at <= last);
  expect(inSpan.length).toBeLessThan(rows);
  expect(found).toHaveLength(new Set(inSpan.map(({ account, country }) => `${account} ${country}`)).size);
  const own = (account: string) => inSpan.filter((row) => row.country === 0 && `AC${row.account}` === account);
  const total = (counts: Iterable<number>): number => [...counts].reduce((a, b) => a + b, 0);
  for (const group of found.filter(({ country }) => country === 'AB')) {
    const mine = own(group.account);
    const places = (counts: Uint32Array) =>
      [...counts.entries()].filter(([, count]) => count > 0).map(([hour]) => hour);
    const hoursOf = (rows: typeof mine) =>
      [...new Set(rows.map(({ at }) => Math.floor((at - from) / 3600)))].toSorted((a, b) => a - b);
    expect(total(group.sent)).toBe(mine.length);
    expect(places(group.sent)).toEqual(hoursOf(mine));
    expect(places(group.delivered)).toEqual(hoursOf(mine.filter(({ status }) => status === 0)));
    expect(places(group.failed)).toEqual(hoursOf(mine.filter(({ status }) => status === 1)));
    expect(places(group.pumpingBlocked)).toEqual(hoursOf(mine.filter(({ error }) => error === 1)));
    expect(places(group.guardBlocked)).toEqual(hoursOf(mine.filter(({ error }) => error === 2)));
    const open = mine.filter(({ price, error }) => price === unpriced && error === 0);
    expect(places(group.unpriced)).toEqual(hoursOf(open));
    for (const [code, currency] of ['USD', 'EUR'].entries()) {
      const charged = mine.filter((row) => row.currency === code && row.price !== unpriced);
      const micros = total(charged.map(({ price }) => price));
      expect(total(group.cost.get(currency) ?? [])).toBeCloseTo(micros / 1e6, 6);
    }
    expect(group.firstAt).toBe(Math.min(...mine.map(({ at }) => at)) * 1000);
  }
});
