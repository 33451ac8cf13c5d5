import * as vscode from 'vscode';
import type { IncidentParts } from '../incidents.ts';
import { selector } from './selector.ts';

/** Help in the documents of incidents. Nothing of it is loaded before the first such document is open. */
export function createEditorHelp(parts: IncidentParts): vscode.Disposable {
  const disposables: vscode.Disposable[] = [];
  let isLoaded = false;
  const look = (document: vscode.TextDocument): void => {
    if (isLoaded || vscode.languages.match(selector, document) === 0) return;
    isLoaded = true;
    parts.background(async () => {
      const { provideDocumentFeatures } = await import('./documentFeatures.ts');
      disposables.push(provideDocumentFeatures(parts));
    });
  };
  disposables.push(vscode.workspace.onDidOpenTextDocument(look));
  vscode.workspace.textDocuments.forEach(look);
  return { dispose: () => vscode.Disposable.from(...disposables).dispose() };
}
