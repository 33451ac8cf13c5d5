import { currencyCode } from '../model/currency.ts';
import { type CountryOrBucket, countryOf, isCountryOrBucket } from './country.ts';
import { accountOf, type Defect, largest, microsOf, plainWord, secondsOf } from './logRow.ts';
import { blockOf, type FieldOf, type OtherRow } from './otherRow.ts';

/** Verify attempts column by column: row `i` is what every column has at `i`. Codes index the lists. */
export interface AttemptColumns {
  readonly rows: number;
  /** When the code was sent, epoch seconds. */
  readonly time: Uint32Array;
  /** Millionths of the currency, `unpriced` when there is none. */
  readonly price: Uint32Array;
  /** A `BlockKey` each. */
  readonly block: Float64Array;
  readonly account: Uint16Array;
  readonly country: Uint8Array;
  /** `converted`, `unconverted`, or nothing where the log does not say. */
  readonly conversion: Uint8Array;
  /** `sms`, `call`, `whatsapp`… */
  readonly channel: Uint8Array;
  readonly currency: Uint8Array;
  readonly accounts: readonly string[];
  readonly countries: readonly CountryOrBucket[];
  readonly conversions: readonly string[];
  readonly channels: readonly string[];
  readonly currencies: readonly string[];
}

/** Reads a Verify attempt of a log. It is counted by SID and date, so these it must have. */
export function readAttempt(field: FieldOf): OtherRow | Defect {
  const sid = field('sid') ?? '';
  if (!/^VL[0-9a-fA-F]{32}$/.test(sid))
    return /^[A-Z]{2}[0-9a-fA-F]{32}$/.test(sid) ? 'not-an-attempt' : 'no-attempt-sid';
  const time = secondsOf(field('date_created'));
  if (time === undefined) return 'no-attempt-date';
  const price = microsOf(field('price'));
  if (price !== undefined && price > largest.price) return 'bad-price';
  const to = field('to') ?? '';
  return {
    sid,
    time,
    updated: secondsOf(field('date_updated')) ?? time,
    country: countryOfAttempt(to, field('country')),
    block: blockOf(to),
    status: plainWord(field('conversion_status') ?? ''),
    way: plainWord(field('channel') ?? ''),
    seconds: 0,
    price,
    currency: currencyCode(field('price_unit')),
    account: accountOf(field('account_sid')),
  };
}

/** The number decides, as it does for messages; Twilio's own word counts where the address is none or is hidden. */
function countryOfAttempt(to: string, named: string | undefined): CountryOrBucket {
  const found = countryOf(to);
  const twilios = named?.toUpperCase();
  return found === 'unknown' && twilios !== undefined && isCountryOrBucket(twilios) ? twilios : found;
}
