import * as vscode from 'vscode';
import { commandId } from '../../core/manifest/commands.ts';
import { findBlocks } from '../../core/rca/blocks.ts';
import { generatedIds } from '../../core/rca/document.ts';
import { markerLine, numbersOf } from '../../core/rca/numbers.ts';
import { phrase } from '../../core/untrusted.ts';
import { registerTextCommand } from '../commands.ts';
import type { IncidentParts } from '../incidents.ts';
import { say } from '../say.ts';
import { showDifference } from './difference.ts';
import { incidentOf } from './helpSources.ts';
import { incidentDocument, nameIn } from './openDocument.ts';
import { rcaName, refreshRca, writable, writtenNow } from './refreshRca.ts';
import { blockCommands, selector } from './selector.ts';

/** Above each generated block of an RCA: refresh it, or show what would change; on top, how phone numbers stand. And each block in the outline. */
export function provideLenses(parts: IncidentParts): vscode.Disposable {
  const isRca = (document: vscode.TextDocument) =>
    document.fileName.endsWith(rcaName) && incidentOf(parts.incidents, document) !== undefined;
  const blocksOf = (document: vscode.TextDocument) =>
    findBlocks(document.getText()).blocks.filter(({ name }) => (generatedIds as readonly string[]).includes(name));
  const run = (work: (name: string) => Promise<void>) => (name: string) => parts.background(() => work(name));
  return vscode.Disposable.from(
    vscode.languages.registerCodeLensProvider(selector, {
      provideCodeLenses: (document) => [
        ...numbersLens(document, parts),
        ...(isRca(document) ? blocksOf(document) : []).flatMap(({ name, begin }) => {
          const range = new vscode.Range(begin, 0, begin, 0);
          const lens = (title: string, command: string) =>
            new vscode.CodeLens(range, { title, command, arguments: [name] });
          return [
            lens('$(sync) Refresh from evidence', blockCommands.refresh),
            lens('Show difference', blockCommands.compare),
          ];
        }),
      ],
    }),
    vscode.languages.registerFoldingRangeProvider(selector, {
      provideFoldingRanges: (document) =>
        blocksOf(document).map(({ begin, end }) => new vscode.FoldingRange(begin, end)),
    }),
    vscode.languages.registerDocumentSymbolProvider(
      selector,
      {
        provideDocumentSymbols: (document) =>
          blocksOf(document).map(({ name, begin, end }) => {
            const range = new vscode.Range(begin, 0, end, 0);
            return new vscode.DocumentSymbol(name, 'from evidence', vscode.SymbolKind.Module, range, range);
          }),
      },
      { label: 'Generated parts' },
    ),
    registerTextCommand(
      blockCommands.refresh,
      run((name) => refreshRca(parts, [name])),
    ),
    registerTextCommand(
      blockCommands.compare,
      run((name) => compare(name, parts)),
    ),
  );
}

/** On top of a document: whether its phone numbers are masked, and the command that changes it. */
function numbersLens(document: vscode.TextDocument, { incidents }: IncidentParts): vscode.CodeLens[] {
  const opened = incidentOf(incidents, document);
  const name = opened && nameIn(opened, document.uri);
  if (!opened || name === undefined || opened.journal.readOnly !== undefined) return [];
  const text = document.getText();
  const isWhole = numbersOf(text, opened.journal.records, name) === 'whole';
  const title = isWhole ? '$(eye) Phone numbers whole: mask them' : '$(eye-closed) Phone numbers masked: unmask…';
  const line = markerLine(text) ?? 0;
  return [new vscode.CodeLens(new vscode.Range(line, 0, line, 0), { title, command: commandId('switchNumbers') })];
}

async function compare(name: string, parts: IncidentParts): Promise<void> {
  const { opened, incident } = writable(parts);
  const fresh = findBlocks(await writtenNow(opened, incident, parts)).blocks.find((one) => one.name === name);
  const text = (await incidentDocument(opened, rcaName, parts).text()) ?? '';
  const found = findBlocks(text).blocks.find((one) => one.name === name);
  if (!fresh || !found) return void say.info(phrase('toast')`There is nothing to write in “${name}” any more.`);
  if (fresh.body === found.body) return void say.info(phrase('toast')`“${name}” is up to date.`);
  await showDifference({ found, fresh });
}
