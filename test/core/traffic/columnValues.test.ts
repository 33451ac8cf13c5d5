import { describe, expect, it } from 'vitest';
import { columnsByValue, kindOfCells } from '../../../src/core/traffic/columnValues.ts';

const sid = (prefix: string, n: number) => prefix + String(n).padStart(32, '0');
const named = (map: ReadonlyMap<number, string>) => Object.fromEntries(map);

describe('a column nobody knows', () => {
  it('is the field its cells look like, unless another column is named so or more than one cell in four does not fit', () => {
    const rows = [1, 2, 3].map((n) => [sid('CA', n), sid('CA', n + 10), '+4479460000', 'inbound']);
    expect(named(columnsByValue('calls', [undefined, 'parent_call_sid', undefined, undefined], rows))).toEqual({
      ...{ 0: 'sid', 2: 'to', 3: 'direction' },
    });
    expect(named(columnsByValue('calls', ['sid', undefined, 'to', undefined], rows))).toEqual({ 3: 'direction' });
    const odd = [...rows, [sid('SM', 1), '', 'anonymous', 'sideways']];
    expect(named(columnsByValue('calls', [undefined, 'x', undefined, undefined], odd))).toEqual({
      ...{ 0: 'sid', 2: 'to', 3: 'direction' },
    });
    odd.push([sid('SM', 1), '', 'anonymous', 'sideways']);
    expect(named(columnsByValue('calls', [undefined, 'x', undefined, undefined], odd))).toEqual({});
  });

  it('is none of two that look alike, but of dates the earliest', () => {
    const rows = [1, 2].map((n) => [
      sid('CA', n),
      sid('CA', n + 10),
      `2026-11-20 10:01:0${n}`,
      `2026-11-20 10:00:0${n}`,
    ]);
    expect(named(columnsByValue('calls', [undefined, undefined, undefined, undefined], rows))).toEqual({
      3: 'start_time',
    });
    expect(named(columnsByValue('calls', ['sid', 'x', 'date_created', undefined], rows))).toEqual({});
  });

  it('is none when most of its cells are empty', () => {
    expect(named(columnsByValue('attempts', [undefined], [[sid('VL', 1)], [''], ['']]))).toEqual({});
    expect(named(columnsByValue('attempts', [undefined], []))).toEqual({});
  });
});

it('a log is known by its SIDs', () => {
  expect(kindOfCells([['x', sid('CA', 1)]])).toBe('calls');
  expect(kindOfCells([['x', sid('VL', 1)]])).toBe('attempts');
  expect(kindOfCells([[sid('MM', 1)], [sid('SM', 1)]])).toBe('messages');
  expect(kindOfCells([[sid('CA', 1)], ['x'], ['y']])).toBeUndefined();
  expect(kindOfCells([])).toBeUndefined();
});

it('an own number is not taken for the recipient where recipients are written in another way', () => {
  const names = ['sid', 'direction', 'start_time', undefined, undefined];
  const row = (to: string) => [`CA${'0'.repeat(32)}`, 'outbound-api', '2026-11-20T00:00:00Z', '+15005550006', to];
  for (const to of ['07911 123456', '(0791) 112-3456', 'sip:a@b.example', '+4479111XXXX'])
    expect([...columnsByValue('calls', names, [row(to), row(to)])]).toEqual([]);
  for (const other of ['61', '-1.5', '', 'completed', '2026-11-20 10:00:00'])
    expect([...columnsByValue('calls', names, [row(other), row(other)])]).toEqual([[3, 'to']]);
});
