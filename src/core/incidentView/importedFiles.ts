import { type AccountNames, accountsText, rowsOfAccounts } from '../evidence/importedAccounts.ts';
import { type AccountRows, isRejectedFile } from '../evidence/importRecord.ts';
import { guessedColumns } from '../evidence/importText.ts';
import { rowsText } from './coverageText.ts';
import type { IncidentRow, RowFact } from './row.ts';
import type { ShownImport } from './shownImports.ts';

const takeIn = 'To take in what was left out, import the file again.';
const takeInAfterDeleting =
  'To take in what was left out, take this import out with “Delete Evidence…”, then import the file again.';
const showRejected = 'Click to see the rows that were not understood.';
const showFirst = 'Click to see its first row.';
/** A tooltip names so many columns at most. */
const mostColumns = 20;

/** Logs that were imported into this incident: they count as evidence like what was collected. A row for each file, refused ones too. */
export function importedFiles(imports: readonly ShownImport[], accounts: AccountNames): readonly IncidentRow[] {
  if (imports.length === 0) return [];
  const taken = imports.filter(({ refused }) => refused === undefined);
  const bad = imports.reduce((sum, one) => sum + one.bad, 0);
  const leftOut = rowsOfAccounts(imports.flatMap((one) => one.leftOut ?? []));
  const refused = imports.length - taken.length;
  const parts = [
    taken.length === 1 ? '1 file' : `${taken.length} files`,
    rowsText(taken.reduce((sum, { rows }) => sum + rows, 0)),
    ...(bad > 0 ? [`${rowsText(bad)} not understood`] : []),
    ...(leftOut > 0 ? [`${rowsText(leftOut)} left out`] : []),
    ...(refused > 0 ? [refused === 1 ? '1 file refused' : `${refused} files refused`] : []),
  ];
  return [
    {
      id: 'imports',
      label: 'Imported',
      description: parts.join(' · '),
      icon: 'cloud-upload',
      ...(bad + refused > 0 && { tone: 'warning' }),
      sentences: [
        'Judged, shown and exported like what was collected. The journal keeps the SHA-256 of each file.',
        '“Delete Evidence…” takes one of them out again.',
      ],
      children: imports.map((one, index) => fileRow(one, index, accounts)),
    },
  ];
}

function fileRow(
  { file, sha256, log, rows, bad, first, last, refused, rejected, evidence, ...whose }: ShownImport,
  index: number,
  names: AccountNames,
): IncidentRow {
  const { accounts = [], unnamed = 0, leftOut = [], unknownColumns = [] } = whose;
  const counts = [
    `${log ?? 'rows'} · ${rowsText(rows)}`,
    ...(bad > 0 ? [`${rowsText(bad)} not understood`] : []),
    ...(leftOut.length > 0 ? [`${rowsText(rowsOfAccounts(leftOut))} left out`] : []),
  ];
  return {
    id: `imports/${index}`,
    label: file,
    description: refused ?? counts.join(' · '),
    icon: refused === undefined ? 'file' : 'error',
    ...(refused !== undefined && { tone: 'bad' }),
    facts: [
      ...accountFact('Accounts', accounts, names),
      ...(unnamed > 0 ? [{ name: 'Rows that name no account', value: unnamed.toLocaleString('en-US') }] : []),
      ...accountFact('Left out, of other accounts', leftOut, names),
      ...(first === undefined ? [] : [{ name: 'First row', value: { at: first } }]),
      ...(last === undefined ? [] : [{ name: 'Last row', value: { at: last } }]),
      ...(sha256 === undefined ? [] : [{ name: 'SHA-256', value: sha256 }]),
      ...(rejected === undefined ? [] : [{ name: 'Rows not understood', value: rejected.file }]),
      ...listFact('Columns not read, their names are not known', unknownColumns),
      ...listFact('Columns taken for what stands in them', guessedColumns(whose)),
    ],
    sentences: [
      ...(leftOut.length > 0 ? [rows > 0 ? takeInAfterDeleting : takeIn] : []),
      ...(evidence === undefined ? [] : [isRejectedFile(evidence) ? showRejected : showFirst]),
    ],
    ...(evidence !== undefined && {
      evidence,
      abilities: ['openEvidence'],
      clicks: 'openEvidence',
    }),
  };
}

function accountFact(name: string, accounts: readonly AccountRows[], names: AccountNames): readonly RowFact[] {
  if (accounts.length === 0) return [];
  const sids = accounts.map(({ sid }) => sid);
  return [{ name, value: `${accountsText(sids, names)}: ${rowsText(rowsOfAccounts(accounts))}` }];
}

function listFact(name: string, all: readonly string[]): readonly RowFact[] {
  if (all.length === 0) return [];
  const more = all.length - mostColumns;
  return [{ name, value: `${all.slice(0, mostColumns).join(', ')}${more > 0 ? ` and ${more} more` : ''}` }];
}
