import type { AccountSid } from '../model/sid.ts';
import { shortSid } from '../model/sid.ts';
import { untrusted } from '../untrusted.ts';
import type { CountryOrBucket } from './country.ts';
import { type Flag, percent } from './flags.ts';
import type { Money } from './money.ts';
import { type RowFinding, rowFinding } from './panelFinding.ts';
import { type HourSpan, isLastDay, lastDay } from './panelSpan.ts';
import { pricesFor } from './priceList.ts';
import { byUrgency, hourly, type RankedCountry, rankCountries, seriesOf } from './ranking.ts';
import type { AccountTraffic, TrafficReport } from './report.ts';
import type { Label } from './surges.ts';
import { surgeOnset } from './surgeText.ts';
import { countIn } from './table.ts';
import { spanTotals } from './totals.ts';
import { usualTotals } from './usualTotals.ts';

/** A country in the hours shown. Flag, label and sentences are about the last 24 hours whatever is shown. */
export interface TrafficRow {
  readonly country: CountryOrBucket;
  readonly name: string;
  readonly flag: Flag | null;
  /** Of a flag: whether anything beside volume says that it is fraud. */
  readonly label: Label | null;
  /** Of a flag: when what it is about began, epoch milliseconds; `null` where that is not known. */
  readonly since: number | null;
  /** Of a flag that is no longer on: when it ended, epoch milliseconds; else `null`. */
  readonly until: number | null;
  readonly sentence: string;
  /** What a flag is taken for, since when, and what is not known, in one line; else empty. */
  readonly verdict: string;
  /** Which account most of a flagged country's excess is from, as a sentence; empty where there is nothing to tell. */
  readonly origin: string;
  readonly observed: number;
  /** In whole messages, as is `excess`: `observed` − `expected`. */
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
  /** Of a flag that more than the simple rule tells: its figures, and what was missing to be sure. */
  readonly finding: RowFinding | null;
}

/** All countries of all accounts, or of one, in the order of the table. `ranked`: by their last 24 hours, where that is known already. */
export function panelRows(
  report: TrafficReport,
  account: AccountSid | undefined,
  span: HourSpan,
  ranked: readonly RankedCountry[] = rankCountries(report, account),
): readonly TrafficRow[] {
  const within = isLastDay(span) ? ranked : ranked.map((one) => narrowed(one, report, account, span)).sort(byUrgency);
  return within.map((one) => rowOf(one, account === undefined ? originOf(report, one) : '', report));
}

/** The same country counted in other hours than the last 24. */
function narrowed(
  one: RankedCountry,
  report: TrafficReport,
  account: AccountSid | undefined,
  { first, end }: HourSpan,
): RankedCountry {
  const series = seriesOf(report, one.country, account);
  const totals = spanTotals(one.country, series, pricesFor(report.channel, report.prices), first, end);
  const expected = expectedIn(report, one.country, account, { first, end });
  return { ...one, lastDay: totals, observed: totals.messages, expected, excess: totals.messages - expected };
}

function expectedIn(
  report: TrafficReport,
  country: CountryOrBucket,
  account: AccountSid | undefined,
  { first, end }: HourSpan,
): number {
  return hourly(report, country, account)
    .expected.slice(first, end)
    .reduce((a, b) => a + b, 0);
}

function rowOf(ranked: RankedCountry, origin: string, { channel, window: { to: now } }: TrafficReport): TrafficRow {
  const { country, name, flag, label, sentence, verdict, observed, lastDay, window, surge, until } = ranked;
  // Whole messages everywhere: a median may end in a half, and the numbers beside each other have to add up.
  const expected = Math.round(ranked.expected);
  const excess = observed - expected;
  const { firstAt, before } = ranked;
  const began = surge ? surgeOnset(surge, firstAt) : before === 0 ? firstAt : undefined;
  const since = flag === undefined ? undefined : began;
  const { pumpingBlocked, guardBlocked, delivered, cost, costEstimated, unpriced } = lastDay;
  const blocked = pumpingBlocked + guardBlocked;
  const counts = { observed, expected, excess, blocked, delivered, unpriced, week: window.messages };
  const told = {
    flag: flag ?? null,
    label: label ?? null,
    since: since ?? null,
    until: until ?? null,
    sentence,
    verdict,
    origin,
  };
  const finding = flag !== undefined && surge ? rowFinding(surge, channel, { firstAt, now }) : null;
  return { country, name, ...told, cost, costEstimated, ...counts, finding };
}

/** An account's part of a country's traffic in the hours looked at. */
export interface AccountShare {
  readonly account: AccountTraffic;
  readonly messages: number;
  readonly excess: number;
}

/** The accounts that sent there in these hours, the last 24 unless told; largest excess over what is usual for themselves first. */
export function accountShares(
  report: TrafficReport,
  country: CountryOrBucket,
  span: HourSpan = lastDay,
): readonly AccountShare[] {
  return report.accounts
    .flatMap((account): readonly AccountShare[] => {
      const series = account.table.get(country);
      if (!series) return [];
      const messages = countIn([series], 'sent', span.first, span.end);
      const expected = isLastDay(span)
        ? usualTotals(report, country, account.account, [series]).expected
        : expectedIn(report, country, account.account, span);
      return messages > 0 ? [{ account, messages, excess: messages - Math.round(expected) }] : [];
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
