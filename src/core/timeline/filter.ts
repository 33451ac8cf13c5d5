import type { EntryKind, MarkedEntry } from './entry.ts';

/** What the Timeline view shows. An empty filter shows everything. */
export interface TimelineFilter {
  /** Without it every kind is shown. */
  readonly kinds?: ReadonlySet<EntryKind>;
  /** Every word of it must occur, in any case: in what an entry says, its evidence, facts or annotations. */
  readonly text: string;
  readonly starredOnly: boolean;
}

export const noFilter: TimelineFilter = { text: '', starredOnly: false };

export function isFiltering({ kinds, text, starredOnly }: TimelineFilter): boolean {
  return kinds !== undefined || text.trim() !== '' || starredOnly;
}

/** The entries a filter lets through, in their order. */
export function filterEntries(entries: readonly MarkedEntry[], filter: TimelineFilter): readonly MarkedEntry[] {
  const { kinds, starredOnly } = filter;
  const words = filter.text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  return entries.filter((entry) => {
    if (kinds && !kinds.has(entry.kind)) return false;
    if (starredOnly && !entry.isStarred) return false;
    if (words.length === 0) return true;
    const said = wordsOf(entry);
    return words.every((word) => said.includes(word));
  });
}

function wordsOf({ at, what, about = [], notes, citations, facts = [] }: MarkedEntry): string {
  const values = facts.flatMap(({ value }) => (typeof value === 'string' ? value : []));
  const time = new Date(at).toISOString().replace('T', ' ');
  return [time, what, ...about, ...notes, ...citations, ...values].join('\n').toLowerCase();
}
