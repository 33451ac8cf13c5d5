import { combineTails } from './combine.ts';
import type { Grid } from './grid.ts';
import { createLevel } from './level.ts';
import { surgeParameters } from './parameters.ts';
import { createPooledVariances, type PooledVariances } from './pooledVariances.ts';
import { createProfile } from './profile.ts';
import { createSeasonFit, noSeason } from './season.ts';
import { logNegativeBinomialUpper } from './tails.ts';
import { createWindowVariances } from './windowVariances.ts';

/** What was foretold of the window that ends with each value, and how unlikely its count is. NaN where too little is known. */
export interface WindowTrack {
  /** In values. */
  readonly length: number;
  readonly observed: Float64Array;
  readonly expected: Float64Array;
  readonly variance: Float64Array;
  /** ln P(count >= observed); rough above 0.2, where it says nothing. */
  readonly logP: Float64Array;
  /** The same while the end of the window is still high, and no less than the p-values of its end once that is quiet. */
  readonly liveLogP: Float64Array;
}

export interface SurgeTrack {
  readonly windows: readonly WindowTrack[];
  /** ln of the p-value over all windows. 0 where too little is known. */
  readonly logP: Float64Array;
}

export interface SurgeOptions {
  /** Weekday of the first value's unit, 0 Sunday. */
  readonly phase?: number;
  /** Shares of the bins of a day to start from, mean 1 / bins. */
  readonly profile?: ArrayLike<number>;
}

/**
 * Foretells a series of counts from its own past, window by window, and says how unlikely each count was. Looks back only: nothing at or after
 * the first unit of a window is used for it. The first value begins a unit.
 */
export function surge(values: ArrayLike<number>, grid: Grid, options: SurgeOptions = {}): SurgeTrack {
  const { track, units, step } = createSurge(values, grid, options);
  for (let unit = 0; unit < units; unit++) step(unit);
  return track;
}

/** The same of the series of an account, which begin together: the sparse ones learn from each other how much counts scatter. */
export function surgeTogether(
  all: readonly { readonly values: ArrayLike<number>; readonly options: SurgeOptions }[],
  grid: Grid,
): SurgeTrack[] {
  const pool = createPooledVariances(grid);
  const surges = all.map(({ values, options }) => createSurge(values, grid, options, pool));
  const units = surges.reduce((most, one) => Math.max(most, one.units), 0);
  for (let unit = 0; unit < units; unit++) {
    for (const one of surges) if (unit < one.units) one.step(unit);
    pool.settle();
  }
  return surges.map(({ track }) => track);
}

/** A series that is gone through unit by unit: `step` takes the next of `units`. */
function createSurge(
  values: ArrayLike<number>,
  grid: Grid,
  { phase = 0, profile: pooled }: SurgeOptions,
  pool?: PooledVariances,
) {
  const { bins } = grid;
  const n = values.length;
  const units = Math.ceil(n / bins);
  const level = createLevel(units, pool ? surgeParameters.level.slowest : 0);
  const profile = createProfile(grid, phase, pooled);
  const fitSeason = createSeasonFit(grid, phase);
  const variances = createWindowVariances(grid, pool);
  const totals = new Float64Array(units);
  const weights = new Float64Array(units);
  const shape = new Float64Array(n + 1);
  const sums = new Float64Array(n + 1);
  const tracks = grid.windows.map((length) => track(length, n));
  const logP = new Float64Array(n);
  const unitWindow = Math.max(0, grid.windows.indexOf(bins));
  let season = noSeason;
  let run = 0;
  let nextFit = grid.cycle > 1 ? 7 : 8;

  return { track: { windows: tracks, logP }, units, step };

  function step(unit: number): void {
    if (unit === nextFit) {
      season = fitSeason(totals, weights, unit);
      nextFit += unit > grid.year ? 4 * grid.cycle : Math.max(grid.cycle, 4);
    }
    const factor = season.factor(unit);
    const first = unit * bins;
    const end = Math.min(n, first + bins);
    for (let t = first; t < end; t++) {
      shape[t + 1] = (shape[t] ?? 0) + factor * profile.share(unit, t - first);
      sums[t + 1] = (sums[t] ?? 0) + (values[t] ?? 0);
      for (const [w, one] of tracks.entries()) foretell(one, w, t);
      live(tracks, t);
      logP[t] = combineTails(tracks.map(({ liveLogP }) => liveLogP[t] ?? 0));
    }
    if (end - first < bins) return;
    const total = (sums[end] ?? 0) - (sums[first] ?? 0);
    totals[unit] = total;
    const known = level.after(unit - 1);
    const mean = known.mean * factor;
    const spread = variances.variance(unitWindow, mean, known.shape);
    const residual = (total - mean) / Math.sqrt(Math.max(spread, 0.1));
    const outlying = residual > surgeParameters.outlier;
    run = outlying ? run + 1 : 0;
    // What stays is a new level, and at the beginning there is no level yet.
    const accepted = unit < surgeParameters.learning.first || run >= surgeParameters.learning.accept;
    const weight = outlying && !accepted ? (surgeParameters.outlier / residual) ** 2 : 1;
    weights[unit] = weight;
    level.add(unit, total, factor, weight, (of) => variances.variance(unitWindow, of));
    profile.add(unit, values, first, weight, pool ? variances.dispersion(0) : 1);
    variances.learn(tracks, unit);
  }
  function foretell(one: WindowTrack, w: number, t: number): void {
    const from = t - one.length + 1;
    if (from < 2 * bins) return;
    const known = level.after(Math.floor(from / bins) - 1);
    const mean = known.mean * ((shape[t + 1] ?? 0) - (shape[from] ?? 0));
    const observed = (sums[t + 1] ?? 0) - (sums[from] ?? 0);
    const variance = variances.variance(w, mean, known.shape);
    one.observed[t] = observed;
    one.expected[t] = mean;
    one.variance[t] = variance;
    one.logP[t] = upperTail(observed, mean, variance);
  }
}

/** Rough where the count is hardly above its mean: the exact tail costs much and would not be used. */
function upperTail(observed: number, mean: number, variance: number): number {
  const z = (observed - mean) / Math.sqrt(variance);
  if (z < 0.8 && mean > 1) return -Math.log1p(Math.exp(1.702 * z));
  return logNegativeBinomialUpper(Math.round(observed), mean, variance);
}

/**
 * A long window stays unlikely for its whole length after an outbreak is over. It is alive only while one of the two next shorter windows
 * that end with it is.
 */
function live(tracks: readonly WindowTrack[], t: number): void {
  for (const [w, { logP, liveLogP }] of tracks.entries()) {
    const own = logP[t] ?? Number.NaN;
    if (w === 0 || Number.isNaN(own)) {
      liveLogP[t] = own;
      continue;
    }
    const recent = Math.min(tracks[w - 1]?.liveLogP[t] ?? own, w > 1 ? (tracks[w - 2]?.liveLogP[t] ?? own) : 0);
    liveLogP[t] = recent > surgeParameters.quiet ? Math.max(own, recent) : own;
  }
}

function track(length: number, n: number): WindowTrack {
  const empty = (): Float64Array => new Float64Array(n).fill(Number.NaN);
  return { length, observed: empty(), expected: empty(), variance: empty(), logP: empty(), liveLogP: empty() };
}
