import type { CountryOrBucket } from './country.ts';
import type { BlockKey } from './numberBlock.ts';

/** A price that is not there yet. */
export const unpriced = 0xffff_ffff;

/** Messages column by column: row `i` is what every column has at `i`. Codes index the lists of `LogColumns`. */
export interface LogColumnData {
  /** Epoch seconds. */
  readonly time: Uint32Array;
  /** Millionths of the currency, `unpriced` when there is none. */
  readonly price: Uint32Array;
  readonly block: Uint32Array;
  readonly error: Uint16Array;
  readonly account: Uint16Array;
  readonly country: Uint8Array;
  readonly status: Uint8Array;
  readonly currency: Uint8Array;
  readonly direction: Uint8Array;
  /** 0 where Twilio does not say. */
  readonly segments: Uint8Array;
}

/** An index of messages: columns, and what their codes stand for. */
export interface LogColumns extends LogColumnData {
  readonly rows: number;
  readonly blocks: ArrayLike<BlockKey>;
  readonly errors: readonly number[];
  readonly accounts: readonly string[];
  readonly countries: readonly CountryOrBucket[];
  readonly statuses: readonly string[];
  readonly currencies: readonly string[];
  readonly directions: readonly string[];
}

/** Epoch seconds; both ends belong to it. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** Which codes mean something, as a table to look them up in. */
export function codesWhere<T>(values: readonly T[], test: (value: T) => boolean): Uint8Array {
  return Uint8Array.from(values, (value) => (test(value) ? 1 : 0));
}

export const isOutbound = (direction: string): boolean =>
  direction.startsWith('outbound') || direction.startsWith('outgoing');
