import { describe, expect, it } from 'vitest';
import { usualRange } from '../../../src/core/traffic/usualRange.ts';

const hours = Array.from({ length: 168 }, (_, at) => at);
const rhythm = hours.map((at) => 100 + 80 * Math.sin(((at % 24) / 24) * 2 * Math.PI));

describe('the usual range', () => {
  it('lies round the expected level, never below zero', () => {
    const { lower, upper } = usualRange(rhythm, rhythm);
    for (const at of hours) {
      expect(lower[at]).toBeGreaterThanOrEqual(0);
      expect(lower[at]).toBeLessThan(rhythm[at] ?? 0);
      expect(upper[at]).toBeGreaterThan(rhythm[at] ?? 0);
    }
  });

  it('is no narrower than chance makes it', () => {
    const level = hours.map(() => 100);
    expect(usualRange(level, level).upper[0]).toBeCloseTo(100 + 3 * 10, 9);
    const none = hours.map(() => 0);
    expect(usualRange(none, none).upper[0]).toBe(3);
  });

  it('is wider where the days differ, at their hours', () => {
    const uneven = hours.map((at) => (at % 24 === 12 ? 100 + 60 * (Math.floor(at / 24) % 3) : 100));
    const level = hours.map(() => 100);
    const calm = usualRange(level, level).upper;
    const { upper } = usualRange(
      uneven.map((count, at) => (at % 24 >= 11 && at % 24 <= 13 ? 100 + 60 * (Math.floor(at / 24) % 3) : count)),
      level,
    );
    expect(upper[12]).toBeGreaterThan(2 * (calm[12] ?? 0) - 100);
    expect(upper[0]).toBe(calm[0]);
  });

  it('is not widened by one wave among the days, nor by the last 24 hours', () => {
    const wave = rhythm.map((count, at) => ((at >= 50 && at < 56) || at >= 144 ? 9000 : count));
    const calm = usualRange(rhythm, rhythm).upper;
    const waved = usualRange(wave, rhythm).upper;
    for (const at of hours) expect(waved[at]).toBeLessThan(2 * (calm[at] ?? 0));
  });
});
