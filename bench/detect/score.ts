import { pick, stream } from '../../src/simulator/random.ts';
import type { World } from './world.ts';

/** What a detector says of a world: a score for every hour of every series, `-Infinity` where it says nothing. */
export type Scores = readonly Float64Array[];

export interface Judged {
  readonly world: World;
  readonly scores: Scores;
}

export interface Result {
  readonly recall: number;
  readonly precision: number;
  /** False alarms per account and week. */
  readonly faPerWeek: number;
  /** Hours from an attack's first message to the end of the first hour that was flagged. */
  readonly ttdMedian: number;
  readonly ttdP90: number;
  /** Share of the found attacks' messages that were out before that, mean. */
  readonly shareBefore: number;
  readonly pairs: number;
  readonly weeks: number;
  /** Found and all, by the attack's shape and numbers. */
  readonly kinds: ReadonlyMap<string, readonly [number, number]>;
}

/** Flagged hours of a series with less than so many hours between them are one alert. */
const mergeHours = 12;
/** An attack counts as found up to so long after its end. */
const graceHours = 24;
const hour = 3600;

/** Counts attack-country pairs found and alerts that are none; an alert on an innocent look-alike is a false alarm. */
export function judge(all: readonly Judged[], threshold: number): Result {
  const delays: number[] = [];
  const before: number[] = [];
  const kinds = new Map<string, [number, number]>();
  let found = 0;
  let pairs = 0;
  let right = 0;
  let wrong = 0;
  let weeks = 0;
  for (const { world, scores } of all) {
    const first = (world.judgedFrom - world.start) / hour;
    weeks += (world.end - world.judgedFrom) / (168 * hour);
    for (const [s, rows] of world.series.entries()) {
      const alerts = alertsOf(scores[s] ?? new Float64Array(), threshold, first);
      const mine = world.attacks.filter(({ country }) => country === rows.country);
      for (const one of mine) {
        pairs++;
        const from = (one.from - world.start) / hour;
        const to = (one.to - world.start) / hour + graceHours;
        const hit = alerts.flat().find((at) => at + 1 > from && at <= to);
        for (const key of [one.shape, one.numbers]) {
          const entry = kinds.get(key) ?? [0, 0];
          kinds.set(key, [entry[0] + (hit === undefined ? 0 : 1), entry[1] + 1]);
        }
        if (hit === undefined) continue;
        found++;
        delays.push(hit + 1 - from);
        before.push(Math.min(1, (hit + 1 - from) / Math.max(1, to - graceHours - from)));
      }
      for (const alert of alerts) {
        const hits = mine.some(
          ({ from, to }) =>
            (alert.at(-1) ?? 0) + 1 > (from - world.start) / hour &&
            (alert[0] ?? 0) <= (to - world.start) / hour + graceHours,
        );
        if (hits) right++;
        else wrong++;
      }
    }
  }
  delays.sort((a, b) => a - b);
  return {
    recall: found / Math.max(1, pairs),
    precision: right / Math.max(1, right + wrong),
    faPerWeek: wrong / Math.max(1, weeks),
    ttdMedian: quantile(delays, 0.5),
    ttdP90: quantile(delays, 0.9),
    shareBefore: before.reduce((a, b) => a + b, 0) / Math.max(1, before.length),
    pairs,
    weeks,
    kinds,
  };
}

/** The lowest threshold that keeps these worlds within the budget of false alarms per account-week. */
export function thresholdFor(all: readonly Judged[], budget: number): number {
  const values = new Set<number>();
  for (const { scores } of all)
    for (const series of scores) for (const score of series) if (Number.isFinite(score)) values.add(score);
  const sorted = [...values].sort((a, b) => a - b);
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (judge(all, sorted[middle] ?? 0).faPerWeek <= budget) high = middle;
    else low = middle + 1;
  }
  return sorted[low] ?? Number.POSITIVE_INFINITY;
}

function alertsOf(scores: Float64Array, threshold: number, first: number): number[][] {
  const alerts: number[][] = [];
  for (let at = first; at < scores.length; at++) {
    if (!((scores[at] ?? Number.NEGATIVE_INFINITY) >= threshold)) continue;
    const last = alerts.at(-1);
    if (last && at - (last.at(-1) ?? 0) <= mergeHours) last.push(at);
    else alerts.push([at]);
  }
  return alerts;
}

function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

/** 95 % intervals of recall and precision when worlds are drawn anew from these. */
export function bootstrap(
  all: readonly Judged[],
  threshold: number,
  rounds: number,
): { readonly recall: readonly [number, number]; readonly precision: readonly [number, number] } {
  const random = stream(11, 'bootstrap');
  const results = Array.from({ length: rounds }, () =>
    judge(
      all.map(() => pick(random, all)),
      threshold,
    ),
  );
  const interval = (read: (one: Result) => number): readonly [number, number] => {
    const sorted = results.map(read).sort((a, b) => a - b);
    return [quantile(sorted, 0.025), quantile(sorted, 0.975)];
  };
  return { recall: interval(({ recall }) => recall), precision: interval(({ precision }) => precision) };
}
