import type { Grid } from './grid.ts';
import { surgeParameters } from './parameters.ts';
import { poissonRegression } from './poissonRegression.ts';

/** How much of the level each unit has: weekday and time of year, without level and trend. Mean about 1. */
export interface Season {
  factor(unit: number): number;
}

export const noSeason: Season = { factor: () => 1 };

/**
 * Weekday factors, yearly waves (once enough years are known) and a trend, fitted together by Poisson regression to units `from`…`to - 1`.
 * `phase` is the weekday of unit 0. The trend is fitted so that it does not bend the others, and is left to the level.
 */
export function createSeasonFit(grid: Grid, phase: number) {
  const { season } = surgeParameters;
  const weekdays = grid.cycle > 1 ? grid.cycle : 0;
  const wide = 2 + weekdays + 2 * season.waves;
  let start = new Float64Array(wide);
  let previous = 0;

  function covariates(unit: number, centre: number, yearly: boolean, into: Float64Array, at: number): void {
    into[at] = 1;
    into[at + 1] = (unit - centre) / grid.year;
    if (weekdays > 0) into[at + 2 + ((unit + phase) % weekdays)] = 1;
    if (!yearly) return;
    for (let wave = 0; wave < season.waves; wave++) {
      const angle = (2 * Math.PI * (wave + 1) * unit) / grid.year;
      into[at + 2 + weekdays + 2 * wave] = Math.cos(angle);
      into[at + 3 + weekdays + 2 * wave] = Math.sin(angle);
    }
  }

  return (y: Float64Array, weights: Float64Array, to: number): Season => {
    const from = Math.max(0, Math.round(to - season.yearsUsed * grid.year));
    const yearly = to - from >= season.yearsNeeded * grid.year;
    const p = yearly ? wide : 2 + weekdays;
    const ridge = Array.from({ length: p }, (_, j) =>
      j === 0 ? 0.01 : j === 1 ? season.trend : j < 2 + weekdays ? season.weekday : season.yearly,
    );
    const rows = new Float64Array((to - from) * p);
    for (let unit = from; unit < to; unit++) covariates(unit, to, yearly, rows, (unit - from) * p);
    const first = start.length !== p || previous === 0;
    if (first) {
      const next = new Float64Array(p);
      next.set(start.subarray(0, Math.min(p, start.length)));
      let sum = 0.1;
      for (let unit = from; unit < to; unit++) sum += y[unit] ?? 0;
      if (previous === 0) next[0] = Math.log(sum / (to - from + 1));
      start = next;
    }
    poissonRegression(rows, y.subarray(from, to), weights.subarray(from, to), ridge, start, first ? 12 : 3);
    previous = to;
    const fitted = start.slice();
    const one = new Float64Array(p);
    return {
      factor(unit) {
        one.fill(0);
        covariates(unit, unit, yearly, one, 0);
        let eta = 0;
        for (let j = 2; j < p; j++) eta += (one[j] ?? 0) * (fitted[j] ?? 0);
        return Math.exp(eta);
      },
    };
  };
}
