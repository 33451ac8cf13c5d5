import { isCountryOrBucket } from './country.ts';
import { episodesOfAll } from './detect/detect.ts';
import { type Finding, findingOf, quantile } from './detect/finding.ts';
import { rowsBetween, type SeriesRows } from './detect/rows.ts';
import { type CountedSeries, countSeries } from './detect/series.ts';
import { type Detected, type KnownAccount, leastHistoryDays, type UsualHours } from './detected.ts';
import { firstHourOfLastDay } from './table.ts';
import { hours, type Window } from './window.ts';

const hour = 3600;
const day = 24 * hour;
/** Older messages change nothing in what is foretold today, and every week of them costs memory: about a megabyte for 24 countries. */
const mostHistoryDays = 126;
const strayShare = 0.001;

/** Mean and variance of what was foretold, by hours of the window and of its last 24 together. */
interface Foretold {
  readonly country: string;
  readonly first: number;
  readonly expected: Float64Array;
  readonly variance: Float64Array;
  readonly lastDay: { readonly expected: number; readonly variance: number };
  readonly before: number;
}

/**
 * Runs the detector on every account that is known for a week or more, one account a step. `series` is of one channel and holds whatever is
 * known, also from before the window. A log that begins in the middle of a day begins with the next midnight here: half a day would teach that days are quiet.
 */
export function* detectSteps(series: readonly SeriesRows[], window: Window): Generator<void, Detected, void> {
  const accounts: KnownAccount[] = [];
  const usual: UsualHours[] = [];
  const findings: Finding[] = [];
  const together = new Map<string, Foretold[]>();
  for (const [account, own] of Map.groupBy(series, (one) => one.account)) {
    const latest = Math.floor(window.to / 1000 / day) * day;
    const start = Math.max(midnightAfter(beginOf(own)), latest - mostHistoryDays * day);
    const days = Math.floor((window.from / 1000 + firstHourOfLastDay * hour - start) / day);
    if (days < leastHistoryDays) continue;
    const end = Math.floor(window.to / 1000) + 1;
    const input = { series: own, start, end };
    const counted = countSeries(own, start, end);
    yield;
    findings.push(...episodesOfAll(counted, input).map((episode) => findingOf(episode, start)));
    yield;
    accounts.push({ account, since: start * 1000, days });
    for (const one of counted) {
      const foretold = foretoldOf(one, start, window);
      usual.push(...usualHours([foretold], account));
      together.set(foretold.country, [...(together.get(foretold.country) ?? []), foretold]);
    }
    yield;
  }
  for (const all of together.values()) usual.push(...usualHours(all));
  return { accounts, usual, findings: findings.sort((a, b) => b.decades - a.decades) };
}

/** When an account's log begins, epoch seconds: a thousandth of its messages is passed over, since single wrong dates must not pass for months without traffic. */
function beginOf(own: readonly SeriesRows[]): number {
  const perDay = new Map<number, number>();
  let all = 0;
  for (const { time } of own) {
    all += time.length;
    for (let i = 0; i < time.length; i++) {
      const at = Math.floor((time[i] ?? 0) / day);
      perDay.set(at, (perDay.get(at) ?? 0) + 1);
    }
  }
  let passed = 0;
  const firstDay = [...perDay]
    .sort(([a], [b]) => a - b)
    .find(([, count]) => {
      passed += count;
      return passed > strayShare * all;
    });
  const since = (firstDay?.[0] ?? 0) * day;
  return Math.min(...own.map((rows) => rows.time[rowsBetween(rows, since, since).from] ?? Number.POSITIVE_INFINITY));
}

function midnightAfter(instant: number): number {
  const begun = Math.floor(instant / day) * day;
  return instant - begun < hour ? begun : begun + day;
}

/** `start`: when the counts begin, epoch seconds. */
function foretoldOf({ rows, counts, track }: CountedSeries, start: number, window: Window): Foretold {
  // Hours of the counts before the window; negative when they begin in it.
  const offset = (window.from / 1000 - start) / hour;
  const [hourly] = track.windows;
  const expected = new Float64Array(hours);
  const variance = new Float64Array(hours);
  let first = hours;
  for (let at = hours - 1; at >= 0; at--) {
    const mean = hourly?.expected[at + offset] ?? Number.NaN;
    if (Number.isNaN(mean)) break;
    first = at;
    expected[at] = mean;
    variance[at] = hourly?.variance[at + offset] ?? 0;
  }
  const daily = track.windows.find(({ length }) => length === 24);
  const last = counts.length - 1;
  const mean = daily?.expected[last] ?? 0;
  const scatter = mean > 0 ? Math.max(0, (daily?.variance[last] ?? 0) - mean) / mean ** 2 : 1;
  const sum = expected.subarray(firstHourOfLastDay).reduce((a, b) => a + b, 0);
  return {
    country: rows.country,
    first,
    expected,
    variance,
    lastDay: { expected: sum, variance: sum + scatter * sum ** 2 },
    before: rowsBetween(rows, 0, window.from / 1000 + firstHourOfLastDay * hour).to,
  };
}

/** Accounts scatter apart from each other, so variances add up. */
function usualHours(all: readonly Foretold[], account?: string): readonly UsualHours[] {
  const [{ country } = { country: '' }] = all;
  const add = (column: (one: Foretold) => Float64Array): Float64Array =>
    Float64Array.from({ length: hours }, (_, at) => all.reduce((sum, one) => sum + (column(one)[at] ?? 0), 0));
  const first = Math.max(...all.map((one) => one.first));
  const expected = add((one) => one.expected);
  const variance = add((one) => one.variance);
  const bound = (upper: number): Float64Array =>
    expected.map((mean, at) => (at < first ? 0 : quantile(upper, mean, Math.max(mean, variance[at] ?? 0))));
  const day = {
    expected: all.reduce((sum, { lastDay }) => sum + lastDay.expected, 0),
    variance: all.reduce((sum, { lastDay }) => sum + lastDay.variance, 0),
  };
  if (!isCountryOrBucket(country)) return [];
  return [
    {
      ...(account !== undefined && { account }),
      country,
      first,
      expected,
      lower: bound(0.99865),
      upper: bound(0.00135),
      lastDay: {
        expected: day.expected,
        lower: quantile(0.975, day.expected, day.variance),
        upper: quantile(0.025, day.expected, day.variance),
      },
      before: all.reduce((sum, { before }) => sum + before, 0),
    },
  ];
}
