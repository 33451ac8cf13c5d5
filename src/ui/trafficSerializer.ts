import * as vscode from 'vscode';
import { waitingHtml } from './trafficHtml.ts';

/** A panel VS Code opened again after a reload, kept until what it shows is there. */
export interface RestoredPanel extends vscode.Disposable {
  readonly viewType: string;
  readonly waiting: boolean;
  /** The panel with what its page remembered; from then on it is the caller's. `undefined` when there is none. */
  take(): { readonly panel: vscode.WebviewPanel; readonly remembered: unknown } | undefined;
}

/** `waitsFor`: what has to be opened first, for a person to read. `onOpened` is called when VS Code opened the panel. */
export function createRestoredPanel(viewType: string, waitsFor: string, onOpened: () => void): RestoredPanel {
  let kept: { readonly panel: vscode.WebviewPanel; readonly remembered: unknown } | undefined;
  const registered = vscode.window.registerWebviewPanelSerializer(viewType, {
    async deserializeWebviewPanel(panel, remembered: unknown) {
      kept?.panel.dispose();
      kept = { panel, remembered };
      panel.onDidDispose(() => {
        if (kept?.panel === panel) kept = undefined;
      });
      panel.webview.html = waitingHtml(waitsFor);
      onOpened();
    },
  });
  return {
    viewType,
    get waiting() {
      return kept !== undefined;
    },
    take() {
      const taken = kept;
      kept = undefined;
      return taken;
    },
    dispose: () => registered.dispose(),
  };
}
