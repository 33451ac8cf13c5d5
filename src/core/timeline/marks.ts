import { perRecord } from '../evidence/perRecord.ts';
import type { ChainRecord } from '../evidence/record.ts';
import { textOf } from '../model/json.ts';
import type { JournalEntry } from '../ports.ts';
import type { Mark } from '../rca/timelineEntry.ts';

/** The record of an entry being starred, or not any more. `id`: the entry's. */
export function starRecord(id: string, starred: boolean): JournalEntry {
  return { type: 'star', entry: id, starred };
}

/** The record of what a person says about an entry. */
export function annotationRecord(id: string, text: string): JournalEntry {
  return { type: 'annotation', entry: id, text };
}

/** What can be added by hand. */
export const handKinds = {
  note: 'Note',
  detection: 'Detection',
  decision: 'Decision',
  support: 'Support contact',
} as const;
export type HandKind = keyof typeof handKinds;

/** The record of an entry added by hand. `happened`: epoch milliseconds; ISO 8601 in the record. */
export function handRecord(kind: HandKind, text: string, happened: number): JournalEntry {
  const at = new Date(happened).toISOString();
  if (kind === 'support') return { type: 'support-contact', ticket: text, happened: at };
  return { type: 'note', kind, text, happened: at };
}

/** What persons made of entries, by the entry's id. The last star counts; annotations add up. */
export function marksOf(records: readonly ChainRecord[]): ReadonlyMap<string, Mark> {
  return marks(records);
}

const marks = perRecord<Map<string, Mark>>(
  () => new Map(),
  (found, record) => {
    if (record.type !== 'star' && record.type !== 'annotation') return;
    const id = textOf(record, 'entry');
    if (id === undefined) return;
    const before = found.get(id) ?? { isStarred: false, notes: [] };
    if (record.type === 'star') found.set(id, { ...before, isStarred: record['starred'] === true });
    const text = record.type === 'annotation' ? (textOf(record, 'text') ?? '') : '';
    if (text !== '') found.set(id, { ...before, notes: [...before.notes, text] });
  },
);
