import { logNegativeBinomialUpper } from '../traffic/detect/tails.ts';

/** A stretch of hours that stands out of what went before it. Hours count from the beginning of the series, `to` is not included. */
export interface Rise {
  readonly from: number;
  readonly to: number;
  readonly observed: number;
  /** What the series' own past foretold. */
  readonly expected: number;
  /** ln P(at least as much) under that past. */
  readonly logP: number;
}

export interface ScanOptions {
  /** Hours at the beginning that only teach. */
  readonly warmUp: number;
  /** What a rise must reach to be told: so many times what was expected, so much beyond it, so small a p-value. */
  readonly times: number;
  readonly least: number;
  readonly logP: number;
  /** Rises that end at this hour or before are not told. */
  readonly after?: number;
}

/** Hours: a burst, a shift, a day, a slow attack. */
const lengths = [1, 3, 6, 12, 24, 48, 72];
/** Squared coefficients of variation: how much innocent days differ in volume, and in the share of a volume, which swings less. */
const scatters = { count: 0.25, share: 0.01 };

/**
 * The rise that stands out most, `undefined` when none does: windows of 1 to 72 hours, each against the mean of all hours before it, or, with
 * `whole`, against the share `part` had of it before. Hours count as negative binomial with `scatters`. An earlier rise raises the mean it
 * is followed by, so of two attacks the first is found best; enough for a yes or no.
 */
export function scanRise(part: ArrayLike<number>, options: ScanOptions, whole?: ArrayLike<number>): Rise | undefined {
  const parts = sums(part);
  const wholes = whole && sums(whole);
  const scatter = wholes ? scatters.share : scatters.count;
  let best: Rise | undefined;
  const earliest = Math.max(options.warmUp, Math.floor(options.after ?? 0)) + 1;
  for (let to = earliest; to <= part.length; to++) {
    for (const length of lengths) {
      const from = to - length;
      if (from < options.warmUp) break;
      const observed = (parts[to] ?? 0) - (parts[from] ?? 0);
      if (observed < options.least) continue;
      const before = parts[from] ?? 0;
      const expected = wholes
        ? ((wholes[to] ?? 0) - (wholes[from] ?? 0)) * ((before + 0.5) / ((wholes[from] ?? 0) + 10))
        : ((before + 0.5) / from) * length;
      if (observed < options.times * expected || observed - expected < options.least) continue;
      const logP = logNegativeBinomialUpper(Math.round(observed), expected, expected + scatter * expected * expected);
      if (logP <= options.logP && (!best || logP < best.logP)) best = { from, to, observed, expected, logP };
    }
  }
  return best;
}

function sums(values: ArrayLike<number>): Float64Array {
  const out = new Float64Array(values.length + 1);
  for (let i = 0; i < values.length; i++) out[i + 1] = (out[i] ?? 0) + (values[i] ?? 0);
  return out;
}
