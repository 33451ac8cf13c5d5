import { currencyCode } from '../model/currency.ts';
import { type CountryOrBucket, countryOf } from './country.ts';
import { accountOf, type Defect, largest, microsOf, plainWord, secondsOf, wholeFrom } from './logRow.ts';
import { blockOf, type FieldOf, type OtherRow } from './otherRow.ts';

/** Calls column by column: row `i` is what every column has at `i`. Codes index the lists of the same name in the plural. */
export interface CallColumns {
  readonly rows: number;
  /** Start, epoch seconds. */
  readonly time: Uint32Array;
  /** How long it lasted. */
  readonly seconds: Uint32Array;
  /** Millionths of the currency, `unpriced` when there is none. */
  readonly price: Uint32Array;
  /** A `BlockKey` each. */
  readonly block: Float64Array;
  readonly account: Uint16Array;
  readonly country: Uint8Array;
  readonly status: Uint8Array;
  readonly direction: Uint8Array;
  readonly currency: Uint8Array;
  readonly accounts: readonly string[];
  readonly countries: readonly CountryOrBucket[];
  readonly statuses: readonly string[];
  readonly directions: readonly string[];
  readonly currencies: readonly string[];
}

/** Reads a call of a log. It is counted by SID, date and direction, so these it must have. */
export function readCall(field: FieldOf): OtherRow | Defect {
  const sid = field('sid') ?? '';
  if (!/^CA[0-9a-fA-F]{32}$/.test(sid)) return /^[A-Z]{2}[0-9a-fA-F]{32}$/.test(sid) ? 'not-a-call' : 'no-call-sid';
  const time = secondsOf(field('start_time')) ?? secondsOf(field('date_created'));
  if (time === undefined) return 'no-call-date';
  const direction = plainWord(field('direction') ?? '').replaceAll(' ', '-');
  if (direction === '') return 'no-direction';
  const price = microsOf(field('price'));
  if (price !== undefined && price > largest.price) return 'bad-price';
  const to = field('to') ?? '';
  return {
    sid,
    time,
    updated: secondsOf(field('date_updated')) ?? secondsOf(field('end_time')) ?? time,
    country: countryOf(to),
    block: blockOf(to),
    status: plainWord(field('status') ?? '').replaceAll(' ', '-'),
    way: direction,
    seconds: wholeFrom(field('duration'), largest.seconds),
    price,
    currency: currencyCode(field('price_unit')),
    account: accountOf(field('account_sid')),
  };
}

/**
 * True for calls to somebody: what is dialled by API or `<Dial>` (the Console says `Outgoing`), and what a SIP trunk sends through
 * Twilio to the telephone network (`trunking-terminating`). https://www.twilio.com/docs/voice/api/call-resource
 */
export const isOutboundCall = (direction: string): boolean =>
  /^(?:outbound|outgoing|trunking-terminating)/.test(direction);

/** Twilio bills begun minutes. https://www.twilio.com/en-us/voice/pricing */
export function billedMinutes(seconds: number): number {
  return Math.ceil(seconds / 60);
}
