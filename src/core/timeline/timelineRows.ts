import type { IncidentRow, RowFact } from '../incidentView/row.ts';
import { shortAccount } from '../traffic/logRow.ts';
import type { EntryKind, MarkedEntry } from './entry.ts';
import { entryKinds } from './entry.ts';
import type { TimelineGroup } from './groups.ts';

/** A row of the Timeline view. A group's rows are made when it is opened. */
export interface TimelineRow extends IncidentRow {
  readonly group?: TimelineGroup;
  readonly entry?: MarkedEntry;
  /** "Load more": the id of the group that has more, empty for the view itself. */
  readonly moreOf?: string;
  /** What a screen reader says: rows leave out what the row above says to the eye. */
  readonly spoken?: string;
}

/** Rows shown at first below one row, and added by each "Load more". */
export const rowsPerPage = 100;

/** The first `limit` groups as rows. The first is open. */
export function groupRows(groups: readonly TimelineGroup[], limit: number, within = ''): readonly TimelineRow[] {
  const rows = groups.slice(0, limit).map((group, index): TimelineRow => {
    const { id, entries } = group;
    const stars = entries.filter(({ isStarred }) => isStarred).length;
    const count = `${entries.length.toLocaleString('en-US')} ${entries.length === 1 ? 'entry' : 'entries'}`;
    const description = stars === 0 ? count : `${count}, ${stars} starred`;
    const label = id.length > 10 ? `${id.slice(11)}:00` : id;
    const spoken = `${id.replace('T', ' ')}${id.length > 10 ? ':00' : ''} UTC, ${description}`;
    return { id, label, description, icon: 'calendar', group, expanded: index === 0, spoken };
  });
  return withMore(rows, groups.length, within);
}

/** What is below a group: its hours, or the first `limit` of its entries. */
export function childRows(group: TimelineGroup, limit: number): readonly TimelineRow[] {
  if (group.hours) return groupRows(group.hours, limit, group.id);
  return withMore(group.entries.slice(0, limit).map(entryRow), group.entries.length, group.id);
}

function withMore(rows: readonly TimelineRow[], total: number, moreOf: string): readonly TimelineRow[] {
  const left = total - rows.length;
  if (left <= 0) return rows;
  const description = `${left.toLocaleString('en-US')} more`;
  return [...rows, { id: `${moreOf}/more`, label: 'Load more', description, icon: 'ellipsis', moreOf }];
}

const icons: Readonly<Record<EntryKind, string>> = {
  event: 'shield',
  code: 'error',
  traffic: 'graph-line',
  indicator: 'search',
  containment: 'tools',
  support: 'mail',
  note: 'note',
  status: 'book',
  collection: 'cloud-download',
  document: 'file-text',
};

/** The row of an entry: `03:14 ★ Auth Token changed by API`, and what is known of it in the tooltip. */
export function entryRow(entry: MarkedEntry): TimelineRow {
  const { id, at, kind, level, what, about = [], notes, isStarred, citations, facts = [], file } = entry;
  const time = new Date(at).toISOString();
  const said = [...about, ...notes.map((note) => `“${note}”`)].join(' · ');
  const known: readonly RowFact[] = [
    { name: 'Time', value: { at } },
    { name: 'Kind', value: entryKinds[kind] },
    ...facts,
    ...(citations.length > 0 ? [{ name: 'Evidence', value: citations.join(', ') }] : []),
  ];
  const toned = level === 'critical' ? 'bad' : level === 'warning' ? 'warning' : undefined;
  return {
    id: `entry/${id}`,
    label: `${time.slice(11, 16)} ${isStarred ? '★ ' : ''}${what}`,
    description: said,
    icon: isStarred ? 'star-full' : icons[kind],
    ...(toned && { tone: toned }),
    facts: known,
    sentences: [...about, ...notes.map((note) => `Annotation: ${note}`)],
    abilities: [isStarred ? 'unstarEntry' : 'starEntry', 'annotateEntry'],
    entry,
    ...(file !== undefined && { file }),
    spoken: [`${time.slice(0, 16).replace('T', ' ')} UTC`, entryKinds[kind], what, said, isStarred ? 'starred' : '']
      .filter((part) => part !== '')
      .join(', '),
  };
}

/** What the timeline lacks, above everything else. */
export function gapRows(gaps: readonly string[]): readonly TimelineRow[] {
  if (gaps.length === 0) return [];
  const [first = ''] = gaps;
  const description = gaps.length === 1 ? first : `${gaps.length} reasons: ${first}`;
  return [
    { id: 'gaps', label: 'Not everything is here', description, icon: 'warning', tone: 'warning', sentences: gaps },
  ];
}

/** `Security events of AC…12ab are collected in part: why`, for logs a timeline is read from that are not held whole. */
export function lackOf(
  coverage: readonly {
    readonly title: string;
    readonly source: string;
    readonly account: string;
    readonly state: string;
    readonly why: readonly string[];
  }[],
): readonly string[] {
  const lacking = coverage.filter(({ source, state }) => timelineSources.includes(source) && state !== 'complete');
  const named = lacking.slice(0, mostNamed).map(({ title, account, state, why }) => {
    const how = state === 'partial' ? 'are not complete' : `are ${state}`;
    return `${title} of ${shortAccount(account)} ${how}.${why.length > 0 ? ` ${why.join(' ')}` : ''}`;
  });
  const left = lacking.length - named.length;
  return left > 0 ? [...named, `And ${left.toLocaleString('en-US')} more are not complete.`] : named;
}

const mostNamed = 10;
const timelineSources: readonly string[] = ['events', 'alerts', 'messages'];
