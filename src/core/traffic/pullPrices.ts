import { Cancelled, UserError } from '../errors.ts';
import type { AccountSid } from '../model/sid.ts';
import type { Cancellation, Twilio } from '../ports.ts';
import { minutePrice, segmentPrice, type UnitPrice } from './priceList.ts';
import type { TrafficReport } from './report.ts';

/** So many countries are looked up, those with most messages without a price first: each is a request of its own. */
const mostCountries = 30;

/**
 * Adds to a report what Twilio charges for a segment, or for a minute of a call, to the countries whose messages or calls are not all priced. Prices that cannot be
 * read are left out: what they would be for is estimated from the report itself, or stays unknown and is shown as such.
 */
export async function withPrices(
  twilio: Twilio,
  account: AccountSid,
  report: TrafficReport,
  cancel?: Cancellation,
): Promise<TrafficReport> {
  const { channel = 'sms' } = report;
  if (channel === 'verify') return report;
  const open = new Map<string, number>();
  for (const { table } of report.accounts)
    for (const [country, { segments }] of table) {
      const count = segments.unpriced.reduce((a, b) => a + b, 0);
      if (count > 0 && /^[A-Z]{2}$/.test(country)) open.set(country, (open.get(country) ?? 0) + count);
    }
  const countries = [...open].sort(([, a], [, b]) => b - a).slice(0, mostCountries);
  const found = await Promise.all(countries.map(([country]) => priceOf(twilio, channel, { account, country }, cancel)));
  return { ...report, prices: found.filter((price) => price !== undefined) };
}

async function priceOf(
  twilio: Twilio,
  channel: 'sms' | 'voice',
  { account, country }: { readonly account: AccountSid; readonly country: string },
  cancel: Cancellation | undefined,
): Promise<UnitPrice | undefined> {
  try {
    const operation = channel === 'sms' ? 'fetchMessagingPricing' : 'fetchVoicePricing';
    const { body } = await twilio.page({ operation, account, path: { IsoCountry: country } }, cancel);
    return channel === 'sms' ? segmentPrice(body) : minutePrice(body);
  } catch (error) {
    if (error instanceof Cancelled || error instanceof UserError) return undefined;
    throw error;
  }
}
