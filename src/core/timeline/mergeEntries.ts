import type { Mark } from '../rca/timelineEntry.ts';
import type { KnownEntry, MarkedEntry } from './entry.ts';

/**
 * Everything known in the order in which it happened, oldest first, with stars and annotations. What has no usable time is left out; of entries with
 * the same id the last one stays; equal times keep the order they were given in.
 */
export function mergeEntries(entries: readonly KnownEntry[], marks: ReadonlyMap<string, Mark>): readonly MarkedEntry[] {
  const byId = new Map(entries.filter(({ at }) => isTime(at)).map((entry) => [entry.id, entry]));
  return [...byId.values()]
    .map((entry): MarkedEntry => {
      const { isStarred = false, notes = [] } = marks.get(entry.id) ?? {};
      return { ...entry, isStarred, notes };
    })
    .sort((one, other) => one.at - other.at);
}

/** Between the years 0 and 9999: what ISO 8601 has four digits for, so that rows can be grouped by their text. */
function isTime(at: number): boolean {
  return at >= -62_167_219_200_000 && at <= 253_402_300_799_999;
}
