import { deliver, type Handlers, parseToView, type ToView } from '../core/messages.ts';
import { type Remembered, rememberedOf } from '../core/traffic/panelMemory.ts';
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
/** Survives hiding, and reloading the window: VS Code gives it to who opens the panel again. */
let remembered = rememberedOf(host.getState());
function remember(more: Partial<Remembered>): void {
  remembered = { ...remembered, ...more };
  host.setState(remembered);
}
const view = createTrafficView({
  post: (message) => host.postMessage(message),
  now: () => Date.now(),
  asTable: remembered.asTable,
  onToggle: (asTable) => remember({ asTable }),
});
document.body.append(view.element);

const handlers: Handlers<ToView> = {
  state(state) {
    view.show(state);
    // While it is read again there is nothing to choose from, and what was chosen is still wanted.
    const { window, span, account, selected, channel } = state;
    if (!window || !span) return;
    const hours = span.kind === 'brush' ? { from: span.from, to: span.to } : span.kind;
    remember({ account, country: selected?.country ?? null, channel, span: hours });
  },
  draw: ({ figure, format }) => void view.draw(figure, format),
};
window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
  const message = parseToView(data);
  if (message) deliver(handlers, message);
});
host.postMessage({ type: 'ready', body: {} });
