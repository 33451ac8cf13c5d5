import * as vscode from 'vscode';

const scheme = 'twilio-incident-plan';

/** Shows a plan in a read-only editor beside the confirmation, where it can be scrolled and copied. */
export interface PlanPreview extends vscode.Disposable {
  show(id: string, text: string): Promise<void>;
  close(id: string): Promise<void>;
}

export function createPlanPreview(): PlanPreview {
  const texts = new Map<string, string>();
  const uri = (id: string) => vscode.Uri.from({ scheme, path: `/${id}/Plan.md` });
  const provider = vscode.workspace.registerTextDocumentContentProvider(scheme, {
    provideTextDocumentContent: ({ path }) => texts.get(path.split('/')[1] ?? '') ?? 'This plan is over.',
  });
  return {
    async show(id, text) {
      texts.set(id, text);
      const document = await vscode.workspace.openTextDocument(uri(id));
      await vscode.window.showTextDocument(document, { preview: true, preserveFocus: true });
    },
    async close(id) {
      texts.delete(id);
      const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
      const own = tabs.filter(
        ({ input }) => input instanceof vscode.TabInputText && input.uri.toString() === uri(id).toString(),
      );
      await vscode.window.tabGroups.close(own);
    },
    dispose: () => provider.dispose(),
  };
}
