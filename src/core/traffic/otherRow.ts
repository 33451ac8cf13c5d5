import type { CountryOrBucket } from './country.ts';
import { type BlockKey, blockKey } from './numberBlock.ts';

/** A call or a Verify attempt of an exported log: what it counts as, without the end of its recipient's number. */
export interface OtherRow {
  /** `CA…` or `VL…`. */
  readonly sid: string;
  /** When it began: epoch seconds. */
  readonly time: number;
  /** Last change, epoch seconds; `time` where the log does not say. */
  readonly updated: number;
  readonly country: CountryOrBucket;
  readonly block: BlockKey;
  /** Calls: `completed`, `busy`…; attempts: `converted`, `unconverted`, or nothing. */
  readonly status: string;
  /** Calls: the direction; attempts: the channel (`sms`, `call`…). */
  readonly way: string;
  /** Calls: how long it lasted. 0 for attempts. */
  readonly seconds: number;
  /** Millionths of the currency, positive; `undefined` until Twilio has rated it. */
  readonly price: number | undefined;
  readonly currency: string;
  readonly account: string;
}

/** The text a log has for a field, by the REST API's name. */
export type FieldOf = (name: string) => string | undefined;

/** The block of a dialled address; `sip:+4420…@host` lies in its number's block. */
export function blockOf(to: string): BlockKey {
  const dialled = /^sips?:(\+\d{5,15})@/i.exec(to)?.[1];
  return blockKey(dialled ?? to);
}
