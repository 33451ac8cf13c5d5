import type { AccountSid } from '../model/sid.ts';
import { shortSid } from '../model/sid.ts';
import { untrusted } from '../untrusted.ts';
import type { CountryOrBucket } from './country.ts';
import { type Flag, percent } from './flags.ts';
import type { Money } from './money.ts';
import type { HourSpan } from './panelSpan.ts';
import { byUrgency, type RankedCountry, rankCountries, seriesOf } from './ranking.ts';
import type { AccountTraffic, TrafficReport } from './report.ts';
import type { Label } from './surges.ts';
import { firstHourOfLastDay } from './table.ts';
import { expectedByHour, spanTotals, totalsOf } from './totals.ts';
import { hours } from './window.ts';

/** A country in the hours shown. Flag, label and sentences are about the last 24 hours whatever is shown. */
export interface TrafficRow {
  readonly country: CountryOrBucket;
  readonly name: string;
  readonly flag: Flag | null;
  /** Of a flag: whether anything beside volume says that it is fraud. */
  readonly label: Label | null;
  readonly sentence: string;
  /** What a flag is taken for, since when, and what is not known, in one line; else empty. */
  readonly verdict: string;
  /** Which account most of a flagged country's excess is from, as a sentence; empty where there is nothing to tell. */
  readonly origin: string;
  readonly observed: number;
  readonly expected: number;
  readonly excess: number;
  readonly blocked: number;
  readonly delivered: number;
  readonly cost: readonly Money[];
  /** True when something in `cost` is estimated. */
  readonly costEstimated: boolean;
  /** Messages that are not in `cost` yet, not even estimated. */
  readonly unpriced: number;
  /** Messages in the whole window. */
  readonly week: number;
}

/** All countries of all accounts, or of one, in the order of the table. */
export function panelRows(
  report: TrafficReport,
  account: AccountSid | undefined,
  span: HourSpan,
): readonly TrafficRow[] {
  const isLastDay = span.first === firstHourOfLastDay && span.end === hours;
  const ranked = rankCountries(report, account);
  const within = isLastDay ? ranked : ranked.map((one) => narrowed(one, report, account, span)).sort(byUrgency);
  return within.map((one) => rowOf(one, account === undefined ? originOf(report, one) : ''));
}

/** The same country counted in other hours than the last 24. */
function narrowed(
  one: RankedCountry,
  report: TrafficReport,
  account: AccountSid | undefined,
  { first, end }: HourSpan,
): RankedCountry {
  const series = seriesOf(report, one.country, account);
  const lastDay = spanTotals(one.country, series, report.prices ?? [], first, end);
  const expected = expectedByHour(series)
    .slice(first, end)
    .reduce((a, b) => a + b, 0);
  return { ...one, lastDay, observed: lastDay.messages, expected, excess: lastDay.messages - expected };
}

function rowOf(ranked: RankedCountry, origin: string): TrafficRow {
  const { country, name, flag, label, sentence, verdict, observed, expected, excess, lastDay, window } = ranked;
  const { pumpingBlocked, guardBlocked, delivered, cost, costEstimated, unpriced } = lastDay;
  const blocked = pumpingBlocked + guardBlocked;
  const counts = { observed, expected, excess, blocked, delivered, unpriced, week: window.messages };
  const told = { flag: flag ?? null, label: label ?? null, sentence, verdict, origin };
  return { country, name, ...told, cost, costEstimated, ...counts };
}

/** An account's part of a country's traffic in the last 24 hours. */
export interface AccountShare {
  readonly account: AccountTraffic;
  readonly messages: number;
  readonly excess: number;
}

/** The accounts that sent there in the last 24 hours, largest excess over their own usual day first. */
export function accountShares(report: TrafficReport, country: CountryOrBucket): readonly AccountShare[] {
  return report.accounts
    .flatMap((account): readonly AccountShare[] => {
      const series = account.table.get(country);
      if (!series) return [];
      const { observed, excess } = totalsOf(country, [series]);
      return observed > 0 ? [{ account, messages: observed, excess }] : [];
    })
    .sort((a, b) => b.excess - a.excess || b.messages - a.messages);
}

function originOf(report: TrafficReport, { country, flag }: RankedCountry): string {
  if (!flag || report.accounts.length < 2) return '';
  const shares = accountShares(report, country);
  const [most] = shares;
  const total = shares.reduce((sum, { excess }) => sum + Math.max(0, excess), 0);
  if (!most || total <= 0 || most.excess < 0.5 * total) return '';
  const name = accountName(most.account);
  return most.excess === total ? `All from ${name}.` : `${percent(most.excess, total)} of the excess from ${name}.`;
}

/** The page writes text only as text; this also shows what is invisible in it and cuts what is endless. */
export function accountName({ account, name }: Pick<AccountTraffic, 'account' | 'name'>): string {
  return untrusted(name).for('label') || shortSid(account);
}
