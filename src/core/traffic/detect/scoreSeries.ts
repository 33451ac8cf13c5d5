import { gauge } from './gauge.ts';
import { gridOf } from './grid.ts';
import { surge } from './surge.ts';

/**
 * How surprising each value of a series is, decades: one threshold serves all series. Hourly and coarser counts are looked at for surges (-log10 of their
 * p-value); measures, and counts taken more often than that, for the onsets of deviations in both directions (`gauge`). `step`: seconds from one
 * value to the next.
 */
export function scoreSeries(values: readonly number[], step: number): Float64Array {
  const grid = gridOf(step);
  const counts = step >= 3600 && values.every((value) => Number.isInteger(value) && value >= 0);
  return counts ? surge(values, grid).logP.map((log) => Math.max(0, -log / Math.LN10)) : gauge(values, grid);
}
