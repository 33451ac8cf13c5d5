import type { SeriesRows } from '../../src/core/traffic/detect/rows.ts';
import { conversions } from '../../src/core/traffic/detect/rows.ts';
import type { Scores } from './score.ts';
import type { World } from './world.ts';

/** Scores every hour (or the last hour of a day) of one country's counts, higher for less usual. */
type Rule = (hours: Float64Array, rows: SeriesRows, world: World) => Float64Array;

const day = 24;
const none = Number.NEGATIVE_INFINITY;

function totals(hours: Float64Array, length: number): Float64Array {
  return Float64Array.from({ length: Math.floor(hours.length / length) }, (_, i) =>
    sum(hours, i * length, (i + 1) * length),
  );
}

function sum(values: ArrayLike<number>, from: number, to: number): number {
  let total = 0;
  for (let i = Math.max(0, from); i < to; i++) total += values[i] ?? 0;
  return total;
}

function moments(values: readonly number[]): { readonly mean: number; readonly sd: number } {
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  return { mean, sd: Math.sqrt(values.reduce((a, b) => a + (b - mean) ** 2, 0) / Math.max(1, values.length - 1)) };
}

/** Puts the score of each whole day into its last hour, when it is known. */
function daily(hours: Float64Array, score: (days: Float64Array, at: number) => number): Float64Array {
  const out = new Float64Array(hours.length).fill(none);
  const days = totals(hours, day);
  for (let at = 0; at < days.length; at++) out[at * day + day - 1] = score(days, at);
  return out;
}

/** z-score of a day's total among the 28 days before. */
const dailyZ: Rule = (hours) =>
  daily(hours, (days, at) => {
    if (at < 14) return none;
    const { mean, sd } = moments([...days.subarray(Math.max(0, at - 28), at)]);
    return (days[at] ?? 0) < 20 ? none : ((days[at] ?? 0) - mean) / Math.max(1, sd);
  });

/** Times the mean of the same hour in the seven days before. */
const ratio: Rule = (hours) =>
  hours.map((count, at) => {
    if (at < 7 * day || count < 20) return none;
    let before = 0;
    for (let back = 1; back <= 7; back++) before += hours[at - back * day] ?? 0;
    return count / Math.max(1, before / 7);
  });

/** Distance from the median of the same hour of the week, in median absolute deviations. */
const robustZ: Rule = (hours) =>
  hours.map((count, at) => {
    const past: number[] = [];
    for (let back = 168; back <= at && past.length < 4; back += 168) past.push(hours[at - back] ?? 0);
    if (past.length < 2 || count < 20) return none;
    const middle = median(past);
    return (count - middle) / Math.max(1, 1.4826 * median(past.map((value) => Math.abs(value - middle))));
  });

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return ((sorted[(sorted.length - 1) >> 1] ?? 0) + (sorted[sorted.length >> 1] ?? 0)) / 2;
}

/** EARS (Hutwagner 2003): seven days of baseline, ended yesterday (C1) or two days earlier (C2); C3 adds what C2 had beyond 1 in three days. */
const earsC =
  (lag: number) =>
  (days: Float64Array, at: number): number => {
    const last = at - lag;
    if (last < 7 || (days[at] ?? 0) < 20) return none;
    const { mean, sd } = moments([...days.subarray(last - 7, last)]);
    return ((days[at] ?? 0) - mean) / Math.max(1, sd);
  };
const c1: Rule = (hours) => daily(hours, earsC(0));
const c2: Rule = (hours) => daily(hours, earsC(2));
const c3: Rule = (hours) =>
  daily(hours, (days, at) => {
    const recent = [0, 1, 2].map((back) => Math.max(0, earsC(2)(days, at - back) - 1));
    return (days[at] ?? 0) < 20 ? none : recent.reduce((a, b) => a + b, 0);
  });

/** Vonage's volumetric rule: the last 12 hours above 1,000 messages and so many deviations above the mean of the 90 days before, two days of history at least. */
const vonage: Rule = (hours) => {
  const out = new Float64Array(hours.length).fill(none);
  for (let at = 2 * day; at < hours.length; at++) {
    const now = sum(hours, at - 11, at + 1);
    if (now <= 1000) continue;
    const past: number[] = [];
    for (let end = at - 11; end - 12 >= Math.max(0, at - 90 * day); end -= 12) past.push(sum(hours, end - 12, end));
    if (past.length < 3) continue;
    const { mean, sd } = moments(past);
    out[at] = (now - mean) / Math.max(1, sd);
  }
  return out;
};

/**
 * Authgear's budget: codes that were not used, against max(20, .3 × the fullest of 14 days of used ones, .3 × the used ones of 24 h) in a day and
 * max(3, that day / 6 × .2, .2 × the used ones of an hour) in an hour. The score is how many times the budget was used.
 */
const authgear: Rule = (hours, rows, { start }) => {
  const used = new Float64Array(hours.length);
  const unused = new Float64Array(hours.length);
  for (let i = 0; i < rows.time.length; i++) {
    const at = Math.floor(((rows.time[i] ?? 0) - start) / 3600);
    if (rows.conversion[i] === conversions.converted) used[at] = (used[at] ?? 0) + 1;
    else if (rows.conversion[i] === conversions.unconverted) unused[at] = (unused[at] ?? 0) + 1;
  }
  const days = totals(used, day);
  return hours.map((_, at) => {
    const today = Math.floor(at / day);
    const fullest = Math.max(0, ...days.subarray(Math.max(0, today - 14), today));
    const perDay = Math.max(20, 0.3 * fullest, 0.3 * sum(used, at - 23, at + 1));
    const perHour = Math.max(3, (fullest / 6) * 0.2, 0.2 * (used[at] ?? 0));
    const over = Math.max(sum(unused, at - 23, at + 1) / perDay, (unused[at] ?? 0) / perHour);
    return over > 0 ? over : none;
  });
};

/** Published rules, with the threshold each is published with. */
export const peers: Readonly<Record<string, { readonly rule: Rule; readonly threshold: number }>> = {
  'daily z-score': { rule: dailyZ, threshold: 3 },
  'ratio to same hour': { rule: ratio, threshold: 3 },
  'robust z': { rule: robustZ, threshold: 6 },
  'EARS C1': { rule: c1, threshold: 3 },
  'EARS C2': { rule: c2, threshold: 3 },
  'EARS C3': { rule: c3, threshold: 2 },
  'Vonage volumetric': { rule: vonage, threshold: 6 },
  'Authgear budget': { rule: authgear, threshold: 1 },
};

export function peerOn(rule: Rule, world: World): Scores {
  const length = Math.ceil((world.end - world.start) / 3600);
  return world.series.map((rows) => {
    const hours = new Float64Array(length);
    for (let i = 0; i < rows.time.length; i++) {
      const at = Math.floor(((rows.time[i] ?? 0) - world.start) / 3600);
      hours[at] = (hours[at] ?? 0) + 1;
    }
    return rule(hours, rows, world);
  });
}
