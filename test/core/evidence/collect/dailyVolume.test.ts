import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { partsByVolume, volumeOf, volumeRequest } from '../../../../src/core/evidence/collect/dailyVolume.ts';
import { calls } from '../../../../src/core/evidence/sources/calls.ts';
import { events } from '../../../../src/core/evidence/sources/events.ts';
import { merged, secondsIn } from '../../../../src/core/evidence/windows.ts';
import { day, hour, main } from './fakes.ts';

const midnight = Date.UTC(2026, 10, 14);
const page = { rowsPerPage: 1000 };

describe('how many rows the days have', () => {
  it('is asked with one request, for windows that can be divided by days, of what usage counts', () => {
    const window = { from: midnight, to: midnight + 3 * day };
    expect(volumeRequest(calls, main, window)).toEqual({
      operation: 'listUsageDaily',
      account: main,
      query: { Category: 'calls', StartDate: '2026-11-14', EndDate: '2026-11-17', IncludeSubaccounts: 'false' },
    });
    expect(volumeRequest(calls, main, { from: midnight, to: midnight + day })).toBeUndefined();
    expect(volumeRequest(events, main, window)).toBeUndefined();
  });

  it('is read from the counts; what is none is left out', () => {
    const counts = ['12', 30, '', null, '-4', 'many'].map((count, i) => ({
      start_date: new Date(midnight + i * day).toISOString().slice(0, 10),
      count,
    }));
    expect(volumeOf([...counts, { count: '9' }])).toEqual(
      new Map([
        [midnight, 12],
        [midnight + day, 30],
      ]),
    );
  });
});

describe('parts of about as many rows', () => {
  it('are short on a busy day, which comes first, and long on quiet ones', () => {
    const window = { from: midnight, to: midnight + 3 * day - 1000 };
    const volume = new Map([
      [midnight, 3000],
      [midnight + day, 30_000],
      [midnight + 2 * day, 3000],
    ]);
    const parts = partsByVolume(window, volume, { ...page, now: midnight + 9 * day }) ?? [];
    expect(parts).toHaveLength(19);
    const inBusyDay = ({ from }: { from: number }) => from >= midnight + day && from < midnight + 2 * day;
    expect(parts.slice(0, 12).every(inBusyDay)).toBe(true);
    expect(Math.max(...parts.map(secondsIn))).toBeGreaterThan((10 * hour) / 1000);
  });

  it('take the last day as counted up to now', () => {
    const now = midnight + day + 2 * hour;
    const volume = new Map([
      [midnight, 6000],
      [midnight + day, 6000],
    ]);
    const parts = partsByVolume({ from: midnight, to: now }, volume, { ...page, now }) ?? [];
    expect(parts.filter(({ from }) => from >= midnight + day).length).toBeGreaterThanOrEqual(3);
  });

  it('are not made where the counts are nothing, or no more than a page', () => {
    const window = { from: midnight, to: midnight + 3 * day };
    expect(partsByVolume(window, new Map(), { ...page, now: midnight })).toBeUndefined();
    expect(partsByVolume(window, new Map([[midnight, 900]]), { ...page, now: midnight })).toBeUndefined();
  });

  it('are disjoint and leave no second out, whatever the counts', () => {
    const counts = fc.array(fc.integer({ min: 0, max: 5_000_000 }), { minLength: 1, maxLength: 20 });
    const seconds = fc.integer({ min: 0, max: 20 * 86_400 });
    fc.assert(
      fc.property(counts, seconds, seconds, (all, one, two) => {
        const edges = [one, two].map((at) => midnight + at * 1000).toSorted((a, b) => a - b);
        const window = { from: edges[0] ?? 0, to: edges[1] ?? 0 };
        const volume = new Map(all.map((rows, i) => [midnight + i * day, rows]));
        const parts = partsByVolume(window, volume, { ...page, now: window.to }) ?? [window];
        expect(merged(parts)).toEqual([window]);
        expect(parts.reduce((sum, part) => sum + secondsIn(part), 0)).toBe(secondsIn(window));
        expect(parts.every((part) => secondsIn(part) > 0)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});
