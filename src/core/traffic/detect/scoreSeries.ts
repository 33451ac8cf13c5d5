import { gauge } from './gauge.ts';
import { gridOf } from './grid.ts';
import { surge } from './surge.ts';

/**
 * How surprising each value of a series is: -log10 of its p-value. Hourly and coarser counts are looked at for surges; measures, and counts taken more
 * often than that, for deviations in both directions. `step`: seconds from one value to the next.
 */
export function scoreSeries(values: readonly number[], step: number): Float64Array {
  const grid = gridOf(step);
  const counts = step >= 3600 && values.every((value) => Number.isInteger(value) && value >= 0);
  const logP = counts ? surge(values, grid).logP : gauge(values, grid);
  return logP.map((log) => Math.max(0, -log / Math.LN10));
}
