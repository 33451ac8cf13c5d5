import fc from 'fast-check';
import { expect, test } from 'vitest';
import { logIncompleteBeta } from '../../../../src/core/traffic/detect/incompleteBeta.ts';
import { logLowerGamma } from '../../../../src/core/traffic/detect/incompleteGamma.ts';
import { logAdd, logGamma } from '../../../../src/core/traffic/detect/logGamma.ts';
import {
  logBetaBinomialLower,
  logBinomialLower,
  logBinomialUpper,
  logNegativeBinomialUpper,
  logPoissonUpper,
  logStudentUpper,
} from '../../../../src/core/traffic/detect/tails.ts';

// Values of mpmath with 50 and more digits, from the sums and integrals that define the functions.
test.each([
  ['beta, small', logIncompleteBeta(0.3, 0.7, 2, 5), -0.5450289451074889],
  ['beta, tiny x', logIncompleteBeta(1e-6, 1 - 1e-6, 40, 0.5), -555.0403514193825],
  ['beta, deep tail', logIncompleteBeta(0.02, 0.98, 300, 1000), -495.35621630378466],
  ['beta, centre', logIncompleteBeta(0.45, 0.55, 400, 500), -0.4586406249227891],
  ['beta, other side', logIncompleteBeta(0.9, 0.1, 30, 4), -0.5500106530714143],
  ['Poisson, sparse', logPoissonUpper(5, 0.02), -24.364269463923154],
  ['Poisson, centre', logPoissonUpper(3, 2.5), -0.7848527198374081],
  ['Poisson, deep tail', logPoissonUpper(1520, 900), -180.27549688286135],
  ['negative binomial', logNegativeBinomialUpper(12, 2, 5), -5.440295733189725],
  ['negative binomial, busy', logNegativeBinomialUpper(4000, 1000, 60_000), -30.479906611636594],
  ['negative binomial, sparse', logNegativeBinomialUpper(1, 0.15, 0.2), -2.108437287999149],
  ['negative binomial, deep tail', logNegativeBinomialUpper(700, 10, 30), -265.16805749646545],
  ['binomial, deep tail', logBinomialUpper(733, 1520, 0.026), -1647.1677842731085],
  ['binomial, centre', logBinomialUpper(30, 100, 0.3), -0.6205283978700195],
  ['beta-binomial', logBetaBinomialLower(7, 400, 30, 20), -61.16317720733123],
  ['beta-binomial, uniform', logBetaBinomialLower(2, 3, 1, 1), -0.28768207245178096],
  ['Student', logStudentUpper(3, 5), -4.196402274894691],
  ['Student, far', logStudentUpper(12, 30), -28.907531385111042],
  ['gamma below a half', logGamma(0.1), 2.252712651734206],
  ['gamma', logGamma(123.4), 469.3360974421906],
])('%s: the log tail is right to ten digits', (_, found, right) => {
  expect(Math.abs(found / right - 1)).toBeLessThan(1e-10);
});

test('both sides of the incomplete beta function add up to one', () => {
  const shape = fc.double({ min: 0.01, max: 5000, noNaN: true });
  fc.assert(
    fc.property(fc.double({ min: 0.001, max: 0.999, noNaN: true }), shape, shape, (x, a, b) => {
      const both = logAdd(logIncompleteBeta(x, 1 - x, a, b), logIncompleteBeta(1 - x, x, b, a));
      expect(Math.abs(both)).toBeLessThan(1e-9);
    }),
  );
});

test('a negative binomial with hardly more variance than a Poisson is that Poisson', () => {
  for (const [k, mean] of [
    [3, 0.5],
    [40, 30],
    [900, 700],
  ] as const)
    expect(logNegativeBinomialUpper(k, mean, mean * (1 + 1e-6))).toBeCloseTo(logPoissonUpper(k, mean), 3);
});

test('an integer incomplete gamma function is a sum of Poisson terms', () => {
  expect(Math.exp(logLowerGamma(3, 2))).toBeCloseTo(1 - Math.exp(-2) * (1 + 2 + 2), 12);
});

test('the two tails of a binomial meet', () => {
  expect(logAdd(logBinomialLower(4, 20, 0.3), logBinomialUpper(5, 20, 0.3))).toBeCloseTo(0, 12);
});
