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

/**
 * Fits the variance to past errors of foretelling, so that it holds every reason why foretelling failed: noise, days, drift. Weighted least
 * squares of squared errors, cut so that past outbreaks count little, beside a prior of `priorObservations`.
 */
export function fitVariance(
  means: readonly number[],
  errors: readonly number[],
  prior: VarianceModel,
  priorObservations: number,
): VarianceModel {
  const { cut, mostScatter } = surgeParameters.variance;
  const kappa0 = Math.max(prior.scatter, 0.002);
  let model = prior;
  for (let round = 0; round < 3; round++) {
    let a11 = priorObservations / prior.dispersion ** 2;
    let a12 = 0;
    let a22 = priorObservations / kappa0 ** 2;
    let b1 = priorObservations / prior.dispersion;
    let b2 = priorObservations / kappa0;
    for (let i = 0; i < means.length; i++) {
      const mean = means[i] ?? 0;
      if (mean < 1e-3) continue;
      const spread = varianceOf(model, mean);
      const error = Math.min(Math.abs(errors[i] ?? 0), cut * Math.sqrt(spread) + 3);
      const weight = 1 / (spread * spread);
      const square = mean * mean;
      a11 += weight * square;
      a12 += weight * square * mean;
      a22 += weight * square * square;
      b1 += weight * error * error * mean;
      b2 += weight * error * error * square;
    }
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
    model = { dispersion: Math.min(dispersion, 50), scatter: Math.min(scatter, mostScatter) };
  }
  return model;
}
