import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createPairCounts } from '../../../src/core/traffic/pairCounts.ts';

it('counts pairs as a map does, also when there are many', () => {
  const code = fc.oneof(fc.nat(5), fc.nat(100_000), fc.constantFrom(0, 0xffff_ffff));
  fc.assert(
    fc.property(fc.array(fc.tuple(code, code), { maxLength: 400 }), fc.constantFrom(0, 30_000), (pairs, more) => {
      const all = [...pairs, ...Array.from({ length: more }, (_, n): [number, number] => [n % 3, n % 20_011])];
      const counts = createPairCounts();
      const expected = new Map<string, number>();
      for (const [first, second] of all) {
        counts.add(first, second);
        expected.set(`${first} ${second}`, (expected.get(`${first} ${second}`) ?? 0) + 1);
      }
      const found = new Map<string, number>();
      for (const [first, { seconds, sizes }] of counts.byFirst())
        for (const [n, second] of seconds.entries()) found.set(`${first} ${second}`, sizes[n] ?? 0);
      expect(found).toEqual(expected);
    }),
    { numRuns: 60 },
  );
});
