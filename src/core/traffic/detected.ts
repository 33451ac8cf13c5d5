import type { AccountSid } from '../model/sid.ts';
import type { Channel } from './channel.ts';
import type { CountryOrBucket } from './country.ts';
import type { Finding } from './detect/finding.ts';
import type { TrafficReport } from './report.ts';
import type { CountrySeries } from './table.ts';

/** Whole days that must be known before the last 24 hours for the detector to foretell them: one of each weekday. */
export const leastHistoryDays = 7;

/** What was foretold of one account's traffic to a country, or of all accounts' together, by the hours of the report's window. */
export interface UsualHours {
  /** Absent: all accounts that sent there. */
  readonly account?: string;
  readonly country: CountryOrBucket;
  /** The first hour of the window something is foretold of; what stands in hours before it is 0 and means nothing. */
  readonly first: number;
  readonly expected: Float64Array;
  /** Between these an hour is nothing unusual: but for 0.27 % of hours, as three standard deviations leave out of a normal distribution. */
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  /** Of the last 24 hours together: the mean, and the 95 % predictive interval. */
  readonly lastDay: { readonly expected: number; readonly lower: number; readonly upper: number };
  /** Messages that are known from before the last 24 hours. */
  readonly before: number;
}

/** How far back an account's traffic is known. */
export interface KnownAccount {
  readonly account: string;
  /** Epoch milliseconds, a midnight UTC. */
  readonly since: number;
  /** Whole days before the last 24 hours. */
  readonly days: number;
}

/** What the detector says of the accounts it knows for long enough. Plain data. */
export interface Detected {
  readonly accounts: readonly KnownAccount[];
  readonly usual: readonly UsualHours[];
  /** The surest fraud first; everything since the accounts are known, so not only of the window. */
  readonly findings: readonly Finding[];
}

/** What was foretold there: of one account, or of all that are known for long enough; `undefined` where none is. */
export function usualOf(
  { detected }: Pick<TrafficReport, 'detected'>,
  country: CountryOrBucket,
  account?: AccountSid,
): UsualHours | undefined {
  return detected?.usual.find((one) => one.country === country && one.account === account);
}

/** What accounts send there that the detector does not know for long enough: medians stand for them. */
export function youngSeries(
  { detected, accounts }: TrafficReport,
  country: CountryOrBucket,
  account?: AccountSid,
): readonly CountrySeries[] {
  const known = new Set(detected?.accounts.map((one) => one.account));
  return accounts
    .filter((one) => (account === undefined || one.account === account) && !known.has(one.account))
    .flatMap(({ table }) => table.get(country) ?? []);
}

/** Days of history behind what is called usual: of the known account with fewest; `undefined` where medians stand for all. */
export function historyDays({ detected, accounts }: TrafficReport, account?: AccountSid): number | undefined {
  const asked = new Set<string>(accounts.map((one) => one.account).filter((one) => one === (account ?? one)));
  const days = (detected?.accounts ?? []).filter((one) => asked.has(one.account)).map((one) => one.days);
  return days.length > 0 ? Math.min(...days) : undefined;
}

/** What counts are held against, as a sentence for who reads them. */
export function comparisonOf(report: TrafficReport, account?: AccountSid): string {
  const days = historyDays(report, account);
  if (days === undefined)
    return `Not enough history for the detector (${leastHistoryDays} days before the last 24 hours): compared with the median of the 6 days before. Collect ${leastHistoryDays + 1} days or more to have it judged.`;
  const known = new Set(report.detected?.accounts.map((one) => one.account));
  const young = report.accounts.filter((one) => account === undefined && one.table.size > 0 && !known.has(one.account));
  const others =
    young.length === 0
      ? ''
      : ` ${young.length === 1 ? 'One account has' : `${young.length} accounts have`} less than ${leastHistoryDays} days of it and ${young.length === 1 ? 'is' : 'are'} compared with the median of the 6 days before.`;
  return `Compared with what ${days} days of history foretell.${others}`;
}

/** The report with what the detector said of one of its channels. */
export function judged(report: TrafficReport, channel: Channel, detected: Detected): TrafficReport {
  if (channel === 'sms') return { ...report, detected };
  const other = report.others?.[channel];
  return other ? { ...report, others: { ...report.others, [channel]: { ...other, detected } } } : report;
}
