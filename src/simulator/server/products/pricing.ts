import type { JsonObject } from '../../../core/model/json.ts';
import { notFound, ok } from '../answer.ts';
import { type Country, countries } from '../countries.ts';
import { listWithMeta } from '../paging.ts';
import type { Answer, Call, Route } from '../route.ts';
import { digest } from '../serverState.ts';

const common = { host: 'pricing.twilio.com', method: 'GET' } as const;
const messaging = '/v1/Messaging/Countries';
const voice = '/v2/Voice/Countries';

/** List prices. Twilio sends them as text. https://www.twilio.com/docs/messaging/api/pricing */
export const pricingRoutes: readonly Route[] = [
  { ...common, spec: 'pricing_v1', operationId: 'ListMessagingCountry', path: messaging, handle: list },
  {
    ...common,
    spec: 'pricing_v1',
    operationId: 'FetchMessagingCountry',
    path: `${messaging}/{IsoCountry}`,
    handle: (call) => ok(messagingPrices(countryIn(call))),
  },
  {
    ...common,
    spec: 'pricing_v2',
    operationId: 'FetchVoiceCountry',
    path: `${voice}/{IsoCountry}`,
    handle: (call) => ok(voicePrices(countryIn(call))),
  },
];

function list(call: Call): Answer {
  const rows = [...countries.values()]
    .map((country) => ({ at: 0, sid: country.iso, country }))
    .sort((a, b) => (a.sid < b.sid ? -1 : 1));
  return listWithMeta(
    call,
    'countries',
    () => rows,
    ({ country }) => named(country, messaging),
  );
}

function countryIn({ path }: Call): Country {
  const country = countries.get(path['IsoCountry'] ?? '');
  if (!country) throw notFound(`/Countries/${path['IsoCountry']}`);
  return country;
}

function named({ iso, name }: Country, folder: string): JsonObject {
  return { country: name, iso_country: iso, url: `https://pricing.twilio.com${folder}/${iso}` };
}

function messagingPrices(country: Country): JsonObject {
  const outbound = price(0.04 * continentFactor(country) * spread(country, 'sms'));
  return {
    ...named(country, messaging),
    outbound_sms_prices: [{ carrier: 'All carriers', mcc: '', mnc: '', prices: [both('mobile', outbound)] }],
    inbound_sms_prices: [both('local', price(0.0075)), both('mobile', price(0.0075))],
    price_unit: 'USD',
  };
}

function voicePrices(country: Country): JsonObject {
  const rate = 0.05 * continentFactor(country) * spread(country, 'voice');
  const line = (kind: string, value: string) => ({
    origination_prefixes: ['ALL'],
    destination_prefixes: [country.callingCode.slice(1)],
    base_price: value,
    current_price: value,
    friendly_name: `Programmable Outbound Minute - ${country.name} - ${kind}`,
  });
  return {
    ...named(country, voice),
    outbound_prefix_prices: [line('Landline', price(rate)), line('Mobile', price(rate * 1.8))],
    inbound_call_prices: [both('local', price(0.0085))],
    price_unit: 'USD',
  };
}

function both(kind: string, value: string): JsonObject {
  return { base_price: value, current_price: value, number_type: kind };
}

function price(dollars: number): string {
  return dollars.toFixed(4);
}

/** Rough levels, so that prices look believable next to each other. */
function continentFactor({ iso, continent }: Country): number {
  if (iso === 'US' || iso === 'CA') return 0.2;
  return { EUROPE: 1.6, NORTH_AMERICA: 2, SOUTH_AMERICA: 1.5, OCEANIA: 1.8, ASIA: 2.2, AFRICA: 2.8 }[continent] ?? 2;
}

/** Between 0.6 and 1.4, fixed for each country. */
function spread({ iso }: Country, what: string): number {
  return 0.6 + (0.8 * Number.parseInt(digest(`${iso} ${what}`).slice(0, 6), 16)) / 0xffffff;
}
