import { importOf } from '../evidence/importRecord.ts';
import type { ChainRecord } from '../evidence/record.ts';
import { instantOf, numberOf, textOf } from '../model/json.ts';
import { containmentSteps, type NamedAction } from '../rca/containmentSteps.ts';
import { journalTimeline } from '../rca/journalTimeline.ts';
import { stepEntry } from '../rca/timeline.ts';
import type { TimelineEntry } from '../rca/timelineEntry.ts';
import { onsetText } from '../traffic/watchRecord.ts';
import type { EntryKind, KnownEntry } from './entry.ts';

/** Everything a journal tells that belongs into a timeline, in its order. Pages captured one by one are not told: their collection is. */
export function journalEntries(
  records: readonly ChainRecord[],
  actions: readonly NamedAction[],
): readonly KnownEntry[] {
  const byId = new Map(records.map((record) => [`J${record.seq}`, record]));
  const known = (kind: (type: string) => EntryKind) => (entry: TimelineEntry) => {
    const id = entry.citations[0];
    const record = id === undefined ? undefined : byId.get(id);
    return id === undefined || !record ? [] : [{ ...entry, id, kind: kind(record.type), ...recorded(entry, record) }];
  };
  return [
    ...journalTimeline(records).flatMap(known((type) => kinds[type] ?? 'status')),
    ...containmentSteps(records, actions)
      .map(stepEntry)
      .flatMap(known(() => 'containment')),
    ...records.flatMap((record) => otherEntry(record)),
  ];
}

/** What is starred of `otherEntry`: an RCA tells these only when somebody wants them in it. */
export function starredRecords(
  records: readonly ChainRecord[],
  isStarred: (id: string) => boolean,
): readonly TimelineEntry[] {
  return records.filter(({ seq }) => isStarred(`J${seq}`)).flatMap((record) => otherEntry(record));
}

const kinds: Readonly<Record<string, EntryKind>> = {
  journal: 'status',
  status: 'status',
  adopted: 'status',
  'rca-status': 'document',
  'document-numbers': 'document',
  collection: 'collection',
  'evidence-deleted': 'collection',
  'evidence-first': 'collection',
  'console-step': 'containment',
  'support-contact': 'support',
  note: 'note',
};

interface Told {
  readonly kind: EntryKind;
  readonly what: string;
  readonly about?: readonly (string | undefined)[];
  readonly file?: string;
}

const others: Readonly<Record<string, (record: ChainRecord) => Told | undefined>> = {
  collected: (record) => ({
    kind: 'collection',
    what: textOf(record, 'result') === 'finished' ? 'Collecting evidence ends' : 'Collecting evidence was stopped',
  }),
  privacy: (record) => ({
    kind: 'collection',
    what: textOf(record, 'bodies') === 'full' ? 'Message texts are kept as they are' : 'One-time codes are masked',
  }),
  'export-order': (record) => ({
    kind: 'collection',
    what: 'BulkExport is being ordered',
    about: [textOf(record, 'resource'), textOf(record, 'start'), textOf(record, 'end')],
  }),
  'export-outcome': (record) => ({
    kind: 'collection',
    what: 'BulkExport order settled',
    about: [textOf(record, 'resource'), textOf(record, 'result')],
  }),
  import: (record) => {
    const { file = '', log = 'rows', rows = 0, bad = 0, refused } = importOf(record) ?? {};
    const aside = bad > 0 ? `${rowsText(bad)} not understood` : undefined;
    const read = `${rows.toLocaleString('en-US')} ${log === 'attempts' ? 'Verify attempts' : log}`;
    return refused === undefined
      ? { kind: 'collection', what: 'Logs imported', about: [file, read, aside] }
      : { kind: 'collection', what: 'Logs refused', about: [refused] };
  },
  'traffic-onset': (record) => ({ kind: 'traffic', what: 'Live watch found a surge', about: onsetText(record) }),
  validation: (record) => ({ kind: 'indicator', what: 'Validated', about: [textOf(record, 'sentence')] }),
  document: (record) => {
    const name = textOf(record, 'name') ?? '';
    // A journal may be somebody else's: a name never leads out of the incident's folder.
    const file = /^[\w-]{1,60}\.md$/.test(name) ? { file: name } : {};
    return name.startsWith('figures/')
      ? undefined
      : { kind: 'document', what: 'Document written', about: [name], ...file };
  },
  'rca-export': (record) => ({ kind: 'document', what: 'RCA exported', about: [textOf(record, 'format')] }),
  export: (record) => ({
    kind: 'document',
    what: textOf(record, 'numbers') === 'masked' ? 'Exported, numbers masked' : 'Exported with full numbers',
    about: [textOf(record, 'format'), rowsText(numberOf(record, 'rows'))],
  }),
  trimmed: () => ({ kind: 'status', what: 'The end of the journal, cut off by a crash, was set aside' }),
};

function otherEntry(record: ChainRecord): readonly KnownEntry[] {
  const told = Object.hasOwn(others, record.type) ? others[record.type]?.(record) : undefined;
  const at = instantOf(record, 'at');
  if (!told || at === undefined) return [];
  const id = `J${record.seq}`;
  const about = (told.about ?? []).filter((part) => part !== undefined && part !== '') as readonly string[];
  return [{ ...told, at, id, lane: 'Record', about, citations: [id] }];
}

function rowsText(rows: number | undefined): string | undefined {
  return rows === undefined ? undefined : `${rows.toLocaleString('en-US')} rows`;
}

/** What was told later than it happened says when. */
function recorded({ at }: TimelineEntry, record: ChainRecord): Pick<KnownEntry, 'facts'> {
  const written = instantOf(record, 'at');
  return written === undefined || written === at ? {} : { facts: [{ name: 'Recorded', value: { at: written } }] };
}
