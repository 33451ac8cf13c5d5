import type { Grid } from './grid.ts';
import { surgeParameters } from './parameters.ts';
import { createVarianceSums, leastMean, sparseWeight, type VarianceModel, varianceOf } from './variance.ts';

/** Errors of foretelling at about one mean. */
interface Bin {
  count: number;
  mean: number;
  square: number;
}

export type PooledVariances = ReturnType<typeof createPooledVariances>;

/**
 * The variance of what is foretold in the sparse countries of an account together, window by window: each by itself has too few messages to say how
 * they clump. It is what a sparse series begins with and stays near. Errors are kept by half octaves of their mean.
 */
export function createPooledVariances(grid: Grid) {
  const { dispersion, scatter, priorObservations, pooled, refit } = surgeParameters.variance;
  const models: VarianceModel[] = grid.windows.map(() => ({ dispersion, scatter }));
  const windows = grid.windows.map(() => new Map<number, Bin>());
  let units = 0;

  return {
    model: (window: number): VarianceModel => models[window] ?? { dispersion, scatter },
    /** Takes in the error of a count that was foretold with this mean; cut, so that an attack says little. */
    add(window: number, mean: number, error: number): void {
      const bins = windows[window];
      const model = models[window];
      if (!bins || !model || !(mean >= leastMean)) return;
      const most = pooled.cut * Math.sqrt(varianceOf(model, mean)) + 3;
      const key = Math.floor(2 * Math.log2(mean));
      const bin = bins.get(key) ?? { count: 0, mean: 0, square: 0 };
      bins.set(key, bin);
      bin.count++;
      bin.mean += mean;
      bin.square += Math.min(Math.abs(error), most) ** 2;
    },
    /** To be called when every series has taken in a unit. */
    settle(): void {
      if (++units > refit.daily && units % refit.every !== 0) return;
      let prior: VarianceModel = { dispersion, scatter };
      for (const [w, bins] of windows.entries()) {
        let model = prior;
        for (let round = 0; round < 3; round++) {
          const sums = createVarianceSums(prior, priorObservations);
          for (const { count, mean, square } of bins.values())
            sums.add(mean / count, square / count, count * sparseWeight(model, mean / count));
          model = sums.solve();
        }
        models[w] = model;
        prior = model;
      }
    },
  };
}
