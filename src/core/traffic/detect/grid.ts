import { surgeParameters } from './parameters.ts';

/** How a series is spaced. A unit is what has a level: a day, or a week on a weekly grid. */
export interface Grid {
  /** Seconds from one value to the next. */
  readonly step: number;
  /** Values in a unit. */
  readonly bins: number;
  /** Units after which a rhythm returns: 7 days, or 1 week. */
  readonly cycle: number;
  /** Units in a year. */
  readonly year: number;
  /** Lengths of the windows that are scanned, in values. */
  readonly windows: readonly number[];
}

const day = 86_400;

/** The grid of this spacing in seconds: below a day, daily or weekly. */
export function gridOf(step: number): Grid {
  const weekly = step > 3 * day;
  const unit = weekly ? 7 * day : day;
  const bins = Math.max(1, Math.round(unit / step));
  // Longer than two weeks (four units) nothing is a surge any more.
  const longest = bins > 1 ? 168 * 3600 : Math.max(14 * day, 4 * unit);
  const lengths = surgeParameters.windowHours
    .filter((hours) => hours * 3600 <= longest)
    .map((hours) => Math.max(1, Math.round((hours * 3600) / step)));
  return {
    step,
    bins,
    cycle: weekly ? 1 : 7,
    year: (365.25 * day) / unit,
    windows: [...new Set(lengths)],
  };
}
