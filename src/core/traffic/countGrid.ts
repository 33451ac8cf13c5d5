import { createGridCells } from './gridCells.ts';
import { type GridLists, gridReasons, type HourGrid, runNumbers } from './hourGrid.ts';
import { codesWhere, isOutbound, type LogColumnData, type LogColumns, unpriced } from './logColumns.ts';
import { segmentsOf } from './message.ts';

export interface HourGridBuilder {
  /** Counts a run: the first `rows` rows, without those marked 1 in `superseded`. */
  add(columns: LogColumnData, rows: number, superseded: Uint8Array | undefined): void;
  /** What was counted; `undefined` when that would be as large as the rows themselves, which are as quickly counted then. */
  result(): HourGrid | undefined;
}

/** Rows counted at a time: the loop then runs as its compiled self from the next call on. */
const rowsAtOnce = 4096;
const secondsPerHour = 3600;

/** `mostCells`: a grid that would have more is given up. */
export function createHourGrid(
  lists: GridLists & Pick<LogColumns, 'directions' | 'errors'>,
  mostCells: number,
): HourGridBuilder {
  const cells = createGridCells(lists, mostCells);
  const outbound = codesWhere(lists.directions, isOutbound);
  const reasons = Uint8Array.from(lists.errors, (code) => (code === 30450 ? 1 : code === 60410 ? 2 : 0));
  const charged = Uint8Array.from({ length: 0x100 }, (_, count) => segmentsOf(count));
  const runs: number[] = [];
  let oldest = 0xffff_ffff;
  let newest = 0;

  /**
   * Counts rows up to the one before that needs an hour or a series that is not there yet, and returns where it stopped. Element reads are asserted
   * to be there: codes are the columns' own.
   */
  function count(columns: LogColumnData, first: number, end: number, superseded: Uint8Array | undefined): number {
    const { time, price, error, account, country, status, currency, direction, segments } = columns;
    const { places, groupsOf, seriesOf, hoursOf, width, messages, micros, firsts } = cells.arrays;
    const charges = cells.arrays.segments;
    const { currencies, countries, kinds } = cells;
    let begins = -secondsPerHour;
    let cell = 0;
    let row = first;
    for (; row < end; row++) {
      if (superseded !== undefined && superseded[row] === 1) continue;
      const at = time[row] as number;
      if (at < oldest) oldest = at;
      if (at > newest) newest = at;
      if (outbound[direction[row] as number] !== 1) continue;
      // Rows are mostly in order of time: many in a row lie in the same hour.
      if (at < begins || at >= begins + secondsPerHour) {
        const hour = Math.floor(at / secondsPerHour);
        const place = (hoursOf[hour] as number) - 1;
        if (place < 0) break;
        begins = hour * secondsPerHour;
        cell = place * width;
      }
      const pair = places[(account[row] as number) * currencies + (currency[row] as number)] as number;
      const group = groupsOf[pair * countries + (country[row] as number)] as number;
      const cost = price[row] as number;
      const open = cost === unpriced ? 1 : 0;
      const kind =
        ((status[row] as number) * gridReasons.length + (reasons[error[row] as number] as number)) * 2 + open;
      const series = (seriesOf[group * kinds + kind] as number) - 1;
      if (series < 0) break;
      const to = cell + series;
      (messages[to] as number)++;
      if (cost !== 0) (charges[to] as number) += charged[segments[row] as number] as number;
      if (open === 0) (micros[to] as number) += cost;
      if (at - begins < (firsts[to] as number)) firsts[to] = at - begins;
    }
    return row;
  }

  return {
    add(columns, rows, superseded) {
      oldest = 0xffff_ffff;
      newest = 0;
      for (let row = 0; row < rows && !cells.full; ) {
        const end = Math.min(rows, row + rowsAtOnce);
        row = count(columns, row, end, superseded);
        if (row === end) continue;
        const reason = reasons[columns.error[row] as number] as number;
        const open = columns.price[row] === unpriced ? 1 : 0;
        cells.makeRoom(columns, row, (columns.status[row] as number) * 2 * gridReasons.length + 2 * reason + open);
      }
      runs.push(kept(rows, superseded), oldest, newest);
    },
    result: () => (cells.full ? undefined : { ...cells.take(), ...spanOf(runs), runs: Uint32Array.from(runs) }),
  };
}

function kept(rows: number, superseded: Uint8Array | undefined): number {
  return superseded ? superseded.reduce((left, gone) => left - gone, rows) : rows;
}

function spanOf(runs: readonly number[]): Pick<HourGrid, 'oldest' | 'newest'> {
  let oldest = 0xffff_ffff;
  let newest = 0;
  for (let run = 0; run < runs.length; run += runNumbers) {
    oldest = Math.min(oldest, runs[run + 1] ?? oldest);
    newest = Math.max(newest, runs[run + 2] ?? 0);
  }
  return { oldest: Math.min(oldest, newest), newest };
}
