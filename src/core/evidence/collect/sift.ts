import type { Window } from '../../traffic/window.ts';
import { holds, wholeDays } from '../windows.ts';
import type { createRepeats } from './pageCheck.ts';
import type { RowTable } from './rowTable.ts';
import type { Reader } from './seenRows.ts';

/** What the rows of a slice told so far. */
export interface SliceSum {
  /** Rows the same list had before, and rows without a date or a key. */
  repeated: number;
  odd: number;
  /** Instants of its first and last row, epoch milliseconds. */
  first: number;
  last: number;
}

/** What of a page belongs to a slice. */
export interface Sifted {
  /** Places of the rows to keep, rising. */
  readonly kept: Uint32Array;
  /** The instants of all rows that have one. */
  readonly instants: readonly number[];
  /** Rows outside the window, but on one of its days. */
  readonly neighbours: number;
}

export interface SiftDeps {
  readonly window: Window | undefined;
  readonly reader: Reader;
  readonly cameBefore: ReturnType<typeof createRepeats>;
}

/** Tells the rows of a page that belong to the slice and that nobody has yet. Adds to `sum` what they tell. */
export function sift(
  { rows, at, keys, states }: RowTable,
  { window, reader, cameBefore }: SiftDeps,
  sum: SliceSum,
): Sifted {
  const kept = new Uint32Array(rows);
  const days = window && wholeDays(window);
  const instants: number[] = [];
  let [count, neighbours] = [0, 0];
  for (let place = 0; place < rows; place += 1) {
    const instant = at[place] ?? Number.NaN;
    const dated = !Number.isNaN(instant);
    if (dated) instants.push(instant);
    if (window && days && dated && !holds(window, instant)) {
      if (holds(days, instant)) neighbours += 1;
      continue;
    }
    const key = keys[place] ?? 0;
    if (key === 0 || (window && !dated)) sum.odd += 1;
    const seen = key === 0 ? 'new' : reader.see(states[place * 2] ?? 0, states[place * 2 + 1] ?? 0);
    if (key !== 0 && cameBefore(key)) sum.repeated += 1;
    if (seen !== 'new') continue;
    kept[count] = place;
    count += 1;
    if (!dated) continue;
    sum.first = Math.min(sum.first, instant);
    sum.last = Math.max(sum.last, instant);
  }
  return { kept: kept.subarray(0, count), instants, neighbours };
}
