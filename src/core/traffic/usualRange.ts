import { median } from './median.ts';
import { firstHourOfLastDay } from './table.ts';

/** Between these an hour is nothing unusual; one number per hour of the window. */
export interface UsualRange {
  readonly lower: readonly number[];
  readonly upper: readonly number[];
}

/** Standard deviations either side of what is expected. */
const deviations = 3;
/** Makes the median absolute deviation of a normal distribution its standard deviation (Rousseeuw and Croux, 1993). */
const consistency = 1.4826;

/**
 * What an hour's count stays within on usual days: the expected level ± three robust standard deviations of the same clock hours and their neighbours
 * of the six days before the last 24 hours, and no narrower than chance alone makes it (a Poisson count's own deviation). Median and MAD, so
 * that an attack within these days does not widen it.
 */
export function usualRange(sent: readonly number[], expected: readonly number[]): UsualRange {
  const known = Math.min(firstHourOfLastDay, sent.length);
  const deviation = Array.from({ length: 24 }, (_, clock) => {
    const near: number[] = [];
    for (let at = 0; at < known; at++) if (distance(at % 24, clock) <= 1) near.push(sent[at] ?? 0);
    if (near.length === 0) return 0;
    const middle = median(near);
    return consistency * median(near.map((count) => Math.abs(count - middle)));
  });
  const spread = expected.map(
    (level, at) => deviations * Math.max(deviation[at % 24] ?? 0, Math.sqrt(Math.max(1, level))),
  );
  return {
    lower: expected.map((level, at) => Math.max(0, level - (spread[at] ?? 0))),
    upper: expected.map((level, at) => level + (spread[at] ?? 0)),
  };
}

/** Hours between two clock hours, round the clock. */
function distance(a: number, b: number): number {
  const apart = Math.abs(a - b);
  return Math.min(apart, 24 - apart);
}
