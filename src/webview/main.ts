import { deliver, type Handlers, parseToView, type ToView } from '../core/messages.ts';
import { registerKit } from './kit.ts';
import { createTrafficView } from './trafficView.ts';

/** What VS Code gives a page; may be called once. https://code.visualstudio.com/api/extension-guides/webview */
declare function acquireVsCodeApi(): {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
};

registerKit();
const host = acquireVsCodeApi();
const view = createTrafficView({
  post: (message) => host.postMessage(message),
  asTable: host.getState() === 'table',
  onToggle: (asTable) => host.setState(asTable ? 'table' : 'chart'),
});
document.body.append(view.element);

const handlers: Handlers<ToView> = { state: (state) => view.show(state) };
window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
  const message = parseToView(data);
  if (message) deliver(handlers, message);
});
host.postMessage({ type: 'ready', body: {} });
