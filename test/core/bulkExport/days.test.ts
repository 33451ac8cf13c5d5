import { describe, expect, it } from 'vitest';
import { baselineDays, daysIn, dayWindow, runsOf, uncapturedDays } from '../../../src/core/bulkExport/days.ts';
import type { Slice } from '../../../src/core/evidence/capture.ts';
import { main } from './fakes.ts';

const at = (text: string) => Date.parse(text);
const slice = (from: string, to: string, complete = true): Slice => ({
  account: main,
  window: { from: at(from), to: at(to) },
  complete,
  line: 1,
  rows: 0,
  pages: [],
});

describe('the days of a baseline', () => {
  it('are the four weeks before the incident', () => {
    const days = baselineDays(
      { from: at('2026-11-14T00:00:00Z'), to: at('2026-11-21T12:00:00Z') },
      at('2026-11-21T12:00:00Z'),
    );
    expect(days).toHaveLength(28);
    expect([days[0], days.at(-1)]).toEqual(['2026-10-17', '2026-11-13']);
  });

  it('include the day the incident begins in, unless that is at midnight', () => {
    const now = at('2026-11-30T12:00:00Z');
    expect(baselineDays({ from: at('2026-11-14T03:00:00Z'), to: now }, now).at(-1)).toBe('2026-11-14');
  });

  it('are never younger than two days before today', () => {
    for (const hour of ['00:00:00', '12:00:00', '23:59:59']) {
      const now = at(`2026-11-21T${hour}Z`);
      expect(baselineDays({ from: now - 3_600_000, to: now }, now).at(-1)).toBe('2026-11-19');
    }
  });

  it('are none for an incident in the future', () => {
    const now = at('2026-11-21T12:00:00Z');
    expect(baselineDays({ from: at('2027-03-01T00:00:00Z'), to: at('2027-03-02T00:00:00Z') }, now)).toEqual([]);
  });
});

describe('a day', () => {
  it('is captured when complete slices cover all of its seconds', () => {
    const days = ['2026-11-01', '2026-11-02', '2026-11-03', '2026-11-04'];
    expect(
      uncapturedDays(days, [
        slice('2026-11-01T00:00:00Z', '2026-11-01T11:59:59Z'),
        slice('2026-11-01T12:00:00Z', '2026-11-02T23:59:58Z'),
        slice('2026-11-03T00:00:00Z', '2026-11-03T23:59:59Z', false),
        slice('2026-11-04T00:00:00Z', '2026-11-06T00:00:00Z'),
      ]),
    ).toEqual(['2026-11-02', '2026-11-03']);
  });

  it('lasts from midnight to the last second', () => {
    expect(dayWindow('2026-11-01')).toEqual({ from: at('2026-11-01T00:00:00Z'), to: at('2026-11-01T23:59:59Z') });
  });
});

it('unbroken runs are asked for at once, and are the same days again', () => {
  const days = ['2026-10-30', '2026-10-31', '2026-11-01', '2026-11-05'];
  const runs = runsOf(days);
  expect(runs).toEqual([
    { start: '2026-10-30', end: '2026-11-01' },
    { start: '2026-11-05', end: '2026-11-05' },
  ]);
  expect(runs.flatMap(daysIn)).toEqual(days);
});
