import type { Twilio } from '../ports.ts';
import { collectEvidence } from './collect/collectEvidence.ts';
import type { CollectOptions, CollectResult } from './collect/options.ts';
import type { CapturedRow } from './evidenceStore.ts';
import { pricesOf } from './sources/prices.ts';
import { unpricedCountries } from './unpricedCountries.ts';

/**
 * Reads list prices for what was collected: a second step, because only the captured messages and calls (`rows`) say whose prices are missing.
 * When every one has its price that is recorded as read, with no rows. `undefined`, and nothing recorded, when there are none.
 */
export async function collectPrices(
  twilio: Twilio,
  options: Omit<CollectOptions, 'sources'>,
  rows: AsyncIterable<Pick<CapturedRow, 'row'>>,
): Promise<CollectResult | undefined> {
  const countries = await unpricedCountries(rows);
  return countries && collectEvidence(twilio, { ...options, sources: [pricesOf(countries)] });
}
