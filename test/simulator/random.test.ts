import { expect, test } from 'vitest';
import { hash32, logNormal, negativeBinomial, poisson, stream } from '../../src/simulator/random.ts';

function moments(draw: () => number, count = 40_000): { mean: number; variance: number } {
  const values = Array.from({ length: count }, draw);
  const mean = values.reduce((sum, value) => sum + value, 0) / count;
  return { mean, variance: values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / count };
}

test('the same keys give the same stream, other keys another', () => {
  const first = Array.from({ length: 5 }, stream(7, 'a', 3).uint32);
  expect(Array.from({ length: 5 }, stream(7, 'a', 3).uint32)).toEqual(first);
  const others = [stream(8, 'a', 3), stream(7, 'b', 3), stream(7, 'a', 4), stream(7, 3, 'a'), stream(7, 'a')];
  for (const other of others) expect(Array.from({ length: 5 }, other.uint32)).not.toEqual(first);
});

test('neighbouring keys do not collide or correlate', () => {
  const hashes = new Set(Array.from({ length: 50_000 }, (_, hour) => hash32(1, 'x', hour)));
  // Fifty thousand of four thousand million: a birthday or none.
  expect(hashes.size).toBeGreaterThan(49_995);
  const { mean, variance } = moments(
    (
      (hour = 0) =>
      () =>
        stream(1, hour++).next()
    )(),
  );
  expect(mean).toBeCloseTo(0.5, 2);
  expect(variance).toBeCloseTo(1 / 12, 2);
});

test.each([0.03, 0.8, 7, 29, 31, 400])('a Poisson count with mean %d has that mean and variance', (expected) => {
  const random = stream(5, 'poisson', expected);
  const { mean, variance } = moments(() => poisson(random, expected));
  expect(mean / expected).toBeCloseTo(1, 1);
  expect(variance / expected).toBeCloseTo(1, 1);
});

test.each([
  [0.4, 1.6],
  [6, 1.6],
  [60, 1.6],
  [60, 4],
])('a negative-binomial count with mean %d has %d times that as variance', (expected, dispersion) => {
  const random = stream(6, 'negativeBinomial', expected, dispersion);
  const { mean, variance } = moments(() => negativeBinomial(random, expected, dispersion));
  expect(mean / expected).toBeCloseTo(1, 1);
  expect(variance / expected / dispersion).toBeCloseTo(1, 1);
});

test('log-normal noise has mean 1 and the variation asked for', () => {
  const random = stream(9, 'logNormal');
  const { mean, variance } = moments(() => logNormal(random, 0.3));
  expect(mean).toBeCloseTo(1, 1);
  expect(Math.sqrt(variance)).toBeCloseTo(0.3, 1);
});
