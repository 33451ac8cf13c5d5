import * as vscode from 'vscode';

const scheme = 'twilio-incident-text';

/** Shows a text of ours in a read-only editor, where it can be scrolled and copied. */
export interface TextPreview extends vscode.Disposable {
  /** `title` is the tab's name. */
  show(id: string, title: string, text: string): Promise<void>;
  close(id: string): Promise<void>;
}

/** Registers the read-only editor. */
export function createTextPreview(): TextPreview {
  const texts = new Map<string, string>();
  const uris = new Map<string, vscode.Uri>();
  const provider = vscode.workspace.registerTextDocumentContentProvider(scheme, {
    provideTextDocumentContent: ({ path }) => texts.get(path.split('/')[1] ?? '') ?? 'This is over.',
  });
  return {
    async show(id, title, text) {
      const uri = vscode.Uri.from({ scheme, path: `/${id}/${title}.md` });
      texts.set(id, text);
      uris.set(id, uri);
      const document = await vscode.workspace.openTextDocument(uri);
      await vscode.window.showTextDocument(document, { preview: true, preserveFocus: true });
    },
    async close(id) {
      const uri = uris.get(id);
      texts.delete(id);
      uris.delete(id);
      const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
      const own = tabs.filter(
        ({ input }) => input instanceof vscode.TabInputText && input.uri.toString() === uri?.toString(),
      );
      await vscode.window.tabGroups.close(own);
    },
    dispose: () => provider.dispose(),
  };
}
