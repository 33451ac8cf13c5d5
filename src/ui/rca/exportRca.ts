import * as vscode from 'vscode';
import { UserError } from '../../core/errors.ts';
import { promptSign } from '../../core/rca/document.ts';
import { type Numbers, numbersOf } from '../../core/rca/numbers.ts';
import { plainForm } from '../../core/rca/plainForm.ts';
import { writtenToast } from '../../core/rca/writtenToast.ts';
import { say } from '../say.ts';
import { incidentDocument } from './openDocument.ts';
import { type RefreshParts, rcaName, writable } from './refreshRca.ts';

const printing = 'For a PDF, open it in a browser and print it with “Save as PDF”.';

/** `Export RCA…`: the document as one HTML page, or as plain Markdown for Twilio's form. What was exported is recorded. */
export async function exportRca(parts: RefreshParts): Promise<void> {
  const { opened, incident } = writable(parts);
  const text = await incidentDocument(opened, rcaName, parts).text();
  if (text === undefined) throw new UserError('not-found', 'This incident has no RCA.md. “Create RCA” writes one.');
  const unanswered = text.split(promptSign).length - 1;
  const choice = await vscode.window.showQuickPick(
    [
      {
        label: 'Web page (HTML)',
        detail: 'One file with its figures inside. For a PDF, print it from a browser.',
        extension: 'html' as const,
      },
      {
        label: 'Twilio’s form (plain Markdown)',
        detail: 'The four questions, without figures and markers.',
        extension: 'md' as const,
      },
    ],
    {
      title: 'Export RCA',
      placeHolder: asItIs(unanswered, numbersOf(text, opened.journal.records, rcaName)),
    },
  );
  if (!choice) return;
  const writer = await parts.writer();
  const { title } = incident;
  const written =
    choice.extension === 'md' ? plainForm(text) : writer.html(text, { title, figures: await figuresOf(text, parts) });
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  const target = await vscode.window.showSaveDialog({
    title: 'Export RCA',
    ...(folder && { defaultUri: vscode.Uri.joinPath(folder.uri, `RCA.${choice.extension}`) }),
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
      format: choice.extension,
      numbers: numbersOf(text, opened.journal.records, rcaName),
      sha256: writer.sha256(written),
    }),
  );
  const name = target.path.split('/').at(-1) ?? '';
  const hint = choice.extension === 'html' ? ` ${printing}` : '';
  parts.background(async () => {
    if (!(await say.info(writtenToast(name, hint), 'Open'))) return;
    await (choice.extension === 'html' ? vscode.env.openExternal(target) : vscode.window.showTextDocument(target));
  });
}

/** What the person should know before it leaves the house. */
function asItIs(unanswered: number, numbers: Numbers): string {
  const known = [
    unanswered > 0 && `${unanswered} places marked ${promptSign} are not answered yet`,
    numbers === 'whole' && 'phone numbers are whole in it',
  ].filter((part) => part !== false);
  return known.length === 0 ? 'As it is now' : known.join('; ');
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
