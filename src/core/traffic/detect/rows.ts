/** What became of a message. Blocks are Twilio's own refusals: 30450 SMS Pumping Protection, 60410 Verify Fraud Guard. */
export const outcomes = { sent: 0, delivered: 1, failed: 2, pumpingBlocked: 3, guardBlocked: 4 } as const;
/** Whether who got a code used it (Verify attempts). */
export const conversions = { unknown: 0, converted: 1, unconverted: 2 } as const;

/** Who a message was sent by: what OTP and marketing traffic differ in. `name` is hostile text. */
export interface Sender {
  readonly name: string;
  readonly kind: 'number' | 'alphanumeric' | 'short-code' | 'service' | 'unknown';
}

/** Messages of one account, channel and country, column by column, sorted by time. */
export interface SeriesRows {
  readonly account: string;
  readonly channel: string;
  readonly country: string;
  /** Epoch seconds. */
  readonly time: ArrayLike<number>;
  /** The recipient's digits as one number (15 digits are exact); 0 where it is masked or none. */
  readonly recipient: ArrayLike<number>;
  readonly outcome: ArrayLike<number>;
  readonly conversion: ArrayLike<number>;
  /** Millionths of the currency, NaN until rated. */
  readonly price: ArrayLike<number>;
  /** Index into `senders`. */
  readonly sender: ArrayLike<number>;
  readonly senders: readonly Sender[];
}

/** Rows `from`…`to - 1` of a series. */
export interface RowRange {
  readonly from: number;
  readonly to: number;
}

/** The rows from one instant to just before another, epoch seconds. */
export function rowsBetween({ time }: SeriesRows, start: number, end: number): RowRange {
  return { from: firstAt(time, start), to: firstAt(time, end) };
}

function firstAt(time: ArrayLike<number>, instant: number): number {
  let low = 0;
  let high = time.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((time[middle] ?? 0) < instant) low = middle + 1;
    else high = middle;
  }
  return low;
}
