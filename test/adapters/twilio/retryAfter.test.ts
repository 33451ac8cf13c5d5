import fc from 'fast-check';
import { expect, it } from 'vitest';
import { retryAfter } from '../../../src/adapters/twilio/retryAfter.ts';

const now = Date.parse('2026-11-21T10:00:00Z');

it.each<[string | undefined, number | undefined]>([
  [undefined, undefined],
  ['', undefined],
  ['0', 0],
  [' 7 ', 7000],
  ['1.5', undefined],
  ['-1', undefined],
  ['1e3', undefined],
  ['0x10', undefined],
  ['60', 60_000],
  ['2147484', 60_000],
  ['9'.repeat(400), 60_000],
  ['Sat, 21 Nov 2026 10:00:05 GMT', 5000],
  ['Sat, 21 Nov 2026 09:59:00 GMT', 0],
  ['Sat, 21 Nov 2026 10:00:05 +0000', undefined],
  ['2026-11-21', undefined],
])('reads Retry-After %j as %j ms', (header, wait) => {
  expect(retryAfter(header, now)).toBe(wait);
});

it('never asks for less than nothing or more than a minute', () => {
  fc.assert(
    fc.property(fc.string(), fc.integer(), (header, clock) => {
      const wait = retryAfter(header, clock);
      return wait === undefined || (wait >= 0 && wait <= 60_000);
    }),
  );
});
