import type { MarkedEntry } from './entry.ts';

export type Order = 'newest' | 'oldest';

/** Entries of a day or an hour, UTC, in the order that was asked for. */
export interface TimelineGroup {
  /** `2026-11-21` or `2026-11-21T03`. */
  readonly id: string;
  readonly entries: readonly MarkedEntry[];
  /** Of a day with more entries than a person looks through; its entries are in these. */
  readonly hours?: readonly TimelineGroup[];
}

/** A day with more entries is divided into hours. */
export const mostPerDay = 200;

/** The days of entries, which are sorted oldest first. */
export function groupEntries(entries: readonly MarkedEntry[], order: Order): readonly TimelineGroup[] {
  const sorted = order === 'oldest' ? entries : entries.toReversed();
  return cut(sorted, '2026-11-21'.length).map((day) =>
    day.entries.length > mostPerDay ? { ...day, hours: cut(day.entries, '2026-11-21T03'.length) } : day,
  );
}

/** Neighbours whose time begins with the same text. */
function cut(entries: readonly MarkedEntry[], length: number): readonly TimelineGroup[] {
  const groups: { readonly id: string; readonly entries: MarkedEntry[] }[] = [];
  for (const entry of entries) {
    const id = new Date(entry.at).toISOString().slice(0, length);
    const last = groups.at(-1);
    if (last?.id === id) last.entries.push(entry);
    else groups.push({ id, entries: [entry] });
  }
  return groups;
}
