import type { AccountSid } from '../model/sid.ts';
import type { CountryOrBucket } from './country.ts';
import { countryName } from './countryName.ts';
import { type Flag, flagOf, sentenceOf } from './flags.ts';
import type { TrafficReport } from './report.ts';
import { byHour, type CountrySeries } from './table.ts';
import { type CountryTotals, expectedByHour, totalsOf } from './totals.ts';

export interface RankedCountry extends CountryTotals {
  readonly name: string;
  readonly flag?: Flag;
  readonly sentence: string;
}

/** One country hour by hour over the window. */
export interface HourlyTraffic {
  /** Start of the first hour, epoch milliseconds UTC. */
  readonly from: number;
  readonly sent: readonly number[];
  /** By SMS Pumping Protection or Verify Fraud Guard. */
  readonly blocked: readonly number[];
  readonly expected: readonly number[];
}

/**
 * The countries of all accounts, or of one: flagged ones first, by excess over a usual day, then the others by volume of the
 * last 24 hours and of the window.
 */
export function rankCountries(report: TrafficReport, account?: AccountSid): readonly RankedCountry[] {
  const accounts = report.accounts.filter((one) => account === undefined || one.account === account);
  const complete = accounts.every(({ missing }) => missing === undefined);
  const countries = new Set(accounts.flatMap(({ table }) => [...table.keys()]));
  return [...countries]
    .map((country): RankedCountry => {
      const totals = totalsOf(country, seriesOf(report, country, account));
      const flag = flagOf(totals);
      const name = countryName(country);
      return { ...totals, name, ...(flag && { flag }), sentence: sentenceOf(name, totals, complete) };
    })
    .sort(byUrgency);
}

/** The hours of one country, in all accounts or in one. */
export function hourly(report: TrafficReport, country: CountryOrBucket, account?: AccountSid): HourlyTraffic {
  const series = seriesOf(report, country, account);
  const guard = byHour(series, 'guardBlocked');
  return {
    from: report.window.from,
    sent: byHour(series, 'sent'),
    blocked: byHour(series, 'pumpingBlocked').map((count, at) => count + (guard[at] ?? 0)),
    expected: expectedByHour(series),
  };
}

function seriesOf(report: TrafficReport, country: CountryOrBucket, account?: AccountSid): readonly CountrySeries[] {
  return report.accounts
    .filter((one) => account === undefined || one.account === account)
    .map(({ table }) => table.get(country))
    .filter((series) => series !== undefined);
}

function byUrgency(a: RankedCountry, b: RankedCountry): number {
  if (a.flag && b.flag) return b.excess - a.excess || byName(a, b);
  if (a.flag || b.flag) return a.flag ? -1 : 1;
  return b.observed - a.observed || b.window.messages - a.window.messages || byName(a, b);
}

function byName(a: RankedCountry, b: RankedCountry): number {
  return a.country < b.country ? -1 : 1;
}
