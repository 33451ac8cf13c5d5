import * as vscode from 'vscode';
import { UserError } from '../../core/errors.ts';
import { documentStatus } from '../../core/rca/citations.ts';
import { numbersOf } from '../../core/rca/numbers.ts';
import { plainForm } from '../../core/rca/plainForm.ts';
import { unfinished } from '../../core/rca/unfinished.ts';
import { writtenToast } from '../../core/rca/writtenToast.ts';
import { say } from '../say.ts';
import { askExport } from './exportChoice.ts';
import { knownRecord } from './helpSources.ts';
import { incidentDocument } from './openDocument.ts';
import { type RefreshParts, rcaName, refreshRca, writable } from './refreshRca.ts';

const printing = 'For a PDF, open it in a browser and print it with “Save as PDF”.';

/** `Export RCA…`: the document as one HTML page, or as plain Markdown for Twilio's form. What was exported is recorded. */
export async function exportRca(parts: RefreshParts): Promise<void> {
  const { opened, incident } = writable(parts);
  const document = incidentDocument(opened, rcaName, parts);
  const text = await document.text();
  if (text === undefined) throw new UserError('not-found', 'This incident has no RCA.md. “Create RCA” writes one.');
  const { records } = opened.journal;
  const numbers = numbersOf(text, records, rcaName);
  const state = unfinished(text, documentStatus(records), knownRecord(opened, { uri: document.uri }));
  const format = await askExport(state, numbers === 'whole');
  if (format === undefined) return;
  if (format === 'show question') return showLine(document.uri, state.first?.line ?? 0);
  if (format === 'refresh') {
    await refreshRca(parts);
    return exportRca(parts);
  }
  const writer = await parts.writer();
  const { title } = incident;
  const written =
    format === 'md' ? plainForm(text) : writer.html(text, { title, figures: await figuresOf(text, parts) });
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  const target = await vscode.window.showSaveDialog({
    title: 'Export RCA',
    ...(folder && { defaultUri: vscode.Uri.joinPath(folder.uri, `RCA.${format}`) }),
  });
  if (!target) return;
  try {
    await vscode.workspace.fs.writeFile(target, writer.bytes(written));
  } catch (reason) {
    const code = reason instanceof vscode.FileSystemError ? reason.code : 'unknown error';
    throw new UserError(
      'bad-input',
      `The RCA could not be written (${code}). Choose a folder you may write to, then export again.`,
    );
  }
  await parts.incidents.hold(() =>
    opened.journal.append({
      type: 'rca-export',
      format,
      numbers,
      sha256: writer.sha256(written),
    }),
  );
  const name = target.path.split('/').at(-1) ?? '';
  const hint = format === 'html' ? ` ${printing}` : '';
  parts.background(async () => {
    if (!(await say.info(writtenToast(name, hint), 'Open'))) return;
    await (format === 'html' ? vscode.env.openExternal(target) : vscode.window.showTextDocument(target));
  });
}

/** Opens the document where a question waits for its answer. */
async function showLine(uri: vscode.Uri, line: number): Promise<void> {
  const selection = new vscode.Range(line, 0, line, 0);
  await vscode.window.showTextDocument(uri, { preview: false, selection });
}

/** The pictures a document shows that are in its folder. */
async function figuresOf(text: string, { store, incidents }: RefreshParts): Promise<ReadonlyMap<string, string>> {
  const named = [...text.matchAll(/\((figures\/[a-z0-9-]{1,120}\.svg)\)/gi)].flatMap(([, file]) => file ?? []);
  const figures = new Map<string, string>();
  const { current } = incidents;
  for (const file of current ? new Set(named) : []) {
    const svg = current && (await (await store()).readDocument(current, file));
    if (svg !== undefined) figures.set(file, svg);
  }
  return figures;
}
