import { countSeries } from '../../src/core/traffic/detect/series.ts';
import { logNegativeBinomialUpper } from '../../src/core/traffic/detect/tails.ts';
import { stream } from '../../src/simulator/random.ts';
import type { World } from './world.ts';

/** How often p-values fall below .01 and .001 where nothing happened, for one kind of series and window. */
export interface Cell {
  readonly size: string;
  readonly hours: number;
  readonly share01: number;
  readonly share001: number;
  readonly count: number;
}

const lengths = [1, 6, 24];
const sizes = [
  ['sparse', 0.05, 6],
  ['mid', 6, 100],
  ['busy', 100, Number.POSITIVE_INFINITY],
] as const;

/**
 * Calibration over worlds without incidents: sparse, mid and busy series (messages a day) by windows of 1, 6 and 24 hours. P-values of counts are lumpy, so
 * they are randomised within the lump: then P(p <= .01) is .01 for a perfect model.
 */
export function calibration(worlds: readonly World[]): Cell[] {
  const random = stream(7, 'calibration');
  const tallies = new Map<string, { n: number; p01: number; p001: number }>();
  for (const world of worlds) {
    for (const { counts, track } of countSeries(world.series, world.start, world.end)) {
      const perDay = (24 * counts.reduce((a, b) => a + b, 0)) / counts.length;
      const size = sizes.find(([, low, high]) => perDay >= low && perDay < high)?.[0];
      if (size === undefined) continue;
      for (const span of track.windows) {
        if (!lengths.includes(span.length)) continue;
        const key = `${size} ${span.length}`;
        const tally = tallies.get(key) ?? { n: 0, p01: 0, p001: 0 };
        tallies.set(key, tally);
        for (let t = (world.judgedFrom - world.start) / 3600; t < counts.length; t++) {
          const [x, mean, variance] = [span.observed[t] ?? 0, span.expected[t] ?? 0, span.variance[t] ?? 0];
          tally.n++;
          if (x < mean) continue;
          const above = Math.exp(logNegativeBinomialUpper(x + 1, mean, variance));
          const p = above + random.next() * (Math.exp(logNegativeBinomialUpper(x, mean, variance)) - above);
          if (p <= 0.01) tally.p01++;
          if (p <= 0.001) tally.p001++;
        }
      }
    }
  }
  return sizes.flatMap(([size]) =>
    lengths.map((hours) => {
      const { n, p01, p001 } = tallies.get(`${size} ${hours}`) ?? { n: 1, p01: 0, p001: 0 };
      return { size, hours, share01: p01 / n, share001: p001 / n, count: n };
    }),
  );
}
