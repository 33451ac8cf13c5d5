import { textOf } from '../../model/json.ts';
import type { EvidenceSource } from '../source.ts';
import { sourceTitles } from '../sourceTitles.ts';

/** What Twilio charges for messages and calls to the countries that are asked for, now: the ground of every estimated cost. */
export const prices: EvidenceSource = {
  id: 'prices',
  title: sourceTitles.prices,
  kind: 'state',
  scope: 'main',
  mayLack: true,
  caveat:
    'Read for the countries whose messages or calls had no price yet; what is made from them is an estimate, and none are needed where all have their price.',
  requests: ({ account, countries = [] }) =>
    countries.flatMap((country) =>
      (['fetchMessagingPricing', 'fetchVoicePricing'] as const).map((operation) => ({
        operation,
        account,
        path: { IsoCountry: country },
      })),
    ),
  rows: (reply) => [reply],
  // `https://pricing.twilio.com/v1/Messaging/Countries/GB`: country and product in one.
  key: (row) => textOf(row, 'url'),
};

/** The same for these countries, whatever is asked for. */
export function pricesOf(countries: readonly string[]): EvidenceSource {
  return { ...prices, requests: (scope) => prices.requests({ ...scope, countries }) };
}
