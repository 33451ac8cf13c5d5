import { combineTails } from './combine.ts';
import type { Grid } from './grid.ts';
import { gaugeParameters } from './parameters.ts';
import { createTailCalibration } from './tailCalibration.ts';
import { logStudentUpper } from './tails.ts';

/**
 * How surprising each value of a measure is that is no count, or is taken so often that its values depend on one another: decades, 0 where there is
 * nothing new to tell. Three ways to foretell a value (the last hour, the last days, the same time of earlier days) each know how well they do; the
 * error is judged by its own history, value by value and as a mean over an hour and more, too high and too low apart: spikes of a load say
 * nothing of how far it drops.
 */
export function gauge(values: ArrayLike<number>, grid: Grid): Float64Array {
  const { hours, memoryHours, freedom, cut, warmUpHours } = gaugeParameters;
  const perHour = Math.max(1, Math.round(3600 / grid.step));

  const n = values.length;
  const spans = [...new Set(hours.map((length) => Math.max(1, Math.round(length * perHour))))];
  const keep = memoryHours.map((length) => 1 - 1 / Math.max(2, length * perHour));
  const slow = 1 - 1 / (gaugeParameters.scaleHours * perHour);
  const daily = new Float64Array(grid.bins);
  const dailySeen = new Float64Array(grid.bins);
  const levels = keep.map(() => values[0] ?? 0);
  const predictors = keep.length + 1;
  const sums = Array.from({ length: predictors }, () => new Float64Array(n + 1));
  const scales = Array.from({ length: predictors * spans.length }, () => ({ square: 0, weight: 0 }));
  const logP = new Float64Array(n);
  let smallest = 0;
  const tooHigh = createTailCalibration(gaugeParameters.tail);
  const tooLow = createTailCalibration(gaugeParameters.tail);

  for (let t = 0; t < n; t++) {
    const value = values[t] ?? 0;
    const bin = t % grid.bins;
    const offset = levels[1] ?? 0;
    const foretold = [...levels, (dailySeen[bin] ?? 0) > 0 ? (daily[bin] ?? 0) : offset];
    const above: number[] = [];
    const below: number[] = [];
    for (let j = 0; j < predictors; j++) {
      const sum = sums[j];
      if (!sum) continue;
      sum[t + 1] = (sum[t] ?? 0) + value - (foretold[j] ?? 0);
    }
    smallest = Math.max(smallest, Math.abs(value) * 1e-4);
    for (const [s, span] of spans.entries()) {
      let best = Number.NaN;
      let bestScale = Number.POSITIVE_INFINITY;
      for (let j = 0; j < predictors; j++) {
        const sum = sums[j];
        const scale = scales[j * spans.length + s];
        if (!sum || !scale || t + 1 < span) continue;
        const mean = ((sum[t + 1] ?? 0) - (sum[t + 1 - span] ?? 0)) / span;
        const deviation = Math.sqrt((scale.square + smallest * smallest) / (scale.weight + 1)) + smallest;
        if (scale.weight > 0 && deviation < bestScale) {
          bestScale = deviation;
          best = mean / deviation;
        }
        const limit = scale.weight > perHour ? cut * deviation : Number.POSITIVE_INFINITY;
        const error = Math.min(Math.abs(mean), limit);
        scale.square = slow * scale.square + error * error;
        scale.weight = slow * scale.weight + 1;
      }
      if (t < warmUpHours * perHour || Number.isNaN(best)) continue;
      above.push(logStudentUpper(best, freedom));
      below.push(logStudentUpper(-best, freedom));
    }
    if (above.length > 0)
      logP[t] = Math.min(0, Math.LN2 + Math.min(tooHigh(combineTails(above)), tooLow(combineTails(below))));
    for (let j = 0; j < keep.length; j++)
      levels[j] = (levels[j] ?? 0) + (1 - (keep[j] ?? 0)) * (value - (levels[j] ?? 0));
    const seen = dailySeen[bin] ?? 0;
    daily[bin] = (daily[bin] ?? 0) + (value - (daily[bin] ?? 0)) / Math.min(seen + 1, 5);
    dailySeen[bin] = seen + 1;
  }
  return onsets(logP, grid.step);
}

/**
 * Leaves of each deviation its beginning and where it becomes clearly worse: what goes on is known already. In decades, of the p-value for the looks of an
 * hour rather than for a single value, so that one threshold serves series of any spacing.
 */
function onsets(logP: Float64Array, step: number): Float64Array {
  const { looks, worse, knownHours } = gaugeParameters;
  const out = new Float64Array(logP.length);
  const fade = 0.5 ** (step / Math.max(step, knownHours * 3600));
  const several = looks * Math.log(Math.max(1, 3600 / step));
  let record = 0;
  for (const [t, single] of logP.entries()) {
    const log = Math.min(0, single + several);
    if (log < record * worse) out[t] = -log / Math.LN10;
    record = Math.min(log, record * fade);
  }
  return out;
}
