import type { Candidate } from './detect/candidates.ts';
import { detectParameters } from './detect/parameters.ts';
import type { CountedSeries } from './detect/series.ts';
import { logNegativeBinomialUpper } from './detect/tails.ts';
import { firstHourOfLastDay } from './table.ts';
import { hours } from './window.ts';

/** When a surge is on: hours of the window, `to` not included, and the candidate that shows it best. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly best: Candidate;
}

type Counted = Pick<CountedSeries, 'counts' | 'track'>;

/** The latest surge, when it is still on in the last 24 hours. */
export function stretchOf(one: Counted, candidates: readonly Candidate[]): Stretch | undefined {
  const group: Candidate[] = [];
  for (const candidate of candidates) {
    const last = group.at(-1);
    if (last && candidate.hour - last.hour > detectParameters.mergeHours) group.length = 0;
    group.push(candidate);
  }
  const [first, ...others] = group;
  if (!first) return undefined;
  const best = others.reduce((a, b) => (b.logP < a.logP ? b : a), first);
  const began = Math.min(...group.map(({ hour, window }) => hour + 1 - lengthOf(one, window)));
  const from = trimmed(one, Math.max(0, began), (group.at(-1) ?? first).hour + 1);
  const ended = (group.at(-1) ?? first).hour + 1;
  if (ended > firstHourOfLastDay) return { from, to: ended, best };
  // A surge of some days becomes the level that the next ones are held against. It is still on while each day is far above what was foreseen of its first.
  for (let day = Math.floor(ended / 24) * 24; day < hours; day += 24)
    if (!farAbove(one, { from, to: ended, best }, Math.max(day, from), day + 24)) return undefined;
  return { from, to: hours, best };
}

/** What was foreseen of some hours on the day the surge began: later days of it are no normal. */
export function foreseen(
  { track }: Counted,
  { from: began, best }: Stretch,
  from: number,
  to: number,
): { readonly expected: number; readonly variance: number } {
  const hourly = track.windows[0];
  const firstDay = Math.floor(began / 24) * 24;
  let expected = 0;
  for (let t = from; t < to; t++) expected += hourly?.expected[t < firstDay ? t : firstDay + (t % 24)] || 0;
  const window = track.windows[best.window];
  const mean = window?.expected[best.hour] ?? 0;
  const spread = window?.variance[best.hour] ?? 0;
  const scatter = mean > 0 ? Math.max(0, spread - mean) / (mean * mean) : 1;
  return { expected, variance: expected + scatter * expected * expected };
}

function farAbove(one: Counted, stretch: Stretch, from: number, to: number): boolean {
  const { expected, variance } = foreseen(one, stretch, from, to);
  const observed = one.counts.subarray(from, to).reduce((a, b) => a + b, 0);
  return (
    observed - expected >= detectParameters.leastExcess &&
    logNegativeBinomialUpper(observed, expected, variance) <= Math.log(detectParameters.falseDiscoveryRate)
  );
}

/** The first hour that is above what is usual, some hours together first since a surge need not show in each. */
function trimmed({ counts, track }: Counted, start: number, end: number): number {
  const hourly = track.windows[0];
  let from = start;
  for (const length of [Math.min(6, end - from), 1]) {
    const above = (at: number): boolean => {
      let more = -1;
      let spread = 0;
      for (let t = at; t < at + length; t++) {
        more += (counts[t] ?? 0) - (hourly?.expected[t] || 0);
        spread += hourly?.variance[t] || 0;
      }
      return more > 2 * Math.sqrt(spread);
    };
    while (from < end - length && !above(from)) from++;
  }
  return from;
}

function lengthOf({ track }: Counted, window: number): number {
  return track.windows[window]?.length ?? 1;
}
