import type { IncidentFacts } from './facts.ts';
import { importedFiles } from './importedFiles.ts';
import type { IncidentRow } from './row.ts';

const icons: Readonly<Record<string, string>> = { 'RCA.md': 'file-text', 'support-packet.md': 'mail' };

/** Logs that were imported, and the documents of the incident. */
export function filesSection({ accounts, imported, imports, documents }: IncidentFacts): readonly IncidentRow[] {
  const rows: IncidentRow[] = documents.map((file) => ({
    id: `file/${file}`,
    label: file,
    icon: icons[file] ?? 'file',
    abilities: ['openIncidentFile'],
    file,
  }));
  if (imported !== undefined)
    rows.unshift({
      id: 'imported',
      label: 'Imported logs',
      description: imported,
      icon: 'cloud-upload',
      sentences: ['The logs imported last on this computer. They are kept beside incidents, not in this one.'],
      runs: 'importLogs',
    });
  return [...importedFiles(imports, accounts), ...rows];
}
