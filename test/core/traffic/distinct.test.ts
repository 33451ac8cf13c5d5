import fc from 'fast-check';
import { expect, test } from 'vitest';
import { runSteps } from '../../../src/core/runSteps.ts';
import { createDistinct } from '../../../src/core/traffic/distinct.ts';

test('counts what a set counts, however often a number comes and in whatever order', () => {
  const keys = fc.array(fc.oneof(fc.nat(50), fc.maxSafeNat()), { maxLength: 5000 });
  fc.assert(
    fc.property(keys, (all) => {
      const distinct = createDistinct();
      for (const key of all) distinct.add(key);
      expect(runSteps(distinct.size())).toBe(new Set(all).size);
      for (const key of all.slice(0, 10)) distinct.add(key);
      expect(runSteps(distinct.size())).toBe(new Set(all).size);
    }),
    { numRuns: 200 },
  );
});

test('numbers in a row, as pumping uses them, and the same ones again are counted once each', () => {
  const distinct = createDistinct();
  for (let round = 0; round < 3; round++) for (let n = 0; n < 100_000; n++) distinct.add(79_581_110_000 + n);
  expect(runSteps(distinct.size())).toBe(100_000);
});
