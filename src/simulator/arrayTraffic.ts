import type { Traffic } from './world.ts';

/** Traffic held in memory, for small worlds and hand-made cases. Rows may come in any order. */
export function arrayTraffic<Row extends { readonly sid: string; readonly at: number }>(
  rows: readonly Row[],
): Traffic<Row> {
  const sorted = [...rows].sort((a, b) => b.at - a.at || (a.sid < b.sid ? -1 : 1));
  const within = (from: number, to: number) =>
    sorted.slice(
      placeOf(sorted, ({ at }) => at <= to),
      placeOf(sorted, ({ at }) => at < from),
    );
  return {
    newestFirst: within,
    count: (from, to) => within(from, to).length,
    find: (sid) => sorted.find((row) => row.sid === sid),
    change(sid, change) {
      const index = sorted.findIndex((row) => row.sid === sid);
      const row = sorted[index];
      if (row) sorted[index] = { ...row, ...change };
    },
  };
}

/** How many rows come before the first one for which this holds, when it holds for all after it too. */
function placeOf<Row>(rows: readonly Row[], holds: (row: Row) => boolean): number {
  let [low, high] = [0, rows.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const row = rows[middle];
    if (row !== undefined && holds(row)) high = middle;
    else low = middle + 1;
  }
  return low;
}
