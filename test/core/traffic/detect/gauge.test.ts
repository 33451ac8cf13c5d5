import { expect, test } from 'vitest';
import { gauge } from '../../../../src/core/traffic/detect/gauge.ts';
import { gridOf } from '../../../../src/core/traffic/detect/grid.ts';
import { stream } from '../../../../src/simulator/random.ts';

const day = 288;
const told = 1.3;

/** A measure every five minutes (or as told) that swings with the day, with noise of standard deviation 1. */
function measure(seed: number, days: number, perDay = day): number[] {
  const random = stream(seed, 'measure', perDay);
  const noise = (): number => Array.from({ length: 12 }, () => random.next()).reduce((a, b) => a + b, -6);
  return Array.from({ length: days * perDay }, (_, t) => 50 + 5 * Math.sin((2 * Math.PI * t) / perDay) + noise());
}

const score = (values: readonly number[], perDay = day): Float64Array => gauge(values, gridOf(86_400 / perDay));
const largest = (scores: Float64Array, from: number, to: number): number => Math.max(...scores.slice(from, to));

test('a drop stands out of a load that often has spikes of the same size', () => {
  const random = stream(4, 'spikes');
  const values = measure(4, 14).map((value) => (random.next() < 0.02 ? value + 20 + 20 * random.next() : value));
  for (let t = 12 * day; t < 12 * day + 3; t++) values[t] = (values[t] ?? 0) - 35;
  const scores = score(values);
  expect(largest(scores, 12 * day, 12 * day + 3)).toBeGreaterThan(told);
  expect(largest(scores, 12 * day, 12 * day + 3)).toBeGreaterThan(largest(scores, 6 * day, 12 * day) + 0.3);
});

test('a new level is told when it begins, and not again while it lasts', () => {
  const values = measure(5, 14).map((value, t) => (t >= 10 * day + 100 ? value + 25 : value));
  const scores = score(values);
  expect(scores[10 * day + 100]).toBeGreaterThan(told);
  // Once for each way of looking at it, at most.
  expect(scores.slice(10 * day + 100, 11 * day).filter((value) => value >= told).length).toBeLessThan(4);
  expect(largest(scores, 10 * day + 136, 11 * day)).toBe(0);
});

test('what becomes clearly worse is told again', () => {
  const values = measure(6, 14);
  for (let t = 0; t < 12; t++) values[10 * day + t] = 62;
  for (let t = 12; t < 24; t++) values[10 * day + t] = 150;
  const scores = score(values);
  expect(largest(scores, 10 * day, 10 * day + 12)).toBeGreaterThan(told);
  expect(largest(scores, 10 * day + 12, 10 * day + 24)).toBeGreaterThan(largest(scores, 10 * day, 10 * day + 12));
});

test.each([
  [24, 8],
  [48, 6],
  [day, 2],
])('noise alone is hardly ever told, %s values a day', (perDay, series) => {
  const alarms = Array.from({ length: series }, (_, seed) => score(measure(100 + seed, 50, perDay), perDay))
    .flatMap((scores) => [...scores])
    .filter((value) => value >= told).length;
  expect(alarms / ((series * 50) / 7)).toBeLessThan(0.7);
});

test('looks back only: what follows changes no score', () => {
  const values = measure(9, 12);
  const part = score(values.slice(0, 8 * day));
  values[8 * day] = 500;
  expect(score(values).slice(0, 8 * day)).toEqual(part);
});
