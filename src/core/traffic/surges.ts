import type { AccountSid } from '../model/sid.ts';
import type { CountryOrBucket } from './country.ts';
import { type Candidate, findCandidates } from './detect/candidates.ts';
import { commonRatio } from './detect/commonRatio.ts';
import { isFraud } from './detect/detect.ts';
import type { Finding } from './detect/finding.ts';
import { gridOf } from './detect/grid.ts';
import { detectParameters } from './detect/parameters.ts';
import type { CountedSeries } from './detect/series.ts';
import { surge } from './detect/surge.ts';
import { logNegativeBinomialUpper } from './detect/tails.ts';
import type { Weighed } from './detect/weigh.ts';
import { detectedSurges } from './detectedSurges.ts';
import { thresholds } from './flags.ts';
import { clockProfiles } from './hourProfiles.ts';
import type { TrafficReport } from './report.ts';
import { countedRows, weighCounts } from './surgeEvidence.ts';
import { foreseen, stretchOf } from './surgeStretch.ts';
import { type CountrySeries, countIn, firstHourOfLastDay } from './table.ts';
import { hours } from './window.ts';

/** `fraud`: something beside volume says so. `review`: volume alone, or too little beside it. */
export type Label = 'fraud' | 'review';

/** More than expected, going on in the last 24 hours, from one account to one country. */
export interface Surge extends Weighed {
  readonly account: AccountSid;
  readonly label: Label;
  /** From its first hour to the end of its last, epoch milliseconds UTC. */
  readonly from: number;
  readonly to: number;
  readonly observed: number;
  readonly expected: number;
  /** No more than this in 97.5 % of cases. */
  readonly atMost: number;
  readonly excess: number;
  /** Of so many or more where nothing is wrong. */
  readonly p: number;
  /** False discovery rate at which it is found, over all series foretold in its hour. */
  readonly q: number;
  /** What the detector says of it, where the account is known for a week or more: delivery, conversion, blocks and cost beside their own normal. */
  readonly finding?: Finding;
}

type Surges = ReadonlyMap<CountryOrBucket, readonly Surge[]>;

const known = new WeakMap<TrafficReport, Surges>();
const none: Surges = new Map();
const hour = 3_600_000;
const whole = gridOf(3600);
/** Longer windows than a day would have hardly a day to be foretold by. */
const hourly = { ...whole, windows: whole.windows.filter((length) => length <= 24) };

/** So many series are foretold at most, those with most messages in the last 24 hours: some tenths of a millisecond each. */
const mostForetold = 400;
/** Hours at the beginning that only teach. */
const warmUp = Math.floor(Math.min(detectParameters.warmUpDays * 24, hours * 0.3));

/**
 * The surges of a report by country, surest fraud first. Of accounts with a week of history what the detector found; of the others what follows from hourly
 * counts and blocks of 10,000 numbers, with the detector's surge core and evidence.
 * Six days are little to foretell by. So fraud needs Twilio's own blocks or few ranges, a surge that is no fraud is left out below `thresholds.surging`
 * or when other countries rose as well, and where the first days are not known only blocks count. Counted once for each report.
 */
export function surgesOf(report: TrafficReport): Surges {
  if (report.unjudged) return none;
  const found = known.get(report) ?? findSurges(report);
  known.set(report, found);
  return found;
}

interface Watched extends CountedSeries {
  /** False when the days before are not, so that anything looks new. */
  readonly isKnown: boolean;
  readonly account: AccountSid;
  readonly country: CountryOrBucket;
  readonly series: CountrySeries;
}

function findSurges(report: TrafficReport): Surges {
  const { from: start } = report.window;
  const phase = (Math.floor(start / (24 * hour)) + 4) % 7;
  const foretold = busiest(report);
  const detected = new Set(report.detected?.accounts.map(({ account }) => account));
  const all = report.accounts.flatMap(({ account, table, missing }): readonly Watched[] => {
    if (detected.has(account)) return [];
    const profileOf = clockProfiles(table, start);
    const isKnown = missing === undefined && countIn([...table.values()], 'sent', 0, warmUp) > 0;
    return [...table].flatMap(([country, series]) => {
      if (!foretold.has(series)) return [];
      const counts = Float64Array.from(series.sent);
      const track = surge(counts, hourly, { phase, profile: profileOf(country) });
      return [{ account, country, series, counts, rows: countedRows(account, country), track, isKnown }];
    });
  });
  const candidates = findCandidates(all, hours, warmUp);
  const surges = new Map<CountryOrBucket, Surge[]>();
  for (const [country, surge] of detectedSurges(report)) surges.set(country, [...(surges.get(country) ?? []), surge]);
  for (const [i, one] of all.entries()) {
    const hits = candidates[i] ?? [];
    if (hits.length === 0) continue;
    const peers = all.filter(({ account }, other) => account === one.account && other !== i);
    const found = surgeOf(one, hits, peers, start);
    if (found && isTold(found, one)) surges.set(one.country, [...(surges.get(one.country) ?? []), found]);
  }
  for (const list of surges.values()) list.sort(bySuspicion);
  return surges;
}

function bySuspicion(a: Surge, b: Surge): number {
  if (a.label !== b.label) return a.label === 'fraud' ? -1 : 1;
  return b.decades - a.decades;
}

/** What had hardly a message lately cannot be surging, and need not be foretold. */
function busiest({ accounts }: TrafficReport): ReadonlySet<CountrySeries> {
  const counted = accounts
    .flatMap(({ table }) => [...table.values()])
    .map((series) => ({ series, messages: countIn([series], 'sent', firstHourOfLastDay) }))
    .filter(({ messages }) => messages >= thresholds.neverSeen.messagesInLastDay)
    .sort((a, b) => b.messages - a.messages);
  return new Set(counted.slice(0, mostForetold).map(({ series }) => series));
}

function isTold({ label, observed, expected, evidence }: Surge, { isKnown }: Watched): boolean {
  if (label === 'fraud') return true;
  const { messagesInLastDay, timesUsualDay } = thresholds.surging;
  const everywhere = evidence.find(({ kind }) => kind === 'everywhere')?.decades ?? 0;
  return isKnown && everywhere > -1 && observed >= messagesInLastDay && observed >= timesUsualDay * expected;
}

/** Failures and place alone are left to who looks at it: senders and recipients, which would tell a campaign, are not counted. */
function labelOf(weighed: Weighed, isKnown: boolean): Label {
  const surest = weighed.evidence.some(
    ({ kind, decades }) => (kind === 'blocked' || (isKnown && kind === 'ranges')) && decades >= 0.5,
  );
  return surest && isFraud(weighed) ? 'fraud' : 'review';
}

function surgeOf(
  one: Watched,
  candidates: readonly Candidate[],
  peers: readonly CountedSeries[],
  start: number,
): Surge | undefined {
  const stretch = stretchOf(one, candidates);
  if (!stretch) return undefined;
  const { from, to, best } = stretch;
  const { expected, variance } = foreseen(one, stretch, from, to);
  const observed = one.counts.subarray(from, to).reduce((a, b) => a + b, 0);
  const { leastExcess, leastMessages } = detectParameters;
  if (observed < leastMessages || observed - expected < leastExcess) return undefined;
  const logP = logNegativeBinomialUpper(observed, expected, variance);
  if (logP > Math.log(0.01)) return undefined;
  const lastDay = foreseen(one, stretch, firstHourOfLastDay, hours).expected;
  const weighed = weighCounts(one.series, {
    country: one.country,
    from,
    to,
    observed,
    expected,
    variance,
    logP,
    expectedInLastDay: lastDay,
    commonRatio: commonRatio(peers, best.hour, best.window),
  });
  return {
    account: one.account,
    label: labelOf(weighed, one.isKnown),
    from: start + from * hour,
    to: start + to * hour,
    observed,
    expected,
    atMost: atMost(expected, variance),
    excess: observed - expected,
    p: Math.exp(logP),
    q: Math.exp(Math.min(0, best.logQ)),
    ...weighed,
  };
}

/** The least count that is exceeded in no more than 2.5 % of cases. */
function atMost(mean: number, variance: number): number {
  let low = 0;
  let high = Math.ceil(mean + 12 * Math.sqrt(variance) + 10);
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (logNegativeBinomialUpper(middle + 1, mean, variance) <= Math.log(0.025)) high = middle;
    else low = middle + 1;
  }
  return low;
}
