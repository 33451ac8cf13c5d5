import { span } from '../model/age.ts';
import { daysOf, type Window } from '../traffic/window.ts';
import type { HeldSlice } from './collect/missing.ts';
import { meet } from './windows.ts';

/** Counts the rows of each UTC day of a window, oldest first, by their instants in epoch milliseconds. */
export function createDayCounts(window: Window): { readonly counts: readonly number[]; add(at: number): void } {
  const counts = daysOf(window).map(() => 0);
  const first = Math.floor(window.from / span.day);
  return {
    counts,
    add(at) {
      const day = Math.floor(at / span.day) - first;
      if (day in counts) counts[day] = (counts[day] ?? 0) + 1;
    },
  };
}

/**
 * How many rows that sum up a day are held of each day, each once however often its day was read: beginning of the day (epoch milliseconds) → rows. What was
 * read last to its end counts, and only of a day that never was, what was read last. `undefined` where a capture does not tell its days.
 */
export function dailyRows(slices: readonly HeldSlice[]): ReadonlyMap<number, number> | undefined {
  const rows = new Map<number, number>();
  const newest = slices.map(({ slice }) => slice).toReversed();
  for (const slice of [...newest.filter(({ complete }) => complete), ...newest.filter(({ complete }) => !complete)]) {
    if (slice.rows === 0 && !slice.complete) continue;
    if (!slice.window || !slice.days) return undefined;
    const first = Math.floor(slice.window.from / span.day);
    slice.days.forEach((count, index) => {
      const day = (first + index) * span.day;
      if (!rows.has(day)) rows.set(day, count);
    });
  }
  return rows;
}

/** What of that begins in a window: how many rows, and the first and the last day that has any. */
export function daysWithin(
  rows: ReadonlyMap<number, number>,
  window: Window,
): { readonly rows: number; readonly first: number; readonly last: number } {
  const own = [...rows].filter(([day, count]) => count > 0 && meet({ from: day, to: day }, window));
  const days = own.map(([day]) => day);
  return {
    rows: own.reduce((sum, [, count]) => sum + count, 0),
    first: Math.min(...days),
    last: Math.max(...days),
  };
}
