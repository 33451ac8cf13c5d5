import { expect, test } from 'vitest';
import { createRemainingTime } from '../../../src/core/incidentView/remainingTime.ts';

/** What is told second by second of a work whose share that is left is `left(second)`. */
function told(left: (second: number) => number, seconds: number): readonly (number | undefined)[] {
  const remaining = createRemainingTime();
  return Array.from({ length: seconds }, (_, second) => remaining(left(second), 1000 * second));
}

test('steady work is told right once its pace is known, until it is nearly done', () => {
  const times = told((second) => 1 - second / 100, 100);
  expect(times.slice(0, 10)).toEqual(Array(10).fill(undefined));
  expect(times[10]).toBeCloseTo(90, 6);
  expect(times[60]).toBeCloseTo(40, 6);
  expect(times[96]).toBeCloseTo(4, 6);
  expect(times.slice(98)).toEqual([undefined, undefined]);
});

test('an estimate that says nearly nothing is left while minutes go on makes no promise', () => {
  const stuck = told((second) => Math.max(0.05, 1 - second / 20), 200);
  expect(stuck.slice(40)).toEqual(Array(160).fill(undefined));
  expect(told((second) => Math.max(0.001, 1 - second / 20), 200).slice(25)).toEqual(Array(175).fill(undefined));
});

test('work that grew, or slowed down to less than half, is not told until its pace is known again', () => {
  const grew = told((second) => (second < 30 ? 1 - second / 40 : 0.9 - (second - 30) / 200), 60);
  expect(grew[29]).toBeGreaterThan(0);
  expect(grew.slice(31, 40)).toEqual(Array(9).fill(undefined));
  const slowed = told((second) => (second < 30 ? 1 - second / 60 : 0.5 - (second - 30) / 400), 60);
  expect(slowed.slice(38, 45).every((time) => time === undefined)).toBe(true);
});
