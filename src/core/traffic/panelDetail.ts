import { maskCodes } from '../evidence/maskCodes.ts';
import { rangeOf } from '../model/numberRange.ts';
import type { AccountSid } from '../model/sid.ts';
import { maskNumber } from '../untrusted/phoneNumbers.ts';
import { untrusted } from '../untrusted.ts';
import { type Channel, channelWords } from './channel.ts';
import type { CountryOrBucket } from './country.ts';
import { accountName, accountShares } from './panelRows.ts';
import { type HourSpan, isLastDay, lastDay } from './panelSpan.ts';
import { type HourlyTraffic, hourly, seriesOf } from './ranking.ts';
import type { TrafficReport } from './report.ts';
import type { Sample } from './samples.ts';
import { type CountrySeries, countIn } from './table.ts';

/** Which hours something is of: those shown, or the last 24 because of others it was not kept; `unknown`: it is not known of any. */
export type Extent = 'shown' | 'last-day' | 'unknown';

/** The country a person looks at: its hours, and what is behind those shown. */
export interface CountryDetail extends HourlyTraffic {
  readonly country: CountryOrBucket;
  readonly rangesOf: Extent;
  readonly samplesOf: Extent;
  /** Blocks of 10,000 numbers that got most messages. Shares are from 0 to 1. */
  readonly ranges: readonly {
    readonly range: string;
    readonly messages: number;
    readonly share: number;
    /** Its share of the window before; `null` where nothing was sent there, or it was not counted. */
    readonly before: number | null;
  }[];
  /** Who sent in the hours shown; empty where only one account is looked at. */
  readonly senders: readonly {
    readonly sid: string;
    readonly name: string;
    readonly messages: number;
    readonly excess: number;
  }[];
  /** The newest messages: numbers and codes masked, texts defanged, each one line. */
  readonly samples: readonly {
    readonly at: number;
    readonly to: string;
    readonly from: string;
    readonly body: string;
    readonly outcome: string;
  }[];
}

const mostRanges = 6;
/** A share too small to have been counted: it is shown as less than one per cent. */
const unseen = 0.001;
const mostSenders = 4;
const mostSamples = 5;

/** `shown`: the hours the numbers are of. */
export function countryDetail(
  report: TrafficReport,
  country: CountryOrBucket,
  account: AccountSid | undefined,
  shown: HourSpan = lastDay,
): CountryDetail {
  const series = seriesOf(report, country, account);
  const shares = account === undefined && report.accounts.length > 1 ? accountShares(report, country, shown) : [];
  return {
    country,
    ...hourly(report, country, account),
    ...rangesIn(series, shown),
    senders: shares.slice(0, mostSenders).map(({ account: one, messages, excess }) => ({
      sid: one.account,
      name: accountName(one),
      messages,
      excess,
    })),
    ...samplesIn(series, shown, report),
  };
}

function rangesIn(series: readonly CountrySeries[], shown: HourSpan): Pick<CountryDetail, 'ranges' | 'rangesOf'> {
  const kept = isLastDay(shown) ? undefined : series.map(({ blockHours }) => blockHours);
  if (kept?.every((one) => one !== undefined)) {
    const before = summed(kept.map((one) => one.within({ first: 0, end: shown.first })));
    const now = summed(kept.map((one) => one.within(shown)));
    return { ranges: topRanges(series, shown, now, before), rangesOf: 'shown' };
  }
  const counted = series.every(({ blocksBefore }) => blocksBefore !== undefined);
  const before = summed(series.flatMap(({ blocksBefore }) => (blocksBefore ? [blocksBefore.counts()] : [])));
  const now = summed(series.map(({ blocks }) => blocks.counts()));
  const ranges = topRanges(series, lastDay, now, counted ? before : undefined);
  return { ranges, rangesOf: isLastDay(shown) ? 'shown' : 'last-day' };
}

function topRanges(
  series: readonly CountrySeries[],
  { first, end }: HourSpan,
  counts: ReadonlyMap<string, number>,
  before: ReadonlyMap<string, number> | undefined,
): CountryDetail['ranges'] {
  const total = countIn(series, 'sent', first, end);
  const earlier = countIn(series, 'sent', 0, first);
  // Small counts can be missing where there are too many blocks to count them all (see `createBlocks`).
  const all = [...(before?.values() ?? [])].reduce((a, b) => a + b, 0) >= earlier;
  return [...counts]
    .sort(([a, many], [b, more]) => more - many || (a < b ? -1 : 1))
    .slice(0, mostRanges)
    .map(([range, messages]) => ({
      range,
      messages,
      share: total > 0 ? Math.min(1, messages / total) : 0,
      before: before && earlier > 0 ? Math.min(1, (before.get(range) ?? (all ? 0 : unseen * earlier)) / earlier) : null,
    }));
}

function samplesIn(
  series: readonly CountrySeries[],
  shown: HourSpan,
  { window, channel = 'sms' }: TrafficReport,
): Pick<CountryDetail, 'samples' | 'samplesOf'> {
  const isKept = series.some(({ samples }) => samples !== undefined);
  const kept = isLastDay(shown)
    ? series.flatMap(({ samples }) => samples?.kept() ?? [])
    : series.flatMap(({ sampleHours }) => sampleHours?.within(shown, window.from) ?? []);
  const newest = kept
    .toSorted((a, b) => b.at - a.at)
    .slice(0, mostSamples)
    .map((sample) => inert(sample, channel));
  return { samples: newest, samplesOf: isKept ? 'shown' : 'unknown' };
}

function summed(all: readonly ReadonlyMap<string, number>[]): ReadonlyMap<string, number> {
  const sums = new Map<string, number>();
  for (const counts of all) for (const [range, messages] of counts) sums.set(range, (sums.get(range) ?? 0) + messages);
  return sums;
}

function inert({ at, to, from, body, status, errorCode }: Sample, channel: Channel): CountryDetail['samples'][number] {
  const outcome = status === 'delivered' ? channelWords[channel].success.toLowerCase() : status;
  return {
    at,
    to: rangeOf(to),
    from: untrusted(maskNumber(from)).for('label'),
    // Masked before it is cut: half a code must not pass for a word.
    body: untrusted(maskCodes(body).text).for('log'),
    outcome: untrusted(errorCode === undefined ? outcome : `${outcome} (${errorCode})`).for('label'),
  };
}
