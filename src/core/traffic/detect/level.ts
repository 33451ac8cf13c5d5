import { surgeParameters } from './parameters.ts';

/** What is known of a level after a unit: mean, and the count that stands behind it. */
export interface LevelState {
  /** Expected per unit of season. */
  readonly mean: number;
  /** Shape of the Gamma posterior: 1 / shape is the squared relative uncertainty. */
  readonly shape: number;
}

/**
 * The level of a series as Gamma posteriors (counts over exposure) that forget at different speeds. Each foretells the next unit, and
 * the better it did so far the more it counts: a steady series gets a long memory, a growing one a short one. `slowest`: messages
 * of the slowest level that the quicker ones begin with, 0 for none.
 */
export function createLevel(units: number, slowest = 0) {
  const { keep, priorCount, priorDays, keepEvidence } = surgeParameters.level;
  const speeds = keep.length;
  const counts = new Float64Array(speeds);
  const exposures = new Float64Array(speeds);
  const evidence = new Float64Array(speeds);
  const means = new Float64Array(units + 1);
  const shapes = new Float64Array(units + 1);
  means[0] = priorCount / priorDays;
  shapes[0] = priorCount;

  const last = speeds - 1;
  const known = (j: number): number => priorCount + (counts[j] ?? 0);
  const ownMean = (j: number): number => known(j) / (priorDays + (exposures[j] ?? 0));
  const shrunk = (j: number): boolean => slowest > 0 && j < last;
  const meanOf = (j: number): number =>
    shrunk(j) ? (slowest + (counts[j] ?? 0)) / (slowest / ownMean(last) + (exposures[j] ?? 0)) : ownMean(j);
  const shapeOf = (j: number): number => (shrunk(j) ? Math.min(slowest, known(last)) + (counts[j] ?? 0) : known(j));

  function mix(unit: number): void {
    let most = Number.NEGATIVE_INFINITY;
    for (const value of evidence) most = Math.max(most, value);
    let total = 0;
    let mean = 0;
    let shape = 0;
    for (let j = 0; j < speeds; j++) {
      const weight = Math.exp((evidence[j] ?? 0) - most);
      total += weight;
      mean += weight * meanOf(j);
      shape += weight * shapeOf(j);
    }
    means[unit + 1] = mean / total;
    shapes[unit + 1] = shape / total;
  }

  return {
    /** After the units up to and with `unit`; -1 is before all of them. */
    after(unit: number): LevelState {
      const at = Math.max(-1, unit) + 1;
      return { mean: means[at] ?? 0, shape: shapes[at] ?? 0 };
    },
    /** Takes in the count of a unit with its season. `weight` below 1 for an outlier; `variance` of a count of this mean. */
    add(unit: number, count: number, season: number, weight: number, variance: (mean: number) => number): void {
      for (let j = 0; j < speeds; j++) {
        const mean = meanOf(j) * season;
        const spread = Math.max(0.05, variance(mean));
        const miss = (count - mean) ** 2 / spread;
        evidence[j] = keepEvidence * (evidence[j] ?? 0) - 0.5 * weight * (Math.min(miss, 12) + Math.log(spread));
        const share = keep[j] ?? 1;
        counts[j] = share * (counts[j] ?? 0) + weight * count;
        exposures[j] = share * (exposures[j] ?? 0) + weight * season;
      }
      mix(unit);
    },
  };
}
