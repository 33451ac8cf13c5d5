import type { Grid } from './grid.ts';
import { surgeParameters } from './parameters.ts';

/** Which day a unit is: working days share a profile of hours, weekends another. */
const dayClasses = 2;

/**
 * Shares of a day's values in its bins, learnt day by day. `pooled` are the shares to start from (mean 1 / bins), of the whole account in this
 * country's local time. `phase` is the weekday of unit 0 (0: Sunday).
 */
export function createProfile(grid: Grid, phase: number, pooled?: ArrayLike<number>) {
  const { bins } = grid;
  const prior = Float64Array.from({ length: bins }, (_, bin) => pooled?.[bin] ?? 1 / bins);
  const all = new Float64Array(bins);
  const classes = Array.from({ length: dayClasses }, () => new Float64Array(bins));
  const shares = Array.from({ length: dayClasses }, () => Float64Array.from(prior));
  const classOf = (unit: number): number => (((unit + phase) % 7) % 6 === 0 ? 1 : 0);

  function settle(dispersion: number): void {
    const pooledWeight = dispersion * surgeParameters.profile.pooled;
    const dayClass = dispersion * surgeParameters.profile.dayClass;
    let total = 0;
    for (const count of all) total += count;
    for (let c = 0; c < dayClasses; c++) {
      const counts = classes[c];
      const share = shares[c];
      if (!counts || !share) continue;
      let sum = 0;
      for (const count of counts) sum += count;
      for (let bin = 0; bin < bins; bin++) {
        const whole = ((all[bin] ?? 0) + pooledWeight * (prior[bin] ?? 0)) / (total + pooledWeight);
        share[bin] = ((counts[bin] ?? 0) + dayClass * whole) / (sum + dayClass);
      }
    }
  }

  return {
    share: (unit: number, bin: number): number => (bins === 1 ? 1 : (shares[classOf(unit)]?.[bin] ?? 0)),
    /** Takes in the values of a day, from `at` on; an outlier with a weight below 1. Messages that clump (`dispersion` above 1) say less each. */
    add(unit: number, values: ArrayLike<number>, at: number, weight: number, dispersion: number): void {
      if (bins === 1) return;
      const { keep } = surgeParameters.profile;
      const own = classes[classOf(unit)];
      for (let bin = 0; bin < bins; bin++) {
        const count = weight * Math.max(0, values[at + bin] ?? 0);
        all[bin] = keep * (all[bin] ?? 0) + count;
        if (own) own[bin] = keep * (own[bin] ?? 0) + count;
      }
      settle(dispersion);
    },
  };
}
