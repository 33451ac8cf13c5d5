import { perRecord } from '../evidence/perRecord.ts';
import type { ChainRecord } from '../evidence/record.ts';
import { type SourceId, sourceIds } from '../evidence/source.ts';
import { numberOf, objectsOf, textOf } from '../model/json.ts';
import { type AccountSid, accountSid } from '../model/sid.ts';
import type { JournalEntry } from '../ports.ts';
import type { NamedAccount } from './facts.ts';

/** What was asked to be collected. */
export interface Collection {
  readonly main: AccountSid;
  readonly accounts: readonly NamedAccount[];
  readonly sources: readonly SourceId[];
  /** Days before the window that were wanted as well, to tell what is usual; absent when none were. */
  readonly daysBefore?: number;
  /** It came from the demo’s simulator and proves nothing. */
  readonly demo: boolean;
  /** Why there may be more accounts than these, a sentence that may hold hostile text: what belongs to them is not even known to be missing. */
  readonly gap?: string;
}

/** What the journal says before collecting begins. */
export function collectionEntry({ main, accounts, sources, daysBefore = 0, demo, gap }: Collection): JournalEntry {
  return {
    type: 'collection',
    main,
    accounts: accounts.map(({ sid, name }) => ({ sid, name })),
    sources: [...sources],
    ...(daysBefore > 0 && { daysBefore }),
    ...(demo && { demo }),
    ...(gap !== undefined && { gap }),
  };
}

/** What it says when collecting ended by itself or was stopped; missing after a crash. */
export function collectedEntry(result: 'finished' | 'stopped'): JournalEntry {
  return { type: 'collected', result };
}

/** The collections a journal tells of, in its order. */
export function collections(records: readonly ChainRecord[]): readonly Collection[] {
  return [...begun(records)];
}

const begun = perRecord<Collection[]>(
  () => [],
  (found, record) => {
    const collection = collectionFrom(record);
    if (collection) found.push(collection);
  },
);

/** The newest collection, when it was stopped or cut off by a crash or a reload. */
export function unfinishedCollection(records: readonly ChainRecord[]): Collection | undefined {
  const start = records.findLastIndex((record) => collectionFrom(record) !== undefined);
  const begun = records[start];
  const ended = records.slice(start + 1).find(({ type }) => type === 'collected');
  return begun && ended?.['result'] !== 'finished' ? collectionFrom(begun) : undefined;
}

function collectionFrom(record: ChainRecord): Collection | undefined {
  if (record.type !== 'collection') return undefined;
  const main = accountSid(textOf(record, 'main'));
  if (main === undefined) return undefined;
  const accounts = objectsOf(record, 'accounts').flatMap((one) => {
    const sid = accountSid(textOf(one, 'sid'));
    return sid === undefined ? [] : [{ sid, name: textOf(one, 'name') ?? '' }];
  });
  const named = record['sources'];
  const sources = sourceIds.filter((id) => Array.isArray(named) && named.includes(id));
  const gap = textOf(record, 'gap');
  const daysBefore = numberOf(record, 'daysBefore') ?? 0;
  return {
    main,
    accounts,
    sources,
    ...(daysBefore > 0 && { daysBefore }),
    demo: record['demo'] === true,
    ...(gap !== undefined && { gap }),
  };
}
