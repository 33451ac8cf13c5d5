import type { ImportedLog } from '../evidence/importRecord.ts';
import { rowsText } from './coverageText.ts';
import type { IncidentRow } from './row.ts';

/** Logs that were imported into this incident: they count as evidence like what was collected. A row for each file, refused ones too. */
export function importedFiles(imports: readonly ImportedLog[]): readonly IncidentRow[] {
  if (imports.length === 0) return [];
  const taken = imports.filter(({ refused }) => refused === undefined);
  const bad = imports.reduce((sum, one) => sum + one.bad, 0);
  const refused = imports.length - taken.length;
  const parts = [
    taken.length === 1 ? '1 file' : `${taken.length} files`,
    rowsText(taken.reduce((sum, { rows }) => sum + rows, 0)),
    ...(bad > 0 ? [`${rowsText(bad)} not understood`] : []),
    ...(refused > 0 ? [refused === 1 ? '1 file refused' : `${refused} files refused`] : []),
  ];
  return [
    {
      id: 'imports',
      label: 'Imported',
      description: parts.join(' · '),
      icon: 'cloud-upload',
      ...(bad + refused > 0 && { tone: 'warning' }),
      sentences: ['Judged, shown and exported like what was collected. The journal keeps the SHA-256 of each file.'],
      children: imports.map(fileRow),
    },
  ];
}

function fileRow(
  { file, sha256, log, rows, bad, first, last, refused, rejected }: ImportedLog,
  index: number,
): IncidentRow {
  return {
    id: `imports/${index}`,
    label: file,
    description:
      refused ?? `${log ?? 'rows'} · ${rowsText(rows)}${bad > 0 ? ` · ${rowsText(bad)} not understood` : ''}`,
    icon: refused === undefined ? 'file' : 'error',
    ...(refused !== undefined && { tone: 'bad' }),
    facts: [
      ...(first === undefined ? [] : [{ name: 'First row', value: { at: first } }]),
      ...(last === undefined ? [] : [{ name: 'Last row', value: { at: last } }]),
      ...(sha256 === undefined ? [] : [{ name: 'SHA-256', value: sha256 }]),
      ...(rejected === undefined ? [] : [{ name: 'Rows not understood', value: rejected.file }]),
    ],
  };
}
