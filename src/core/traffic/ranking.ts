import type { AccountSid } from '../model/sid.ts';
import { type Band, bandOf } from './band.ts';
import type { CountryOrBucket } from './country.ts';
import { countryName } from './countryName.ts';
import { type Flag, flagOf, sentenceOf } from './flags.ts';
import type { TrafficReport } from './report.ts';
import { surgeEnd } from './surgeEnd.ts';
import { type Label, type Surge, surgesOf } from './surges.ts';
import { verdictOf } from './surgeText.ts';
import { byHour, type CountrySeries } from './table.ts';
import type { CountryTotals } from './totals.ts';
import { usualTotals } from './usualTotals.ts';

export interface RankedCountry extends CountryTotals {
  readonly name: string;
  readonly flag?: Flag;
  /** Of what is flagged: whether anything beside volume says that it is fraud. */
  readonly label?: Label;
  /** What the detector found in one account; absent where only the rule of `flagOf` tells it. */
  readonly surge?: Surge;
  /** Of a flag that is no longer on: when it ended, epoch milliseconds. */
  readonly until?: number;
  readonly sentence: string;
  /** What the flag is taken for, and since when; empty without a flag. */
  readonly verdict: string;
}

/** One country hour by hour over the window. */
export interface HourlyTraffic extends Band {
  /** Start of the first hour, epoch milliseconds UTC. */
  readonly from: number;
  readonly sent: readonly number[];
  /** By SMS Pumping Protection or Verify Fraud Guard. */
  readonly blocked: readonly number[];
}

/**
 * The countries of all accounts, or of one: flagged ones first, what looks like fraud before the others, what is on before what is over
 * and by excess over a usual day, then the rest by volume of the last 24 hours and of the window.
 */
export function rankCountries(report: TrafficReport, account?: AccountSid): readonly RankedCountry[] {
  const accounts = report.accounts.filter((one) => account === undefined || one.account === account);
  const complete = accounts.every(({ missing }) => missing === undefined);
  const countries = new Set(accounts.flatMap(({ table }) => [...table.keys()]));
  return [...countries]
    .map((country): RankedCountry => {
      const totals = usualTotals(report, country, account, seriesOf(report, country, account));
      const name = countryName(country);
      return {
        ...totals,
        name,
        ...flagged(report, totals, account),
        sentence: sentenceOf(name, totals, complete, report.channel),
      };
    })
    .sort(byUrgency);
}

/** A surge in one account is one of the country, though the others may hide it. */
function flagged(
  report: TrafficReport,
  totals: CountryTotals,
  account: AccountSid | undefined,
): Pick<RankedCountry, 'flag' | 'label' | 'surge' | 'until' | 'verdict'> {
  const { country } = totals;
  const surges = (surgesOf(report).get(country) ?? []).filter(
    (one) => account === undefined || one.account === account,
  );
  const [surge] = surges;
  const flag = flagOf(totals) ?? (surge && (totals.before === 0 ? 'never-seen' : 'surging'));
  if (!flag) return { verdict: '' };
  const label = surge?.label ?? 'review';
  const withHours = surges.map((one) => ({ ...one, hours: hourly(report, country, one.account) }));
  const until = surgeEnd(withHours, totals, report.window.to);
  return {
    flag,
    label,
    ...(surge && { surge }),
    ...(until !== undefined && { until }),
    verdict: verdictOf(label, surge, report.channel, { firstAt: totals.firstAt, until }),
  };
}

const counted = new WeakMap<TrafficReport, Map<string, HourlyTraffic>>();

/** The hours of one country, in all accounts or in one. Counted once for each report: whoever looks at it asks again and again. */
export function hourly(report: TrafficReport, country: CountryOrBucket, account?: AccountSid): HourlyTraffic {
  const known = counted.get(report) ?? new Map<string, HourlyTraffic>();
  counted.set(report, known);
  const key = `${country} ${account ?? ''}`;
  const found = known.get(key) ?? countHours(report, country, account);
  known.set(key, found);
  return found;
}

function countHours(report: TrafficReport, country: CountryOrBucket, account: AccountSid | undefined): HourlyTraffic {
  const series = seriesOf(report, country, account);
  const guard = byHour(series, 'guardBlocked');
  const sent = byHour(series, 'sent');
  return {
    from: report.window.from,
    sent,
    blocked: byHour(series, 'pumpingBlocked').map((count, at) => count + (guard[at] ?? 0)),
    ...bandOf(report, country, account, series, sent),
  };
}

/** One series per account that sent there. */
export function seriesOf(
  report: TrafficReport,
  country: CountryOrBucket,
  account?: AccountSid,
): readonly CountrySeries[] {
  return report.accounts
    .filter((one) => account === undefined || one.account === account)
    .map(({ table }) => table.get(country))
    .filter((series) => series !== undefined);
}

/** Flagged ones first, fraud before the others, what is on before what is over and by excess, then by volume. */
export function byUrgency(a: RankedCountry, b: RankedCountry): number {
  if (a.flag && b.flag && a.label !== b.label) return a.label === 'fraud' ? -1 : 1;
  if (a.flag && b.flag && isOver(a) !== isOver(b)) return isOver(a) ? 1 : -1;
  if (a.flag && b.flag) return b.excess - a.excess || byName(a, b);
  if (a.flag || b.flag) return a.flag ? -1 : 1;
  return b.observed - a.observed || b.window.messages - a.window.messages || byName(a, b);
}

function isOver({ until }: RankedCountry): boolean {
  return until !== undefined;
}

function byName(a: RankedCountry, b: RankedCountry): number {
  return a.country < b.country ? -1 : 1;
}
