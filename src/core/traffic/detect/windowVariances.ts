import type { Grid } from './grid.ts';
import { surgeParameters } from './parameters.ts';
import type { PooledVariances } from './pooledVariances.ts';
import type { WindowTrack } from './surge.ts';
import { fitVariance, type VarianceModel, varianceOf } from './variance.ts';

/**
 * The variance of what is foretold, window by window, learnt from the errors made so far in this series; while it is sparse, beside those of the
 * account's other sparse series (`pool`), where there are any.
 */
export function createWindowVariances(grid: Grid, pool?: PooledVariances) {
  const { dispersion, scatter, priorObservations, memory, skipped, levelUncertainty, pooled, refit } =
    surgeParameters.variance;
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
    dispersion: (window: number): number => models[window]?.dispersion ?? prior.dispersion,
    /** Takes in how a whole unit went. */
    learn(tracks: readonly WindowTrack[], unit: number): void {
      const end = (unit + 1) * grid.bins;
      let foretold = 0;
      for (let t = end - grid.bins; t < end; t++) foretold += tracks[0]?.expected[t] || 0;
      const sparse = pool && foretold < pooled.below ? pool : undefined;
      for (const [w, { length, observed, expected }] of tracks.entries()) {
        const stride = Math.min(length, grid.bins);
        for (let t = end - 1; t >= end - grid.bins; t -= stride) {
          const mean = expected[t] ?? Number.NaN;
          if (Number.isNaN(mean)) break;
          means[w]?.push(mean);
          errors[w]?.push((observed[t] ?? 0) - mean);
          if (learnt >= skipped) sparse?.add(w, mean, (observed[t] ?? 0) - mean);
        }
      }
      // Refitting is what costs; after two weeks a day more or less changes little.
      if (++learnt > refit.daily && learnt % refit.every !== 0) return;
      let before = prior;
      for (const [w, { length }] of tracks.entries()) {
        const perUnit = Math.max(1, Math.round(grid.bins / length));
        // The first weeks' errors are those of a model that knew no weekdays yet.
        const units = Math.min(memory, learnt - Math.floor(Math.min(skipped, 0.3 * learnt)));
        const m = means[w]?.slice(-units * perUnit) ?? [];
        const e = errors[w]?.slice(-units * perUnit) ?? [];
        before = sparse
          ? fitVariance(m, e, sparse.model(w), pooled.observations, true)
          : fitVariance(m, e, before, priorObservations);
        models[w] = before;
      }
    },
  };
}
