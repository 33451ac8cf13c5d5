import type { Sender, SeriesRows } from '../../src/core/traffic/detect/rows.ts';

/** One message of a made-up world. */
export interface Row {
  readonly time: number;
  readonly recipient: number;
  readonly outcome: number;
  readonly conversion: number;
  readonly sender: number;
  /** Millionths. */
  readonly price: number;
}

export const senders: readonly Sender[] = [
  { name: 'codes', kind: 'service' },
  { name: 'notices', kind: 'number' },
  { name: 'SHOP', kind: 'alphanumeric' },
];

/** Collects the messages of a country in any order. */
export interface RowBuffer {
  readonly country: string;
  readonly rows: Row[];
}

export function seriesOf(account: string, { country, rows }: RowBuffer, withConversion: boolean): SeriesRows {
  rows.sort((a, b) => a.time - b.time);
  const column = (read: (row: Row) => number): Float64Array => Float64Array.from(rows, read);
  return {
    account,
    channel: 'sms',
    country,
    time: column(({ time }) => time),
    recipient: column(({ recipient }) => recipient),
    outcome: Uint8Array.from(rows, ({ outcome }) => outcome),
    conversion: Uint8Array.from(rows, ({ conversion }) => (withConversion ? conversion : 0)),
    price: column(({ price }) => price),
    sender: Uint8Array.from(rows, ({ sender }) => sender),
    senders,
  };
}
