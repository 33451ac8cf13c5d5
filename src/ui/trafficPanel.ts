import * as vscode from 'vscode';
import { deliver, type Handlers, type Message, parseToHost, type ToHost, type ToView } from '../core/messages.ts';
import { accountSid } from '../core/model/sid.ts';
import { type Choice, createPanelState } from '../core/traffic/panelState.ts';
import { trafficHtml } from './trafficHtml.ts';
import type { TrafficReader } from './trafficReader.ts';

export interface TrafficPanelParts {
  readonly extensionUri: vscode.Uri;
  readonly reader: Pick<TrafficReader, 'report' | 'progress' | 'failure' | 'onDidChange' | 'read' | 'stop'>;
  /** Of the tab. */
  readonly title?: string;
}

/** The panel "Traffic by Country": at most one. It shows the reader's state, and takes intents. */
export interface TrafficPanel extends vscode.Disposable {
  /** Opens it, or brings it to the front. */
  show(): void;
}

/** What node and browsers both have; VS Code's types do not mention it. */
declare const crypto: { getRandomValues(bytes: Uint8Array): Uint8Array };

export function createTrafficPanel({ extensionUri, reader, title }: TrafficPanelParts): TrafficPanel {
  const stateOf = createPanelState();
  let panel: vscode.WebviewPanel | undefined;
  let chosen: Choice = { account: undefined, country: undefined };

  let push = (): void => undefined;
  const choose = (choice: Partial<Choice>): void => {
    chosen = { ...chosen, ...choice };
    push();
  };
  const handlers: Handlers<ToHost> = {
    ready: () => push(),
    select: ({ country }) => choose({ country }),
    // Another account has another first country, and that is the one to look at.
    setAccount: ({ account }) => choose({ account: accountSid(account ?? undefined), country: undefined }),
    refresh: () => void reader.read('statusBar'),
    cancel: () => reader.stop(),
  };

  function open(): vscode.WebviewPanel {
    const own = (...path: string[]): vscode.Uri => vscode.Uri.joinPath(extensionUri, ...path);
    const roots = [own('dist', 'webview'), own('media')];
    const opened = vscode.window.createWebviewPanel(
      'twilioIncident.traffic',
      title ?? 'Traffic by Country',
      vscode.ViewColumn.Active,
      { enableScripts: true, localResourceRoots: roots },
    );
    opened.iconPath = new vscode.ThemeIcon('globe');
    const { webview } = opened;
    push = whenDelivered(async () => {
      const state = stateOf(reader.report, chosen, reader.progress, reader.failure);
      const message: Message<ToView> = { type: 'state', body: state };
      // A hidden page is not there; it asks again when it is shown.
      if (opened.visible) await webview.postMessage(message);
    });
    webview.onDidReceiveMessage((posted: unknown) => {
      const message = parseToHost(posted);
      if (message) deliver(handlers, message);
    });
    opened.onDidChangeViewState(() => opened.visible && push());
    opened.onDidDispose(() => {
      panel = undefined;
      push = () => undefined;
    });
    webview.html = trafficHtml({
      nonce: nonce(),
      cspSource: webview.cspSource,
      script: webview.asWebviewUri(own('dist', 'webview', 'traffic.js')).toString(),
      style: webview.asWebviewUri(own('media', 'traffic.css')).toString(),
    });
    return opened;
  }

  const listening = reader.onDidChange(() => push());
  return {
    show() {
      if (panel) panel.reveal();
      else panel = open();
    },
    dispose() {
      listening.dispose();
      panel?.dispose();
    },
  };
}

/** Does the work now, or once more after what is under way: progress comes faster than a page can draw. */
function whenDelivered(work: () => Promise<void>): () => void {
  let busy = false;
  let again = false;
  const done = (): void => {
    busy = false;
    if (again) start();
  };
  const start = (): void => {
    again = busy;
    if (busy) return;
    busy = true;
    work().then(done, done);
  };
  return start;
}

function nonce(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
