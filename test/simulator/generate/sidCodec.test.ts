import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isSid } from '../../../src/core/model/sid.ts';
import { sidCodec } from '../../../src/simulator/generate/sidCodec.ts';

const hours = fc.integer({ min: 0, max: 2 ** 24 - 1 });

test('a SID gives back where its record comes from', () => {
  const codec = sidCodec('SM', 0x1234_5678);
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 255 }), hours, fc.integer({ min: 0, max: 2 ** 31 }), (layer, hour, index) => {
      const sid = codec.encode(layer, hour, index);
      expect(isSid('SM', sid)).toBe(true);
      expect(codec.decode(sid)).toEqual({ layer, hour, index });
    }),
    { numRuns: 2000 },
  );
});

test('SIDs of others, changed SIDs and nonsense are not decoded', () => {
  const codec = sidCodec('SM', 1);
  const sid = codec.encode(0, 500_000, 12);
  const changed = sid.replace(/.$/, (digit) => (digit === '0' ? '1' : '0'));
  for (const other of [
    sidCodec('SM', 2).encode(0, 500_000, 12),
    changed,
    sid.replace('SM', 'CA'),
    '',
    'SM',
    `${sid}0`,
  ]) {
    expect(codec.decode(other)).toBeUndefined();
  }
});

test('neighbours look nothing like each other', () => {
  const codec = sidCodec('SM', 1);
  const sids = Array.from({ length: 200 }, (_, index) => codec.encode(0, 500_000, index));
  const columns = Array.from({ length: 32 }, (_, digit) => new Set(sids.map((sid) => sid[digit + 2])).size);
  expect(Math.min(...columns)).toBeGreaterThan(12);
});
