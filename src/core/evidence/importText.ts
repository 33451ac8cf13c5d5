import { utc } from '../model/age.ts';
import type { LogKind } from '../traffic/logKind.ts';
import type { TakenLog } from './evidenceStore.ts';

const words: Readonly<Record<LogKind, readonly [one: string, many: string]>> = {
  messages: ['message', 'messages'],
  calls: ['call', 'calls'],
  attempts: ['Verify attempt', 'Verify attempts'],
};

/**
 * What was added to an incident, for whoever just imported it: `Added to the incident: 1,234 messages and 2 calls, 2026-11-14 00:00 UTC to …`.
 * Holds names of columns, which are hostile text.
 */
export function importText(taken: readonly TakenLog[]): string {
  const added = taken.filter(({ known, refused }) => !known && refused === undefined);
  const counts = (Object.keys(words) as LogKind[]).flatMap((log) => {
    const rows = added.reduce((sum, one) => sum + (one.log === log ? one.rows : 0), 0);
    return rows === 0 ? [] : [counted(rows, ...words[log])];
  });
  const first = Math.min(...added.flatMap((one) => one.first ?? []));
  const last = Math.max(...added.flatMap((one) => one.last ?? []));
  const bad = added.reduce((sum, one) => sum + one.bad, 0);
  const known = taken.filter((one) => one.known).length;
  const refused = taken.filter((one) => one.refused !== undefined).length;
  const columns = [...new Set(added.flatMap(({ unknownColumns = [] }) => unknownColumns))];
  const guessed = added.flatMap(({ columns: all = [] }) =>
    all.flatMap(({ name, as, byValue }) => (byValue && as !== undefined ? [`${name} as ${plain(as)}`] : [])),
  );
  return [
    counts.length > 0 ? `Added to the incident: ${counts.join(' and ')}, ${utc(first)} to ${utc(last)}.` : '',
    counts.length === 0 && known === 0 ? 'Nothing was added to the incident.' : '',
    bad > 0 ? `${counted(bad, 'row was', 'rows were')} not understood and put aside.` : '',
    known > 0 ? `${counted(known, 'file was', 'files were')} in the incident already.` : '',
    refused > 0 ? `${counted(refused, 'file was', 'files were')} refused.` : '',
    guessed.length > 0 ? `Columns taken for what stands in them: ${[...new Set(guessed)].slice(0, 5).join(', ')}.` : '',
    columns.length > 0 ? `Not read, because their names are not known: ${columns.slice(0, 5).join(', ')}.` : '',
  ]
    .filter((part) => part !== '')
    .join(' ');
}

/** `start_time` → `start time`. */
function plain(field: string): string {
  return field.replaceAll('_', ' ').replace(/\bsid\b/, 'SID');
}

function counted(count: number, one: string, many: string): string {
  return `${count.toLocaleString('en-US')} ${count === 1 ? one : many}`;
}
