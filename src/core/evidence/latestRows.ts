import { instantOf } from '../model/json.ts';
import type { CapturedRow } from './evidenceStore.ts';
import { createNumberSet, hash53 } from './numberSet.ts';

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
