import { maskCodes } from '../evidence/maskCodes.ts';
import { rangeOf } from '../model/numberRange.ts';
import type { AccountSid } from '../model/sid.ts';
import { maskNumber } from '../untrusted/phoneNumbers.ts';
import { untrusted } from '../untrusted.ts';
import type { Blocks } from './blocks.ts';
import type { CountryOrBucket } from './country.ts';
import { accountName, accountShares } from './panelRows.ts';
import { type HourlyTraffic, hourly, seriesOf } from './ranking.ts';
import type { TrafficReport } from './report.ts';
import type { Sample } from './samples.ts';
import { countIn, firstHourOfLastDay } from './table.ts';
import { type UsualRange, usualRange } from './usualRange.ts';

/** The country a person looks at: its hours, and what is behind its last 24. */
export interface CountryDetail extends HourlyTraffic, UsualRange {
  readonly country: CountryOrBucket;
  /** Blocks of 10,000 numbers that got most messages in the last 24 hours. Shares are from 0 to 1. */
  readonly ranges: readonly {
    readonly range: string;
    readonly messages: number;
    readonly share: number;
    /** Its share of the six days before; `null` where nothing was sent there, or it was not counted. */
    readonly before: number | null;
  }[];
  /** Who sent in the last 24 hours; empty where only one account is looked at. */
  readonly senders: readonly {
    readonly sid: string;
    readonly name: string;
    readonly messages: number;
    readonly excess: number;
  }[];
  /** Messages of the last 24 hours: numbers and codes masked, texts defanged, each one line. */
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

export function countryDetail(
  report: TrafficReport,
  country: CountryOrBucket,
  account: AccountSid | undefined,
): CountryDetail {
  const hours = hourly(report, country, account);
  const series = seriesOf(report, country, account);
  const shares = account === undefined && report.accounts.length > 1 ? accountShares(report, country) : [];
  const total = countIn(series, 'sent', firstHourOfLastDay);
  const earlier = countIn(series, 'sent', 0, firstHourOfLastDay);
  const counted = series.every(({ blocksBefore }) => blocksBefore !== undefined);
  const before = summed(series.flatMap(({ blocksBefore }) => (blocksBefore ? [blocksBefore] : [])));
  // Small counts can be missing where there are too many blocks to count them all (see `createBlocks`).
  const all = [...before.values()].reduce((a, b) => a + b, 0) >= earlier;
  const ranges = [...summed(series.map(({ blocks }) => blocks))]
    .sort(([a, many], [b, more]) => more - many || (a < b ? -1 : 1))
    .slice(0, mostRanges)
    .map(([range, messages]) => ({
      range,
      messages,
      share: total > 0 ? Math.min(1, messages / total) : 0,
      before:
        counted && earlier > 0 ? Math.min(1, (before.get(range) ?? (all ? 0 : unseen * earlier)) / earlier) : null,
    }));
  return {
    country,
    ...hours,
    ...usualRange(hours.sent, hours.expected),
    ranges,
    senders: shares.slice(0, mostSenders).map(({ account: one, messages, excess }) => ({
      sid: one.account,
      name: accountName(one),
      messages,
      excess,
    })),
    samples: series
      .flatMap(({ samples }) => samples?.kept() ?? [])
      .sort((a, b) => b.at - a.at)
      .slice(0, mostSamples)
      .map(inert),
  };
}

function summed(all: readonly Blocks[]): ReadonlyMap<string, number> {
  const sums = new Map<string, number>();
  for (const blocks of all)
    for (const [range, messages] of blocks.counts()) sums.set(range, (sums.get(range) ?? 0) + messages);
  return sums;
}

function inert({ at, to, from, body, status, errorCode }: Sample): CountryDetail['samples'][number] {
  return {
    at,
    to: rangeOf(to),
    from: untrusted(maskNumber(from)).for('label'),
    // Masked before it is cut: half a code must not pass for a word.
    body: untrusted(maskCodes(body).text).for('log'),
    outcome: untrusted(errorCode === undefined ? status : `${status} (${errorCode})`).for('label'),
  };
}
