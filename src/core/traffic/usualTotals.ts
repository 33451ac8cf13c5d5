import type { AccountSid } from '../model/sid.ts';
import type { CountryOrBucket } from './country.ts';
import { historyDays, usualOf, youngSeries } from './detected.ts';
import { pricesFor } from './priceList.ts';
import type { TrafficReport } from './report.ts';
import type { CountrySeries } from './table.ts';
import { type CountryTotals, totalsOf } from './totals.ts';

/** The totals of a country held against what the detector foretold of its last 24 hours; against medians where it has no week of history. */
export function usualTotals(
  report: TrafficReport,
  country: CountryOrBucket,
  account: AccountSid | undefined,
  series: readonly CountrySeries[],
): CountryTotals {
  const totals = totalsOf(country, series, pricesFor(report.channel, report.prices));
  const usual = usualOf(report, country, account);
  const days = historyDays(report, account);
  if (!usual || days === undefined) return totals;
  const young = youngSeries(report, country, account);
  const others = young.length > 0 ? totalsOf(country, young) : { expected: 0, before: 0 };
  const expected = usual.lastDay.expected + others.expected;
  const upper = usual.lastDay.upper + (young.length > 0 ? chanceAbove(others.expected) : 0);
  return {
    ...totals,
    expected,
    before: usual.before + others.before,
    excess: totals.observed - expected,
    foretold: { lower: usual.lastDay.lower, upper: Math.round(upper), days },
  };
}

/** No more than this by chance where a median is all that is known: a Poisson count's mean and two of its deviations. */
function chanceAbove(median: number): number {
  return median + 2 * Math.sqrt(Math.max(1, median));
}
