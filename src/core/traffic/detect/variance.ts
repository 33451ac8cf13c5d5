import { surgeParameters } from './parameters.ts';

/** Variance of a count = dispersion × mean + scatter × mean². */
export interface VarianceModel {
  /** ≥ 1: how much more a count scatters than a Poisson one. */
  readonly dispersion: number;
  /** ≥ 0: squared relative error that does not average out, as of a day that is busier as a whole. */
  readonly scatter: number;
}

export function varianceOf({ dispersion, scatter }: VarianceModel, mean: number): number {
  return dispersion * mean + scatter * mean * mean;
}

/** Means below this (messages) are as good as none: their errors say nothing of the variance. */
export const leastMean = 1e-3;

/**
 * How much a squared error says of the variance: 1 / its own variance, halved, for a negative-binomial count (fourth central moment
 * σ⁴·(3 + 6/r) + σ², r = mean / (dispersion − 1)). A count that is nearly always 0 says little.
 */
export function sparseWeight(model: VarianceModel, mean: number): number {
  const spread = varianceOf(model, mean);
  return 1 / (spread * spread + 0.5 * spread * (1 + 6 * (model.dispersion - 1) * model.dispersion));
}

/** Weighted least squares of squared errors on mean and mean², beside a prior that counts as so many observations. */
export function createVarianceSums(prior: VarianceModel, priorObservations: number) {
  const kappa0 = Math.max(prior.scatter, 0.002);
  let a11 = priorObservations / prior.dispersion ** 2;
  let a12 = 0;
  let a22 = priorObservations / kappa0 ** 2;
  let b1 = priorObservations / prior.dispersion;
  let b2 = priorObservations / kappa0;
  return {
    add(mean: number, squaredError: number, weight: number): void {
      const square = mean * mean;
      a11 += weight * square;
      a12 += weight * square * mean;
      a22 += weight * square * square;
      b1 += weight * squaredError * mean;
      b2 += weight * squaredError * square;
    },
    solve(): VarianceModel {
      const determinant = a11 * a22 - a12 * a12;
      let dispersion = (b1 * a22 - b2 * a12) / determinant;
      let scatter = (b2 * a11 - b1 * a12) / determinant;
      if (scatter < 0) {
        scatter = 0;
        dispersion = b1 / a11;
      }
      if (dispersion < 1) {
        dispersion = 1;
        scatter = Math.max(0, (b2 - a12) / a22);
      }
      return {
        dispersion: Math.min(dispersion, 50),
        scatter: Math.min(scatter, surgeParameters.variance.mostScatter),
      };
    },
  };
}

/**
 * Fits the variance to past errors of foretelling, so that it holds every reason why foretelling failed: noise, days, drift. Errors are cut so that
 * past outbreaks count little. `sparse`: each counts for what it says (`sparseWeight`), so that a series of few messages stays near the prior.
 */
export function fitVariance(
  means: readonly number[],
  errors: readonly number[],
  prior: VarianceModel,
  priorObservations: number,
  sparse = false,
): VarianceModel {
  const { cut } = surgeParameters.variance;
  let model = prior;
  for (let round = 0; round < 3; round++) {
    const sums = createVarianceSums(prior, priorObservations);
    for (let i = 0; i < means.length; i++) {
      const mean = means[i] ?? 0;
      if (mean < leastMean) continue;
      const spread = varianceOf(model, mean);
      const error = Math.min(Math.abs(errors[i] ?? 0), cut * Math.sqrt(spread) + 3);
      sums.add(mean, error * error, sparse ? sparseWeight(model, mean) : 1 / (spread * spread));
    }
    model = sums.solve();
  }
  return model;
}
