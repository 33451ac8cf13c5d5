import { instantOf, type JsonObject, numberOf, textOf } from '../model/json.ts';

/** What the traffic table needs of one message. */
export interface Message {
  readonly sid: string;
  /** When it was sent, or created where Twilio never sent it: epoch milliseconds, UTC. */
  readonly at: number;
  readonly to: string;
  readonly outbound: boolean;
  readonly status: string;
  readonly errorCode: number | undefined;
  /** What it cost, positive; `undefined` until Twilio has rated it. */
  readonly price: number | undefined;
  /** ISO 4217; `XXX` (no currency) when Twilio's is not three letters. */
  readonly currency: string;
}

/** Reads a message of the REST API or of BulkExport; `undefined` without SID, date or direction, by which it could be counted. */
export function readMessage(item: JsonObject): Message | undefined {
  const sid = textOf(item, 'sid');
  const at = instantOf(item, 'date_sent') ?? instantOf(item, 'date_created');
  const direction = textOf(item, 'direction');
  if (!sid || at === undefined || direction === undefined) return undefined;
  const price = numberOf(item, 'price');
  const currency = (textOf(item, 'price_unit') ?? 'USD').toUpperCase();
  return {
    sid,
    at,
    to: textOf(item, 'to') ?? '',
    outbound: direction.startsWith('outbound'),
    status: textOf(item, 'status') ?? '',
    errorCode: numberOf(item, 'error_code'),
    // Twilio sends what it charged as a negative number.
    price: price === undefined ? undefined : Math.abs(price),
    currency: /^[A-Z]{3}$/.test(currency) ? currency : 'XXX',
  };
}
