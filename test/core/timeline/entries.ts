import type { MarkedEntry } from '../../../src/core/timeline/entry.ts';

export const midnight = Date.UTC(2026, 10, 21);
const minute = 60_000;

/** An entry so many minutes after midnight of 21 November 2026, UTC. */
export function entry(id: string, minutes: number, more: Partial<MarkedEntry> = {}): MarkedEntry {
  return {
    id,
    kind: 'event',
    at: midnight + minutes * minute,
    lane: 'Account',
    what: `What ${id} is`,
    citations: [],
    isStarred: false,
    notes: [],
    ...more,
  };
}

/** So many entries, spread evenly over so many days. */
export function manyEntries(count: number, days: number): readonly MarkedEntry[] {
  return Array.from({ length: count }, (_, i) => entry(`AE${i}`, (i * days * 1440) / count));
}
