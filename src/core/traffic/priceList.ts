import { isKnownCurrency } from '../model/currency.ts';
import { type JsonObject, numberOf, objectsOf, textOf } from '../model/json.ts';
import type { Channel } from './channel.ts';
import { median } from './median.ts';

/** What one segment of a message, or one minute of a call, to a country costs by Twilio's current list. */
export interface UnitPrice {
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  readonly unit: 'segment' | 'minute';
  readonly amount: number;
  /** ISO 4217, the account's. */
  readonly currency: string;
}

/** What a channel is charged by; Twilio has no list of what Verify attempts cost by country. */
const units: Readonly<Record<Channel, UnitPrice['unit'] | undefined>> = {
  sms: 'segment',
  voice: 'minute',
  verify: undefined,
};

/** Those of the prices that a channel is charged by. */
export function pricesFor(channel: Channel = 'sms', prices: readonly UnitPrice[] = []): readonly UnitPrice[] {
  return prices.filter(({ unit }) => unit === units[channel]);
}

/**
 * The price of a segment, from a reply of `FetchMessagingCountry`. Twilio prices by carrier and kind of sender, and a number does not say its
 * carrier (numbers are ported). Each carrier counts once, with the median over its kinds of sender; of the carriers the median is taken, as
 * one carrier that is ten times as dear would draw a mean along. https://www.twilio.com/docs/messaging/api/pricing
 */
export function segmentPrice(reply: JsonObject): UnitPrice | undefined {
  const carriers = objectsOf(reply, 'outbound_sms_prices').flatMap((carrier) => {
    const own = objectsOf(carrier, 'prices').flatMap(currentPrice);
    return own.length > 0 ? [median(own)] : [];
  });
  return unitPrice(reply, 'segment', carriers);
}

/**
 * The price of a minute, from a reply of `FetchVoiceCountry`: the median over the country's prefixes, because landlines, mobiles and premium
 * prefixes of one country differ by far. https://www.twilio.com/docs/voice/pricing
 */
export function minutePrice(reply: JsonObject): UnitPrice | undefined {
  return unitPrice(reply, 'minute', objectsOf(reply, 'outbound_prefix_prices').flatMap(currentPrice));
}

function currentPrice(price: JsonObject): readonly number[] {
  const amount = numberOf(price, 'current_price') ?? numberOf(price, 'base_price');
  return amount === undefined || amount < 0 ? [] : [amount];
}

function unitPrice(reply: JsonObject, unit: UnitPrice['unit'], amounts: readonly number[]): UnitPrice | undefined {
  const country = (textOf(reply, 'iso_country') ?? '').toUpperCase();
  const currency = (textOf(reply, 'price_unit') ?? '').toUpperCase();
  if (amounts.length === 0 || !/^[A-Z]{2}$/.test(country) || !isKnownCurrency(currency)) return undefined;
  return { country, unit, amount: median(amounts), currency };
}
