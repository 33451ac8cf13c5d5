import type { AccountSid } from '../model/sid.ts';
import type { CountryOrBucket } from './country.ts';
import { hourly } from './ranking.ts';
import type { TrafficReport } from './report.ts';

/** Countries hour by hour beside each other. */
export interface HeatRow {
  readonly country: CountryOrBucket;
  readonly name: string;
  readonly sent: readonly number[];
  /** 1 for an hour above its usual range, else 0. */
  readonly above: readonly (0 | 1)[];
}

/** So many countries are beside each other. */
const most = 12;
/** Fewer messages than this in an hour are no wave, whatever is usual. */
const fewest = 5;

/** The first countries of the table: flagged ones, then the busiest. */
export function heatRows(
  report: TrafficReport,
  countries: readonly { readonly country: CountryOrBucket; readonly name: string }[],
  account: AccountSid | undefined,
): readonly HeatRow[] {
  return countries.slice(0, most).map(({ country, name }) => {
    const { sent, upper, usualFrom } = hourly(report, country, account);
    const above = sent.map((count, at): 0 | 1 =>
      at >= usualFrom && count >= fewest && count > (upper[at] ?? 0) ? 1 : 0,
    );
    return { country, name, sent, above };
  });
}
