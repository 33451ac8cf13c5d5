import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createWave } from '../../../src/simulator/incidents/wave.ts';

const hour = 3_600_000;
const day0 = 500_000;

test('arrivals lie between start and end, in order, as many as counted, whichever hour is asked first', () => {
  const arbitrary = fc.record({
    key: fc.integer(),
    offset: fc.integer({ min: 0, max: 2 * hour }),
    length: fc.integer({ min: 0, max: 5 * hour }),
    perHour: fc.integer({ min: 0, max: 2000 }),
  });
  fc.assert(
    fc.property(arbitrary, ({ key, offset, length, perHour }) => {
      const start = day0 * hour + offset;
      const end = start + length;
      const make = () => createWave({ key, start, end, rate: () => perHour });
      const wave = make();
      const hours = Array.from({ length: 9 }, (_, index) => day0 - 1 + index);
      const times = hours.map((each) => wave.times(each));
      let before = 0;
      for (const [index, each] of hours.entries()) {
        const own = times[index] ?? [];
        expect(make().count(each)).toBe(own.length);
        expect(make().before(each)).toBe(before);
        expect(own.every((at) => Math.floor(at / hour) === each && at % 1000 === 0)).toBe(true);
        before += own.length;
      }
      const all = times.flat();
      expect(all).toEqual([...all].sort((a, b) => a - b));
      expect(all.every((at) => at >= start && at <= end)).toBe(true);
    }),
    { numRuns: 60 },
  );
});

test('the rate is what it says', () => {
  const wave = createWave({ key: 1, start: day0 * hour, end: (day0 + 50) * hour, rate: () => 400 });
  expect(wave.before(day0 + 50) / 50 / 400).toBeCloseTo(1, 1);
});
