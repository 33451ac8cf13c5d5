import { visibleJson } from '../evidence/export/inertJson.ts';
import { maskText } from '../evidence/export/maskValue.ts';
import { untrusted } from '../untrusted.ts';
import { entryKinds, type MarkedEntry } from './entry.ts';

export type TimelineFormat = 'csv' | 'jsonl';

/** Excel takes a file for its own old encoding unless it begins with this. */
const byteOrderMark = '\uFEFF';
const header = 'time_utc,kind,what,about,annotations,starred,evidence,id';

/**
 * Entries as a file: CSV (RFC 4180), or JSON Lines with the members Timesketch asks for (`message`, `datetime`, `timestamp_desc`). What the timeline
 * lacks comes first, so that whoever has only the file does not take it for complete. Numbers of third parties are masked.
 * https://timesketch.org/guides/user/import-from-json-csv/
 */
export function exportTimeline(
  entries: readonly MarkedEntry[],
  gaps: readonly string[],
  format: TimelineFormat,
): string {
  if (format === 'csv') {
    const lines = [...gaps.map(csvGap), ...entries.map(csvEntry)];
    return `${byteOrderMark}${[header, ...lines].join('\r\n')}\r\n`;
  }
  const start = entries[0]?.at ?? 0;
  const lines = [...gaps.map((gap) => jsonGap(gap, start)), ...entries.map(jsonEntry)];
  return lines.map((line) => `${visibleJson(JSON.stringify(line))}\n`).join('');
}

const incomplete = 'Evidence is incomplete';

function csvGap(gap: string): string {
  return cells(['', incomplete, incomplete, maskText(gap), '', '', '', '']);
}

function csvEntry({ at, kind, what, about = [], notes, isStarred, citations, id }: MarkedEntry): string {
  const said = maskText(about.join(' · '));
  const time = new Date(at).toISOString();
  return cells([
    time,
    entryKinds[kind],
    what,
    said,
    maskText(notes.join(' · ')),
    isStarred ? 'yes' : '',
    citations.join(' '),
    id,
  ]);
}

function cells(texts: readonly string[]): string {
  return texts.map((text) => (text === '' ? '' : untrusted(text).for('csv'))).join(',');
}

function jsonGap(gap: string, at: number) {
  return {
    message: `${incomplete}: ${shown(gap)}`,
    datetime: instant(at),
    timestamp_desc: incomplete,
    data_type: 'twilio:coverage',
  };
}

function jsonEntry({ at, kind, what, about = [], notes, isStarred, citations, id }: MarkedEntry) {
  return {
    message: [what, ...about.map(shown)].join(' · '),
    datetime: instant(at),
    timestamp_desc: entryKinds[kind],
    data_type: 'twilio:timeline',
    kind,
    ...(notes.length > 0 && { annotations: notes.map(shown) }),
    ...(isStarred && { starred: true }),
    evidence: citations,
    entry: id,
  };
}

function shown(text: string): string {
  return untrusted(maskText(text)).for('document');
}

function instant(at: number): string {
  return new Date(at).toISOString().replace('Z', '+00:00');
}
