import * as vscode from 'vscode';
import { deliver, type Handlers, type Message, parseToHost, type ToHost, type ToView } from '../core/messages.ts';
import { accountSid } from '../core/model/sid.ts';
import { rememberedOf } from '../core/traffic/panelMemory.ts';
import { type Choice, createPanelState, type TrafficState } from '../core/traffic/panelState.ts';
import type { TrafficReport } from '../core/traffic/report.ts';
import type { PanelTools } from './panelTools.ts';
import { type Blocked, createTrafficBlock } from './trafficBlock.ts';
import { addToIncident, chooseExport, savePicture } from './trafficExport.ts';
import { trafficHtml } from './trafficHtml.ts';
import type { TrafficReader } from './trafficReader.ts';
import type { RestoredPanel } from './trafficSerializer.ts';
import { useWindow } from './trafficWindow.ts';

export interface TrafficPanelParts {
  readonly extensionUri: vscode.Uri;
  readonly reader: Pick<TrafficReader, 'report' | 'progress' | 'failure' | 'onDidChange' | 'read' | 'stop'> &
    Partial<Pick<TrafficReader, 'readBeside' | 'judging' | 'offer' | 'readBefore'>>;
  readonly tools: PanelTools;
  /** Of the tab. */
  readonly title?: string;
  /** What VS Code opened again after a reload. */
  readonly restored: RestoredPanel;
}

/** The panel "Traffic by Country": at most one. It shows the reader's state, and takes intents. */
export interface TrafficPanel extends vscode.Disposable {
  /** Opens it, takes over the one VS Code opened after a reload, or brings it to the front. */
  show(): void;
}

/** What node and browsers both have; VS Code's types do not mention it. */
declare const crypto: { getRandomValues(bytes: Uint8Array): Uint8Array };

export function createTrafficPanel({ extensionUri, reader, tools, title, restored }: TrafficPanelParts): TrafficPanel {
  const stateOf = createPanelState();
  const blocking = createTrafficBlock(tools.block);
  let panel: vscode.WebviewPanel | undefined;
  let chosen: Choice = { account: undefined, country: undefined };

  let push = (): void => undefined;
  let post: (message: Message<ToView>) => void = () => undefined;
  const choose = (choice: Partial<Choice>): void => {
    chosen = { ...chosen, ...choice };
    push();
  };
  function current(): TrafficState {
    const opened = tools.incidents.current;
    const incident = opened && {
      title: opened.title,
      window: opened.incident?.window,
      writable: opened.journal.readOnly === undefined,
    };
    const live = reader.readBeside !== undefined;
    const { report, judging = false, progress, failure } = reader;
    const offer = reader.offer?.(chosen.channel ?? 'sms');
    return stateOf(report, { ...chosen, incident, live, judging, offer }, progress, failure);
  }
  /** The report the chosen channel was last asked of: one that cannot be read is asked for once. */
  let askedOf: TrafficReport | undefined;
  function readChosenChannel(): void {
    const { report, progress, readBeside } = reader;
    const { channel = 'sms' } = chosen;
    if (channel === 'sms' || !report || progress || report.others?.[channel] || askedOf === report) return;
    askedOf = report;
    void readBeside?.(channel);
  }
  const block = (what: Pick<Blocked, 'country' | 'range'>): void => {
    // What is shown, which may be less than what was chosen.
    const { account, channel } = current();
    const { report } = reader;
    const counted = channel === 'sms' ? report : report?.others?.[channel];
    void tools.guard(() => blocking.block({ ...what, channel, account: accountSid(account ?? undefined) }, counted));
  };
  const handlers: Handlers<ToHost> = {
    ready: () => push(),
    select: ({ country }) => choose({ country }),
    // Another account has another first country, and that is the one to look at.
    setAccount: ({ account }) => choose({ account: accountSid(account ?? undefined), country: undefined }),
    setSpan: ({ span }) => choose({ span }),
    setChannel({ channel }) {
      askedOf = undefined;
      choose({ channel, country: undefined });
      readChosenChannel();
    },
    useWindow: (span) => void tools.guard(() => useWindow(span, current(), tools)),
    blockCountry: ({ country }) => block({ country }),
    blockRange: ({ country, range }) => block({ country, range }),
    brush: ({ from, to }) => choose({ span: { from, to } }),
    refresh: () => void reader.read('statusBar'),
    readBefore: () => void reader.readBefore?.(current().channel),
    cancel: () => reader.stop(),
    export: () =>
      void tools.guard(async () => {
        const body = await chooseExport(current());
        if (body) post({ type: 'draw', body });
      }),
    save: (picture) => void tools.guard(() => savePicture(picture, current())),
    addToRca: (figures) => void tools.guard(() => addToIncident(figures, current(), tools)),
  };

  const own = (...path: string[]): vscode.Uri => vscode.Uri.joinPath(extensionUri, ...path);
  const roots = [own('dist', 'webview'), own('media')];

  function take(opened: vscode.WebviewPanel): void {
    panel = opened;
    opened.iconPath = new vscode.ThemeIcon('globe');
    const { webview } = opened;
    post = (message) => void webview.postMessage(message);
    push = whenDelivered(async () => {
      // A hidden page is not there; it asks again when it is shown.
      if (opened.visible) await webview.postMessage({ type: 'state', body: current() } satisfies Message<ToView>);
    });
    webview.onDidReceiveMessage((posted: unknown) => {
      const message = parseToHost(posted);
      if (message) deliver(handlers, message);
    });
    opened.onDidChangeViewState(() => opened.visible && push());
    opened.onDidDispose(() => {
      panel = undefined;
      push = () => undefined;
      post = () => undefined;
    });
    webview.html = trafficHtml({
      nonce: nonce(),
      cspSource: webview.cspSource,
      script: webview.asWebviewUri(own('dist', 'webview', 'traffic.js')).toString(),
      style: webview.asWebviewUri(own('media', 'traffic.css')).toString(),
    });
  }

  const listening = [
    reader.onDidChange(() => {
      push();
      readChosenChannel();
    }),
    tools.incidents.onDidChange(() => push()),
  ];
  return {
    show() {
      if (panel) return panel.reveal();
      const options = { enableScripts: true, localResourceRoots: roots };
      const again = restored.take();
      if (again) {
        const { account, country, channel, span } = rememberedOf(again.remembered);
        chosen = { account: accountSid(account ?? undefined), country: country ?? undefined, channel, span };
        readChosenChannel();
        again.panel.webview.options = options;
        take(again.panel);
      } else {
        const { viewType } = restored;
        const { Active } = vscode.ViewColumn;
        take(vscode.window.createWebviewPanel(viewType, title ?? 'Traffic by Country', Active, options));
      }
    },
    dispose() {
      vscode.Disposable.from(...listening).dispose();
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
