import type { LogColumns, Span } from './logColumns.ts';

/** What the codes of a grid stand for. */
export type GridLists = Pick<LogColumns, 'accounts' | 'countries' | 'statuses' | 'currencies'>;

/**
 * The outbound messages of an index, counted once: a series for each account, country, currency, status, reason and whether there is a price, a cell for
 * each hour and series. It answers by hour what its rows do, and is much smaller than many rows.
 */
export interface HourGrid {
  /** When the first and the last message were sent, inbound ones included; epoch seconds. 0 both when there is none. */
  readonly oldest: number;
  readonly newest: number;
  /** Clock hours with messages, in any order: epoch seconds / 3600. */
  readonly hours: Uint32Array;
  /** What is counted in each series: `seriesCodes` numbers a series. */
  readonly series: Uint16Array;
  /** By series and hour: messages. */
  readonly messages: Uint32Array;
  /** By series and hour: message segments of what costs something or has no price yet. */
  readonly segments: Uint32Array;
  /** By series and hour: prices in millionths. Whole numbers, so that sums are exact below 9e15. */
  readonly micros: Float64Array;
  /** By series and hour: seconds into the hour of the first message. */
  readonly firsts: Uint16Array;
  /** The rows of the index in order, in runs that tell which of them lie in a span: how many rows, when the oldest and the newest was sent (epoch seconds). */
  readonly runs: Uint32Array;
}

/** Of a series: codes of account, country, currency and status; which of `gridReasons`; 1 when messages have no price. */
export const seriesCodes = 6;
/** Why Twilio did not send: nothing, 30450 (SMS pumping protection), 60410 (Verify Fraud Guard). */
export const gridReasons = ['none', 'pumpingBlocked', 'guardBlocked'] as const;

/** Numbers of a run. */
export const runNumbers = 3;

/** Rows from the first to before the end. */
export interface RowRange {
  readonly first: number;
  readonly end: number;
}

/** Which rows of the index may lie in a span, as few ranges as can be; the others do not. */
export function rowsWithin({ runs }: Pick<HourGrid, 'runs'>, { from, to }: Span): readonly RowRange[] {
  const ranges: RowRange[] = [];
  let first = 0;
  for (let run = 0; run < runs.length; run += runNumbers) {
    const [rows = 0, oldest = 0, newest = 0] = runs.subarray(run, run + runNumbers);
    const last = ranges.at(-1);
    if (rows > 0 && oldest <= to && newest >= from) {
      if (last?.end === first) ranges.pop();
      ranges.push({ first: last?.end === first ? last.first : first, end: first + rows });
    }
    first += rows;
  }
  return ranges;
}

/** How many series a grid has. */
export function seriesIn({ series }: Pick<HourGrid, 'series'>): number {
  return series.length / seriesCodes;
}
