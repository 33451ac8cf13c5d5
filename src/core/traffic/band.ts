import { span } from '../model/age.ts';
import type { AccountSid } from '../model/sid.ts';
import type { CountryOrBucket } from './country.ts';
import { usualOf, youngSeries } from './detected.ts';
import { logBegins } from './logBegins.ts';
import type { TrafficReport } from './report.ts';
import { byHour, type CountrySeries } from './table.ts';
import { expectedByHour } from './totals.ts';
import { type UsualRange, usualRange } from './usualRange.ts';
import { hours } from './window.ts';

/** What is usual, hour by hour of the window. */
export interface Band extends UsualRange {
  readonly expected: readonly number[];
  /** The first hour of the window of which anything is known to be usual: before it nothing is to be drawn. */
  readonly usualFrom: number;
}

/** As the detector foretold it; without a week of history from medians of the six days before the last 24 hours. */
export function bandOf(
  report: TrafficReport,
  country: CountryOrBucket,
  account: AccountSid | undefined,
  series: readonly CountrySeries[],
  sent: readonly number[],
): Band {
  const usual = usualOf(report, country, account);
  if (!usual) {
    const expected = expectedByHour(series);
    return { expected, ...usualRange(sent, expected), usualFrom: beginsAt(report) };
  }
  const { expected, lower, upper, first } = usual;
  const young = youngSeries(report, country, account);
  if (young.length === 0) return { expected: [...expected], lower: [...lower], upper: [...upper], usualFrom: first };
  const added = expectedByHour(young);
  const range = usualRange(byHour(young, 'sent'), added);
  const plus = (column: Float64Array, other: readonly number[]): number[] =>
    Array.from(column, (value, at) => value + (other[at] ?? 0));
  return { expected: plus(expected, added), lower: [...lower], upper: plus(upper, range.upper), usualFrom: first };
}

/** The hour of the window in which the log begins; 0 where it is known from the start. */
function beginsAt(report: TrafficReport): number {
  const begins = logBegins(report);
  return begins === undefined ? 0 : Math.min(hours, Math.ceil((begins - report.window.from) / span.hour));
}
