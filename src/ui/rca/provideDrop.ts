import * as vscode from 'vscode';
import { citationText } from '../../core/rca/document.ts';
import { draggedType, droppedBlock, parseDragged } from '../../core/rca/dragged.ts';
import type { IncidentParts } from '../incidents.ts';
import { selector } from './selector.ts';

const kind = vscode.DocumentDropOrPasteEditKind.Text.append('twilioIncident', 'evidence');

/** Rows of the views that are dropped into a document become its text: a row where there is a table, else an item of a list. */
export function provideDrop({ writer }: Pick<IncidentParts, 'writer'>): vscode.Disposable {
  return vscode.languages.registerDocumentDropEditProvider(
    selector,
    {
      async provideDocumentDropEdits(document, position, transfer, token) {
        const json = await transfer.get(draggedType)?.asString();
        const dragged = parseDragged(json ?? '');
        if (dragged.length === 0 || token.isCancellationRequested) return undefined;
        const { markdown } = await writer();
        const line = document.lineAt(position.line).text;
        const inTable = /^\s*\|/.test(line);
        const written = markdown({ blocks: [droppedBlock(dragged, inTable)] }).trimEnd();
        // Without its two lines of heading a table is rows.
        const lines = written.split('\n').slice(inTable ? 2 : 0);
        const cited = citationText(dragged.flatMap(({ citations }) => citations));
        return [
          whole(lines, document, position.line),
          ...(cited === '–' ? [] : [new vscode.DocumentDropEdit(`(${cited})`, 'The evidence alone', kind)]),
        ];
      },
    },
    { dropMimeTypes: [draggedType], providedDropEditKinds: [kind] },
  );
}

/** Whole lines, below the line they are dropped on: inside of it they would tear a sentence or a row apart. */
function whole(lines: readonly string[], document: vscode.TextDocument, at: number): vscode.DocumentDropEdit {
  const title = 'What happened, with its evidence';
  const lineEnd = document.eol === vscode.EndOfLine.CRLF ? '\r\n' : '\n';
  const text = lines.join(lineEnd);
  if (document.lineAt(at).isEmptyOrWhitespace) return new vscode.DocumentDropEdit(text, title, kind);
  const edit = new vscode.DocumentDropEdit('', title, kind);
  const next = Math.min(at + 1, document.lineCount - 1);
  // Between the head of a table and its rule nothing may stand.
  const last = /^\s*\|[\s|:-]*$/.test(document.lineAt(next).text) ? next : at;
  edit.additionalEdit = new vscode.WorkspaceEdit();
  edit.additionalEdit.insert(document.uri, document.lineAt(last).range.end, `${lineEnd}${text}`);
  return edit;
}
