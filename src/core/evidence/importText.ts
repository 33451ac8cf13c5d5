import { utc } from '../model/age.ts';
import { shortSid } from '../model/sid.ts';
import type { LogKind } from '../traffic/logKind.ts';
import type { TakenLog } from './evidenceStore.ts';
import { accountsText, rowsOfAccounts } from './importedAccounts.ts';
import type { ImportedLog } from './importRecord.ts';

const words: Readonly<Record<LogKind, readonly [one: string, many: string]>> = {
  messages: ['message', 'messages'],
  calls: ['call', 'calls'],
  attempts: ['Verify attempt', 'Verify attempts'],
};

/**
 * What was added to an incident, for whoever just imported it: `2 rows not understood. Added to the incident: 1,234 messages of AC…12ab, 2026-11-14 00:00 UTC
 * to …`. What was lost comes first and is short whatever the file holds: a toast that is cut must not lose it. Holds no hostile text: names of accounts and
 * columns are in the Incident view. `isOwned`: rows that name no account are taken for the incident's one account.
 */
export function importText(taken: readonly TakenLog[], isOwned = false): string {
  const added = taken.filter(({ known, refused }) => !known && refused === undefined);
  const counts = (Object.keys(words) as LogKind[]).flatMap((log) => {
    const rows = added.reduce((sum, one) => sum + (one.log === log ? one.rows : 0), 0);
    return rows === 0 ? [] : [counted(rows, ...words[log])];
  });
  const first = Math.min(...added.flatMap((one) => one.first ?? []));
  const last = Math.max(...added.flatMap((one) => one.last ?? []));
  const whose = accountsText(
    added.flatMap((one) => (one.accounts ?? []).map(({ sid }) => sid)),
    [],
  );
  const known = taken.filter((one) => one.known);
  const guessed = new Set(added.flatMap(guessedColumns)).size;
  return [
    counts.length === 0 && known.length === 0 ? 'Nothing was added to the incident.' : '',
    ...lossTexts(taken, added),
    stillLeftOutText(known),
    counts.length > 0
      ? `Added to the incident: ${counts.join(' and ')}${whose && ` of ${whose}`}, ${utc(first)} to ${utc(last)}.`
      : '',
    unnamedText(added, isOwned),
    known.length > 0 ? `${counted(known.length, 'file was', 'files were')} in the incident already.` : '',
    guessed > 0 ? `${counted(guessed, 'column was', 'columns were')} taken for what stands in them.` : '',
  ]
    .filter((part) => part !== '')
    .join(' ');
}

/** What the columns of a file were taken for where not their names say so: `ID as SID`, hostile text. */
export function guessedColumns({ columns = [] }: Pick<ImportedLog, 'columns'>): readonly string[] {
  return columns.flatMap(({ name, as, byValue }) => (byValue && as !== undefined ? [`${name} as ${plain(as)}`] : []));
}

function lossTexts(taken: readonly TakenLog[], added: readonly TakenLog[]): readonly string[] {
  const leftOut = added.flatMap((one) => one.leftOut ?? []);
  const [one, ...others] = new Set(leftOut.map(({ sid }) => sid));
  const more = others.length > 0 ? ` and ${counted(others.length, 'more account', 'more accounts')}` : '';
  const bad = added.reduce((sum, log) => sum + log.bad, 0);
  const refused = taken.filter((log) => log.refused !== undefined).length;
  const columns = new Set(added.flatMap(({ unknownColumns = [] }) => unknownColumns)).size;
  return [
    one === undefined ? '' : `${counted(rowsOfAccounts(leftOut), 'row', 'rows')} left out, of ${shortSid(one)}${more}.`,
    bad > 0 ? `${counted(bad, 'row', 'rows')} not understood.` : '',
    refused > 0 ? `${counted(refused, 'file', 'files')} refused.` : '',
    columns > 0 ? `${counted(columns, 'column', 'columns')} not read.` : '',
  ];
}

function unnamedText(added: readonly TakenLog[], isOwned: boolean): string {
  const files = added.filter(({ unnamed = 0 }) => unnamed > 0).length;
  if (files === 0) return '';
  const rows = files === 1 ? '1 file has rows that do' : `${files} files have rows that do`;
  return `${rows} not tell their account: they count as ${isOwned ? 'the incident’s own' : 'those of an account not named'}.`;
}

function stillLeftOutText(known: readonly TakenLog[]): string {
  const rows = rowsOfAccounts(known.flatMap((one) => one.leftOut ?? []));
  if (rows === 0) return '';
  return `${counted(rows, 'row', 'rows')} of other accounts stayed out: to take them in, “Delete Evidence…” of that file, then import it again.`;
}

/** `start_time` → `start time`. */
function plain(field: string): string {
  return field.replaceAll('_', ' ').replace(/\bsid\b/, 'SID');
}

function counted(count: number, one: string, many: string): string {
  return `${count.toLocaleString('en-US')} ${count === 1 ? one : many}`;
}
