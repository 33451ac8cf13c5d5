import { expect, test } from 'vitest';
import { surgeEnd } from '../../../src/core/traffic/surgeEnd.ts';

const hour = 3_600_000;
const now = 168 * hour;

/** A week of ten messages an hour, a surge in hours 150 to 153, and `since` an hour after it; six more than ten an hour would be unusual. */
function surge(since: number) {
  const sent = Array.from({ length: 168 }, (_, at) => (at < 150 ? 10 : at < 154 ? 90 : since));
  const expected = sent.map(() => 10);
  return { from: 150 * hour, to: now, hours: { from: 0, sent, expected, upper: sent.map(() => 16) } };
}

const above = { observed: 500, expected: 240 };

test('ends with its last hour above what is usual, though a long window still holds it', () => {
  expect(surgeEnd([surge(9)], above, now)).toBe(154 * hour);
});

test('has not ended while every hour is a little above what is expected', () => {
  expect(surgeEnd([surge(15)], above, now)).toBeUndefined();
});

test('has not ended where it is not over in every account', () => {
  const on = { ...surge(9), hours: surge(90).hours };
  expect(surgeEnd([surge(9), on], above, now)).toBeUndefined();
  expect(surgeEnd([], above, now)).toBeUndefined();
});
