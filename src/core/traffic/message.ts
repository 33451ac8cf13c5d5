import { currencyCode } from '../model/currency.ts';
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
  /** Parts it was sent in, each of which is charged; at least 1. */
  readonly segments: number;
  /** What it cost, positive; `undefined` until Twilio has rated it. */
  readonly price: number | undefined;
  /** ISO 4217; `XXX` (no currency) when Twilio's is not three letters. */
  readonly currency: string;
  /** Who it says it is from, and its text: hostile text, personal data. */
  readonly from?: string | undefined;
  readonly body?: string | undefined;
}

/** Reads a message of the REST API or of BulkExport; `undefined` without SID, date or direction, by which it could be counted. */
export function readMessage(item: JsonObject): Message | undefined {
  const sid = textOf(item, 'sid');
  const at = instantOf(item, 'date_sent') ?? instantOf(item, 'date_created');
  const direction = textOf(item, 'direction');
  if (!sid || at === undefined || direction === undefined) return undefined;
  const price = numberOf(item, 'price');
  return {
    sid,
    at,
    to: textOf(item, 'to') ?? '',
    outbound: direction.startsWith('outbound'),
    status: textOf(item, 'status') ?? '',
    errorCode: numberOf(item, 'error_code'),
    segments: segmentsOf(numberOf(item, 'num_segments')),
    // Twilio sends what it charged as a negative number.
    price: price === undefined ? undefined : Math.abs(price),
    currency: currencyCode(textOf(item, 'price_unit')),
    from: textOf(item, 'from'),
    body: textOf(item, 'body'),
  };
}

/** Twilio says 0 until it has cut a message of a Messaging Service into segments; it will be one at least. */
export function segmentsOf(count: number | undefined): number {
  return count !== undefined && Number.isInteger(count) && count > 1 ? Math.min(count, most) : 1;
}

/** As many as an imported log's column can hold; Twilio sends 10 at most. */
const most = 255;
