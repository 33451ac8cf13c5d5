import { below, pickWeighted, type Random } from '../random.ts';
import type { SimMessage } from '../world.ts';
import { segmentsOf } from './bodies.ts';
import type { Country } from './countries.ts';
import type { Sender } from './senders.ts';

/** Why messages fail; 30007 is rare unless carriers think them spam. */
const failures = [30003, 30005, 30006, 30007, 30008] as const;
const ordinaryFailures = [0.38, 0.22, 0.14, 0.06, 0.2];

export interface Outbound extends Sender {
  readonly sid: string;
  readonly at: number;
  readonly to: string;
  readonly body: string;
  readonly country: Country;
  readonly random: Random;
  /** Share delivered, where it is not the country's own. */
  readonly delivery?: number;
  /** Relative frequency of 30003, 30005, 30006, 30007 and 30008 among failures. */
  readonly failureWeights?: readonly number[];
}

/** A message sent by API to a country, delivered or failed as often as that country's are. */
export function outboundMessage(message: Outbound): SimMessage {
  const { sid, at, from, to, body, country, random, messagingServiceSid } = message;
  const segments = segmentsOf(body);
  const price = -roundPrice(country.sms * segments);
  const sent = at + below(random, 3) * 1000;
  const row = {
    sid,
    at,
    sent,
    from,
    to,
    body,
    segments,
    price,
    messagingServiceSid,
    direction: 'outbound-api',
  } as const;
  const luck = random.next();
  const delivery = message.delivery ?? country.delivery;
  if (luck < delivery) return { ...row, status: 'delivered', errorCode: undefined };
  // Some carriers never report back: no failure, but no receipt either.
  if (luck < delivery + (1 - delivery) * 0.3) return { ...row, status: 'sent', errorCode: undefined };
  const errorCode = failures[pickWeighted(random, message.failureWeights ?? ordinaryFailures)] ?? 30008;
  return { ...row, status: 'undelivered', errorCode };
}

/** A message SMS Pumping Protection stopped: failed, never sent, not billed. https://www.twilio.com/docs/api/errors/30450 */
export function blockedMessage(message: Outbound): SimMessage {
  const { sid, at, from, to, body, messagingServiceSid } = message;
  const row = { sid, at, sent: undefined, from, to, body, segments: segmentsOf(body), messagingServiceSid };
  return { ...row, direction: 'outbound-api', status: 'failed', errorCode: 30450, price: undefined };
}

/** A message a customer wrote to one of the account's numbers. */
export function inboundMessage(row: Pick<SimMessage, 'sid' | 'at' | 'from' | 'to' | 'body'>): SimMessage {
  const received = { sent: row.at, segments: segmentsOf(row.body), messagingServiceSid: undefined, price: -0.0079 };
  return { ...row, ...received, direction: 'inbound', status: 'received', errorCode: undefined };
}

/** Twilio's prices carry five decimals. */
export function roundPrice(price: number): number {
  return Math.round(price * 100_000) / 100_000;
}
