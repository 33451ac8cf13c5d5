import * as vscode from 'vscode';
import { suggestions } from '../../core/rca/help.ts';
import { untrusted } from '../../core/untrusted.ts';
import { registerPlaceCommand } from '../commands.ts';
import type { IncidentParts } from '../incidents.ts';
import { helpSources, incidentOf } from './helpSources.ts';
import { blockCommands } from './selector.ts';

/** Registers what the quick fixes “Cite evidence…” and “Cite other evidence…” run. */
export function provideCiting({ incidents, clock, background }: IncidentParts): vscode.Disposable {
  return registerPlaceCommand(blockCommands.cite, (uri, range, code) =>
    background(() => cite(uri, range, code === 'unknown-evidence')),
  );

  /** Asks which evidence, and writes it behind what is marked, or instead of it. */
  async function cite(uri: vscode.Uri, range: vscode.Range, instead: boolean): Promise<void> {
    const document = await vscode.workspace.openTextDocument(uri);
    const opened = incidentOf(incidents, document);
    if (!opened) return;
    const items = suggestions(helpSources(opened, clock))
      .filter(({ kind }) => kind === 'evidence' || kind === 'record')
      .map(({ label, detail, insert }) => ({ label, description: untrusted(detail).for('label'), insert }));
    const { version } = document;
    const choice = await vscode.window.showQuickPick(items, {
      title: 'Cite evidence',
      placeHolder: document.getText(range),
      matchOnDescription: true,
    });
    // What was marked may have moved while the person chose.
    if (!choice || document.version !== version) return;
    const edit = new vscode.WorkspaceEdit();
    if (instead) edit.replace(uri, range, choice.label);
    else edit.insert(uri, range.end, ` ${choice.insert}`);
    await vscode.workspace.applyEdit(edit);
  }
}
