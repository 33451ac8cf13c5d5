import type { Traffic } from './world.ts';

/** Traffic held in memory, for small worlds and hand-made cases. Rows may come in any order. */
export function arrayTraffic<Row extends { readonly sid: string; readonly at: number }>(
  rows: readonly Row[],
): Traffic<Row> {
  const sorted = [...rows].sort((a, b) => b.at - a.at || (a.sid < b.sid ? -1 : 1));
  const within = (from: number, to: number) => sorted.filter((row) => row.at >= from && row.at <= to);
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
