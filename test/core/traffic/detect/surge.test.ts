import { expect, test } from 'vitest';
import { gridOf } from '../../../../src/core/traffic/detect/grid.ts';
import { scoreSeries } from '../../../../src/core/traffic/detect/scoreSeries.ts';
import { type SurgeTrack, surge, surgeTogether } from '../../../../src/core/traffic/detect/surge.ts';
import { logNegativeBinomialUpper } from '../../../../src/core/traffic/detect/tails.ts';
import { logNormal, negativeBinomial, stream } from '../../../../src/simulator/random.ts';

const hourly = gridOf(3600);

/** Hourly counts with nights, weekends, busy and quiet days, and growth. */
function counts(seed: number, perDay: number, days: number, dispersion = 2): number[] {
  const random = stream(seed, 'counts', perDay);
  return Array.from({ length: days }, (_, day) => {
    const busy = logNormal(random, 0.12) * (day % 7 < 2 ? 0.7 : 1) * 1.004 ** day;
    return Array.from({ length: 24 }, (_, hour) =>
      negativeBinomial(random, ((hour < 7 ? 0.3 : 1.3) * busy * perDay) / 24, dispersion),
    );
  }).flat();
}

test.each([
  ['sparse', 1.5],
  ['mid', 40],
  ['busy', 1500],
])('%s series without incidents get p-values that mean what they say', (_, perDay) => {
  const tracks = Array.from({ length: perDay < 10 ? 60 : 20 }, (_, seed) => surge(counts(seed, perDay, 56), hourly));
  for (const [p01, p001] of unlikelyShares(tracks)) {
    expect(p01).toBeGreaterThan(0.002);
    expect(p01).toBeLessThan(0.018);
    expect(p001).toBeLessThan(0.004);
  }
});

test('sparse countries whose messages clump get such p-values too, since those of an account learn together', () => {
  const profile = Array.from({ length: 24 }, (_, hour) => (hour < 7 ? 0.3 : 1.3) / 24.2);
  const all = Array.from({ length: 60 }, (_, seed) => ({
    values: counts(100 + seed, 0.5 + (seed % 10) / 2, 56, 4),
    options: { profile },
  }));
  for (const [p01, p001] of unlikelyShares(surgeTogether(all, hourly))) {
    expect(p01).toBeGreaterThan(0.003);
    expect(p01).toBeLessThan(0.0155);
    expect(p001).toBeLessThan(0.003);
  }
});

test('in an account a steady busy country is foretold without bias, however short the memory of its level', () => {
  const steady = Array.from({ length: 56 * 24 }, () => 20);
  const [track] = surgeTogether([{ values: steady, options: {} }], hourly);
  expect((track?.windows[3]?.expected.at(-1) ?? 0) / 480).toBeCloseTo(1, 2);
});

/** For windows of 1, 6 and 24 hours: how many p-values are up to .01 and .001, randomised within the lumps of counts. */
function unlikelyShares(tracks: readonly SurgeTrack[]): (readonly [number, number])[] {
  const random = stream(1, 'lumps');
  const tally = new Map<number, [number, number, number]>();
  for (const { windows } of tracks) {
    for (const { length, observed, expected, variance } of windows) {
      const sum = tally.get(length) ?? [0, 0, 0];
      tally.set(length, sum);
      for (let t = 21 * 24; t < observed.length; t++) {
        const [x, mean, spread] = [observed[t] ?? 0, expected[t] ?? 0, variance[t] ?? 0];
        const above = Math.exp(logNegativeBinomialUpper(x + 1, mean, spread));
        const p = above + random.next() * (Math.exp(logNegativeBinomialUpper(x, mean, spread)) - above);
        sum[0]++;
        if (p <= 0.01) sum[1]++;
        if (p <= 0.001) sum[2]++;
      }
    }
  }
  return [1, 6, 24].map((length) => {
    const [n = 1, p01 = 0, p001 = 0] = tally.get(length) ?? [];
    return [p01 / n, p001 / n] as const;
  });
}

test('what comes later changes nothing that was said before', () => {
  const all = counts(3, 200, 42);
  const whole = surge(all, hourly).logP;
  const part = surge(all.slice(0, 30 * 24), hourly).logP;
  expect(whole.slice(0, 30 * 24)).toEqual(part);
});

test('an outbreak does not teach the baseline that it is normal', () => {
  const calm = counts(4, 100, 42);
  const ill = calm.map((count, hour) => (hour >= 20 * 24 && hour < 24 * 24 ? count + 40 : count));
  const at = 30 * 24 + 12;
  const expected = (values: readonly number[]): number => surge(values, hourly).windows[3]?.expected[at] ?? 0;
  expect(expected(ill)).toBeLessThan(1.25 * expected(calm));
});

test('a level that stays is accepted within a fortnight and a half', () => {
  const values = counts(5, 100, 70).map((count, hour) => (hour >= 35 * 24 ? 4 * count : count));
  const { windows } = surge(values, hourly);
  const t = 55 * 24 + 23;
  expect(windows[3]?.expected[t]).toBeGreaterThan(0.5 * (windows[3]?.observed[t] ?? 0));
});

test('a surge of some hours stands out at its first hour and is over when it is over', () => {
  const values = counts(6, 300, 42);
  for (let t = 800; t < 804; t++) values[t] = (values[t] ?? 0) + 150;
  const { logP } = surge(values, hourly);
  expect(logP[800]).toBeLessThan(Math.log(1e-4));
  expect(logP[830]).toBeGreaterThan(Math.log(0.01));
});

test('weekdays, years and weeks are followed on coarser grids', () => {
  const random = stream(8, 'daily');
  const daily = Array.from({ length: 1500 }, (_, day) =>
    negativeBinomial(random, 20 * (day % 7 === 0 ? 0.3 : 1) * (1.5 + Math.sin((2 * Math.PI * day) / 365.25)), 1.5),
  );
  const score = scoreSeries(daily, 86_400);
  const late = score.slice(800);
  expect(late.filter((value) => value >= 2).length / late.length).toBeLessThan(0.02);
  const outbreak = daily.map((value, day) => (day >= 1200 && day < 1206 ? value + 30 : value));
  expect(Math.max(...scoreSeries(outbreak, 86_400).slice(1200, 1206))).toBeGreaterThan(4);
});

test('a measure that is no count is scored in both directions', () => {
  const random = stream(9, 'measure');
  const values = Array.from({ length: 3000 }, (_, t) => 50 + 5 * Math.sin((2 * Math.PI * t) / 288) + random.next());
  values[2500] = 20;
  const score = scoreSeries(values, 300);
  expect(score.indexOf(Math.max(...score.slice(1000)))).toBe(2500);
});
