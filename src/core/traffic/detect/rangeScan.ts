import type { Candidate } from './candidates.ts';
import type { Histories, History } from './history.ts';
import { rangesEvidence, recipientsOf } from './numberEvidence.ts';
import { detectParameters } from './parameters.ts';
import { rowsBetween, type SeriesRows } from './rows.ts';
import type { CountedSeries } from './series.ts';

const hour = 3600;

/**
 * Hours in which blocks of numbers fill up that the country's traffic does not reach so often: an attack inside a busy country that its volume hides.
 * `from`…`to - 1` are hours of the data, which begins at `start` (epoch seconds).
 */
export function findRangeCandidates(
  { rows, track }: CountedSeries,
  histories: Histories,
  start: number,
  from: number,
  to: number,
): Candidate[] {
  const { windows, every, leastExpected, leastMessages, leastInBlocks, logP, historyDays } = detectParameters.rangeScan;
  const found: Candidate[] = [];
  let history: History | undefined;
  let until = Number.NEGATIVE_INFINITY;
  for (let at = from; at < to; at++) {
    for (const [i, length] of windows.entries()) {
      if (at % (every[i] ?? 1) !== 0) continue;
      const window = track.windows.findIndex((one) => one.length === length);
      const expected = track.windows[window]?.expected[at] ?? 0;
      const observed = track.windows[window]?.observed[at] ?? 0;
      if (!(expected >= leastExpected) || observed < leastMessages) continue;
      const begins = start + (at + 1 - length) * hour;
      if (!history || begins - until > historyDays * 86_400) {
        until = Math.floor(begins / 86_400) * 86_400;
        history = histories(until, []);
      }
      const range = rowsBetween(rows, begins, start + (at + 1) * hour);
      const ranges = rangesEvidence({ history, observed, expected }, recipientsOf({ rows, range }));
      if (!ranges?.blocks || (ranges.logP ?? 0) > logP || ranges.part < leastInBlocks) continue;
      found.push({ hour: at, window, logP: ranges.logP ?? 0, logQ: ranges.logP ?? 0, blocks: ranges.blocks });
      break;
    }
  }
  return found;
}

/** The messages of a series from `from` to just before `to` (epoch seconds) whose recipients lie in these blocks. */
export function rowsInBlocks(
  rows: SeriesRows,
  from: number,
  to: number,
  blocks: NonNullable<Candidate['blocks']>,
): SeriesRows {
  const range = rowsBetween(rows, from, to);
  const wanted = blocks.map(({ digits, open }) => ({
    low: Number(digits) * 10 ** open,
    high: (Number(digits) + 1) * 10 ** open,
  }));
  const kept: number[] = [];
  for (let i = range.from; i < range.to; i++) {
    const recipient = rows.recipient[i] ?? 0;
    if (wanted.some(({ low, high }) => recipient >= low && recipient < high)) kept.push(i);
  }
  const column = (all: ArrayLike<number>): Float64Array => Float64Array.from(kept, (i) => all[i] ?? 0);
  return {
    ...rows,
    time: column(rows.time),
    recipient: column(rows.recipient),
    outcome: column(rows.outcome),
    conversion: column(rows.conversion),
    price: column(rows.price),
    sender: column(rows.sender),
  };
}
