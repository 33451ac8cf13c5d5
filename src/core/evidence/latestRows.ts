import { instantOf } from '../model/json.ts';
import type { CapturedRow } from './evidenceStore.ts';

/** What tells rows of a source apart, such as the SID; `undefined` when a row has nothing of the kind. */
export type RowKey = (row: CapturedRow) => string | undefined;

/**
 * The rows without earlier states of the same thing: of rows with the same source, account and key the one with the latest
 * `date_updated` stays, of equal ones (or without a date) the one captured last. Rows without a key all stay. Order is kept.
 *
 * `read` is called up to three times and must give the same rows each time, so that only a number per row, and the keys of rows
 * that are there more than once, are held in memory.
 */
export async function* latestRows(read: () => AsyncIterable<CapturedRow>, keyOf: RowKey): AsyncGenerator<CapturedRow> {
  const seen = createNumberSet();
  const repeated = new Set<number>();
  for await (const row of read()) {
    const key = wholeKey(row, keyOf);
    if (key === undefined) continue;
    const hash = hash53(key);
    // Different keys with one hash only cost a look at their whole keys below.
    if (!seen.add(hash)) repeated.add(hash);
  }
  if (repeated.size === 0) return yield* read();
  const newest = await newestOf(read(), (row) => {
    const key = wholeKey(row, keyOf);
    return key !== undefined && repeated.has(hash53(key)) ? key : undefined;
  });
  let number = 0;
  for await (const row of read()) {
    const key = wholeKey(row, keyOf);
    const winner = key === undefined ? undefined : newest.get(key);
    if (winner === undefined || winner.number === number) yield row;
    number += 1;
  }
}

interface Newest {
  readonly number: number;
  readonly updated: number;
}

async function newestOf(rows: AsyncIterable<CapturedRow>, keyOf: RowKey): Promise<ReadonlyMap<string, Newest>> {
  const newest = new Map<string, Newest>();
  let number = 0;
  for await (const row of rows) {
    const key = keyOf(row);
    if (key !== undefined) {
      const updated = instantOf(row.row, 'date_updated') ?? Number.NEGATIVE_INFINITY;
      const before = newest.get(key);
      if (!before || updated >= before.updated) newest.set(key, { number, updated });
    }
    number += 1;
  }
  return newest;
}

function wholeKey(row: CapturedRow, keyOf: RowKey): string | undefined {
  const key = keyOf(row);
  return key === undefined ? undefined : `${row.source} ${row.account} ${key}`;
}

/** 53 bits of a text, never 0: 32 of FNV-1a (http://www.isthe.com/chongo/tech/comp/fnv/), 21 of a polynomial in 31. */
function hash53(text: string): number {
  let low = 0x811c9dc5;
  let high = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    low = Math.imul(low ^ unit, 0x01000193);
    high = (Math.imul(high, 31) + unit) | 0;
  }
  return (high & 0x1fffff) * 0x1_0000_0000 + (low >>> 0) || 1;
}

/** A set of positive integers that takes 8 to 16 bytes for each. `add` tells whether it is new. */
function createNumberSet(): { add(value: number): boolean } {
  let slots = new Float64Array(1024);
  let size = 0;
  function place(value: number): number {
    const mask = slots.length - 1;
    let at = value % slots.length;
    while (slots[at] !== 0 && slots[at] !== value) at = (at + 1) & mask;
    return at;
  }
  return {
    add(value) {
      const at = place(value);
      if (slots[at] === value) return false;
      slots[at] = value;
      size += 1;
      if (size * 1.5 > slots.length) {
        const old = slots;
        slots = new Float64Array(old.length * 2);
        for (const one of old) if (one !== 0) slots[place(one)] = one;
      }
      return true;
    },
  };
}
