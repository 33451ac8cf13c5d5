import * as vscode from 'vscode';
import { UserError } from '../../core/errors.ts';
import type { IncidentStore, OpenIncident } from '../../core/evidence/incidentStore.ts';
import type { LineEdit } from '../../core/rca/blocks.ts';
import { applyEdits } from '../../core/rca/blocks.ts';
import type { ActiveIncident } from '../activeIncident.ts';

export interface DocumentParts {
  readonly incidents: ActiveIncident;
  readonly store: () => Promise<IncidentStore>;
}

/** A document of the open incident, wherever it is at the moment: in an editor, perhaps unsaved, or on the disk only. */
export interface IncidentDocument {
  readonly uri: vscode.Uri;
  /** What it says now; `undefined` when there is none. */
  text(): Promise<string | undefined>;
  /**
   * Changes the text `before`. In an editor as one edit that can be undone; it is saved afterwards when it was before. On the disk whole
   * or not at all. The journal gets the SHA-256 of what is on the disk. `UserError` when it says something else by now.
   */
  edit(before: string, edits: readonly LineEdit[]): Promise<void>;
}

/** Documents that were refreshed while they had unsaved changes: recorded when they are saved. */
const unsaved = new Set<string>();

export function incidentDocument(incident: OpenIncident, name: string, parts: DocumentParts): IncidentDocument {
  const uri = vscode.Uri.joinPath(vscode.Uri.file(incident.folder), name);
  const inEditor = () =>
    vscode.workspace.textDocuments.find((one) => !one.isClosed && one.uri.toString() === uri.toString());
  return {
    uri,
    async text() {
      const open = inEditor();
      if (open) return open.getText();
      return (await parts.store()).readDocument(incident, name);
    },
    async edit(before, edits) {
      if (edits.length === 0) return;
      const open = inEditor();
      const store = await parts.store();
      if (!open) {
        const done = await parts.incidents.hold(() =>
          store.replaceDocument(incident, name, before, applyEdits(before, edits)),
        );
        if (!done) throw changed(name);
        return;
      }
      if (open.getText() !== before) throw changed(name);
      const wasDirty = open.isDirty;
      if (!(await vscode.workspace.applyEdit(workspaceEdit(open, edits)))) throw changed(name);
      // Saving fails where the file was changed on the disk meanwhile: VS Code asks, and a later save is recorded.
      if (wasDirty || !(await open.save())) unsaved.add(uri.toString());
      else await parts.incidents.hold(() => store.recordDocument(incident, name, open.getText()));
    },
  };
}

/** Records documents that were refreshed while unsaved, once the person saves them. */
export function recordSaves(
  { incidents, store }: DocumentParts,
  guard: (work: () => Promise<void>) => void,
): vscode.Disposable {
  return vscode.workspace.onDidSaveTextDocument((document) => {
    if (!unsaved.delete(document.uri.toString())) return;
    guard(async () => {
      const incident = incidents.current;
      const name = incident && nameIn(incident, document.uri);
      if (!incident || name === undefined || incident.journal.readOnly !== undefined) return;
      const own = await store();
      await incidents.hold(() => own.recordDocument(incident, name, document.getText()));
    });
  });
}

/** `RCA.md` when the file is a document of this incident. */
export function nameIn(incident: OpenIncident, uri: vscode.Uri): string | undefined {
  return ['RCA.md', 'support-packet.md'].find(
    (name) => vscode.Uri.joinPath(vscode.Uri.file(incident.folder), name).toString() === uri.toString(),
  );
}

function workspaceEdit(document: vscode.TextDocument, edits: readonly LineEdit[]): vscode.WorkspaceEdit {
  const lineEnd = document.eol === vscode.EndOfLine.CRLF ? '\r\n' : '\n';
  const edit = new vscode.WorkspaceEdit();
  const { lineCount } = document;
  for (const { first, end, lines } of edits) {
    const isLast = end >= lineCount;
    const text = `${first >= lineCount ? lineEnd : ''}${lines.join(lineEnd)}${isLast || lines.length === 0 ? '' : lineEnd}`;
    edit.replace(document.uri, document.validateRange(new vscode.Range(first, 0, end, 0)), text);
  }
  return edit;
}

function changed(name: string): UserError {
  return new UserError(
    'state-moved',
    `${name} was changed while this was worked on. Nothing was written; do it again.`,
  );
}
