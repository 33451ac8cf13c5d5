import type { CountedSeries } from './series.ts';

/** Windows shorter than this index say little about all countries together. */
const shortest = 2;

/** How far the other countries are above what was expected of them together, none counting for more than four times its own. */
export function commonRatio(peers: readonly CountedSeries[], hour: number, window: number): number {
  let observed = 0;
  let expected = 0;
  for (const { track } of peers) {
    const span = track.windows[Math.max(window, shortest)];
    const mean = span?.expected[hour] ?? Number.NaN;
    if (Number.isNaN(mean)) continue;
    expected += mean;
    observed += Math.min(span?.observed[hour] ?? 0, 4 * mean + 2);
  }
  return expected >= 20 ? observed / expected : 1;
}
