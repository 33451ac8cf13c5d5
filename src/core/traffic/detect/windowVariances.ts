import type { Grid } from './grid.ts';
import { surgeParameters } from './parameters.ts';
import type { WindowTrack } from './surge.ts';
import { fitVariance, type VarianceModel, varianceOf } from './variance.ts';

/** The variance of what is foretold, window by window, learnt from the errors made so far in this series. */
export function createWindowVariances(grid: Grid) {
  const { dispersion, scatter, priorObservations, memory, skipped, levelUncertainty } = surgeParameters.variance;
  const prior: VarianceModel = { dispersion, scatter };
  const models = grid.windows.map(() => prior);
  const means = grid.windows.map((): number[] => []);
  const errors = grid.windows.map((): number[] => []);
  let learnt = 0;

  return {
    /** Of a count of this mean; with what is uncertain about the level, where the shape of its posterior is given. */
    variance(window: number, mean: number, shape = Number.POSITIVE_INFINITY): number {
      const model = models[window] ?? prior;
      // Counts that scatter more say less of their level.
      return varianceOf(model, mean) + (levelUncertainty * model.dispersion * mean * mean) / shape;
    },
    /** Takes in how a whole unit went. */
    learn(tracks: readonly WindowTrack[], unit: number): void {
      const end = (unit + 1) * grid.bins;
      for (const [w, { length, observed, expected }] of tracks.entries()) {
        const stride = Math.min(length, grid.bins);
        for (let t = end - 1; t >= end - grid.bins; t -= stride) {
          const mean = expected[t] ?? Number.NaN;
          if (Number.isNaN(mean)) break;
          means[w]?.push(mean);
          errors[w]?.push((observed[t] ?? 0) - mean);
        }
      }
      // Refitting is what costs; after two weeks a day more or less changes little.
      if (++learnt > 16 && learnt % 7 !== 0) return;
      let before = prior;
      for (const [w, { length }] of tracks.entries()) {
        const perUnit = Math.max(1, Math.round(grid.bins / length));
        const m = means[w] ?? [];
        const e = errors[w] ?? [];
        // The first weeks' errors are those of a model that knew no weekdays yet.
        const units = Math.min(memory, learnt - Math.floor(Math.min(skipped, 0.3 * learnt)));
        before = fitVariance(m.slice(-units * perUnit), e.slice(-units * perUnit), before, priorObservations);
        models[w] = before;
      }
    },
  };
}
