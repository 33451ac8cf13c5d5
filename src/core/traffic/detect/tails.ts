import { logIncompleteBeta } from './incompleteBeta.ts';
import { logLowerGamma } from './incompleteGamma.ts';
import { logAdd, logGamma } from './logGamma.ts';

/** ln P(X >= k) for a Poisson count. */
export function logPoissonUpper(k: number, mean: number): number {
  if (k <= 0) return 0;
  return logLowerGamma(k, mean);
}

/** ln P(X >= k) for a negative-binomial count of this mean and variance; Poisson where the variance is not above the mean. */
export function logNegativeBinomialUpper(k: number, mean: number, variance: number): number {
  if (k <= 0) return 0;
  if (mean <= 0) return Number.NEGATIVE_INFINITY;
  const extra = variance - mean;
  if (extra <= 1e-7 * mean) return logPoissonUpper(k, mean);
  return logIncompleteBeta(extra / variance, mean / variance, k, (mean * mean) / extra);
}

/** ln P(X >= k) of n draws with probability p. */
export function logBinomialUpper(k: number, n: number, p: number): number {
  if (k <= 0) return 0;
  if (k > n) return Number.NEGATIVE_INFINITY;
  return logIncompleteBeta(p, 1 - p, k, n - k + 1);
}

/** ln P(X <= k) of n draws with probability p. */
export function logBinomialLower(k: number, n: number, p: number): number {
  if (k >= n) return 0;
  if (k < 0) return Number.NEGATIVE_INFINITY;
  return logIncompleteBeta(1 - p, p, n - k, k + 1);
}

/** ln P(X = k) of n draws whose probability is Beta(a, b): k, n real numbers >= 0, k <= n, so that shares of a count may be given. */
export function logBetaBinomial(k: number, n: number, a: number, b: number): number {
  return (
    logGamma(n + 1) -
    logGamma(k + 1) -
    logGamma(n - k + 1) +
    logGamma(k + a) +
    logGamma(n - k + b) -
    logGamma(n + a + b) +
    logGamma(a + b) -
    logGamma(a) -
    logGamma(b)
  );
}

/** ln P(X <= k) of n draws whose probability is Beta(a, b). Sums k + 1 terms. */
export function logBetaBinomialLower(k: number, n: number, a: number, b: number): number {
  if (k >= n) return 0;
  let term = logBetaBinomial(0, n, a, b);
  let sum = term;
  for (let i = 1; i <= k; i++) {
    term += Math.log(((n - i + 1) / i) * ((i - 1 + a) / (n - i + b)));
    sum = logAdd(sum, term);
  }
  return Math.min(0, sum);
}

/** ln P(|T| >= |t|) / 2: one tail of Student's t. */
export function logStudentUpper(t: number, freedom: number): number {
  const square = t * t;
  const both = logIncompleteBeta(freedom / (freedom + square), square / (freedom + square), freedom / 2, 0.5);
  return t >= 0 ? both - Math.LN2 : Math.log1p(-0.5 * Math.exp(both));
}
