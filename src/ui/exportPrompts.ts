import * as vscode from 'vscode';
import { UserError } from '../core/errors.ts';
import { type ExportFormat, type ExportOrder, exportName } from '../core/evidence/export/exporter.ts';
import type { OpenIncident } from '../core/evidence/incidentStore.ts';

const formats: readonly (vscode.QuickPickItem & { readonly format: ExportFormat })[] = [
  { format: 'csv', label: '$(table) CSV for spreadsheets', detail: 'A folder with a table for each log' },
  {
    format: 'parquet',
    label: '$(database) Parquet for analysts',
    detail: 'The same tables with types, for DuckDB or pandas',
  },
  { format: 'timesketch', label: '$(history) Timesketch timeline', detail: 'Every log row by time, as JSON Lines' },
  {
    format: 'zip',
    label: '$(file-zip) Zip of the whole incident',
    detail: 'Its files as they are, with a manifest of their SHA-256',
  },
];

export async function askFormat(): Promise<ExportFormat | undefined> {
  return (await vscode.window.showQuickPick(formats, { title: 'Export Evidence: which form?' }))?.format;
}

/** What goes into an export. */
export type Content = Pick<ExportOrder, 'numbers' | 'evidence'>;

/** `undefined`: the person changed their mind, here and below. */
export async function askNumbers({ journal }: OpenIncident): Promise<Content | undefined> {
  const masked = {
    label: '$(lock) Mask other people’s numbers',
    detail: 'The last four digits become XXXX; country and block of 10,000 numbers stay',
    content: { numbers: 'masked', evidence: true },
  } as const;
  const full = {
    label: '$(unlock) Full numbers',
    detail: 'Personal data of others. That they left is recorded in the incident.',
    content: { numbers: 'full', evidence: true },
  } as const;
  // Without a journal that can be written, full numbers would leave unrecorded.
  if (journal.readOnly !== undefined) return masked.content;
  return (await vscode.window.showQuickPick([masked, full], { title: 'Export Evidence: phone numbers' }))?.content;
}

export async function askEvidence(): Promise<Content | undefined> {
  const entries: readonly (vscode.QuickPickItem & { readonly content: Content })[] = [
    {
      label: '$(file-zip) Everything',
      detail: 'With the logs as they were captured: other people’s numbers in full',
      content: { numbers: 'full', evidence: true },
    },
    {
      label: '$(live-share) Without evidence, to share',
      detail: 'Journal, documents and figures, with what you wrote as you wrote it.',
      content: { numbers: 'full', evidence: false },
    },
  ];
  return (await vscode.window.showQuickPick(entries, { title: 'Export Evidence: what goes into the zip?' }))?.content;
}

/** The folder or file to make. Its name is never made of text anybody wrote. */
export async function askTarget(
  opened: OpenIncident,
  format: ExportFormat,
  home: string,
  now: number,
): Promise<vscode.Uri | undefined> {
  const name = exportName(opened, format);
  const start = vscode.Uri.file(home);
  const target = format === 'csv' || format === 'parquet' ? await folder() : await file();
  if (target && target.scheme !== 'file')
    throw new UserError(
      'bad-input',
      'Exports are written to the disk of the computer this runs on, and that place is not on it. Choose another one.',
    );
  return target;

  async function folder() {
    const [parent] =
      (await vscode.window.showOpenDialog({
        title: `Export Evidence: where does the folder ${name} go?`,
        openLabel: 'Export Here',
        defaultUri: start,
        canSelectFiles: false,
        canSelectFolders: true,
      })) ?? [];
    const stamp = new Date(now).toISOString().replace(/[-:]|\.\d+/g, '');
    return parent && vscode.Uri.joinPath(parent, `${name}-${stamp}`);
  }
  function file() {
    const filters: Record<string, string[]> = format === 'zip' ? { Zip: ['zip'] } : { 'JSON Lines': ['jsonl'] };
    return vscode.window.showSaveDialog({
      title: 'Export Evidence',
      saveLabel: 'Export',
      defaultUri: vscode.Uri.joinPath(start, name),
      filters,
    });
  }
}
