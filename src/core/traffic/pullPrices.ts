import { Cancelled, UserError } from '../errors.ts';
import type { AccountSid } from '../model/sid.ts';
import type { Cancellation, Twilio } from '../ports.ts';
import { segmentPrice, type UnitPrice } from './priceList.ts';
import type { TrafficReport } from './report.ts';

/** So many countries are looked up, those with most messages without a price first: each is a request of its own. */
const mostCountries = 30;

/**
 * Adds to a report what Twilio charges for a segment to the countries whose messages are not all priced. Prices that cannot be
 * read are left out: what they would be for is estimated from the report itself, or stays unknown and is shown as such.
 */
export async function withPrices(
  twilio: Twilio,
  account: AccountSid,
  report: TrafficReport,
  cancel?: Cancellation,
): Promise<TrafficReport> {
  const open = new Map<string, number>();
  for (const { table } of report.accounts)
    for (const [country, { segments }] of table) {
      const count = segments.unpriced.reduce((a, b) => a + b, 0);
      if (count > 0 && /^[A-Z]{2}$/.test(country)) open.set(country, (open.get(country) ?? 0) + count);
    }
  const countries = [...open].sort(([, a], [, b]) => b - a).slice(0, mostCountries);
  const found = await Promise.all(countries.map(([country]) => priceOf(twilio, account, country, cancel)));
  return { ...report, prices: found.filter((price) => price !== undefined) };
}

async function priceOf(
  twilio: Twilio,
  account: AccountSid,
  country: string,
  cancel: Cancellation | undefined,
): Promise<UnitPrice | undefined> {
  try {
    const request = { operation: 'fetchMessagingPricing', account, path: { IsoCountry: country } } as const;
    return segmentPrice((await twilio.page(request, cancel)).body);
  } catch (error) {
    if (error instanceof Cancelled || error instanceof UserError) return undefined;
    throw error;
  }
}
