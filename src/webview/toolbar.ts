import type { Message, ToHost } from '../core/messages.ts';
import type { TrafficState } from '../core/traffic/panelState.ts';
import { element, setShown, setText } from './dom.ts';
import { clockHour, whole } from './formats.ts';
import { button, dropdown } from './kit.ts';
import { spanName } from './spanText.ts';

export interface ToolbarParts {
  readonly post: (message: Message<ToHost>) => void;
  /** Draws the pictures and sends them to the incident. */
  readonly onAddToRca: () => void;
}

export interface Toolbar {
  readonly element: HTMLElement;
  show(state: TrafficState): void;
  /** Where the focus goes when the control that had it disappears. */
  readonly refresh: HTMLElement;
}

const everyAccount = '';
const spanLabels = { day: 'Last 24 h', week: '7 days', incident: 'The incident' } as const;

/** The page's head: what is counted, and what can be done with it. */
export function createToolbar({ post, onAddToRca }: ToolbarParts): Toolbar {
  const about = element('span', { class: 'span' });
  const accounts = dropdown('Account', (value) =>
    post({ type: 'setAccount', body: { account: value === everyAccount ? null : value } }),
  );
  const spans = dropdown('Hours', (value) => {
    if (value === 'day' || value === 'week' || value === 'incident') post({ type: 'setSpan', body: { span: value } });
  });
  const refresh = button('Refresh', () => post({ type: 'refresh', body: {} }));
  const exporting = button('Export…', () => post({ type: 'export', body: {} }));
  const adding = button('Add to RCA', onAddToRca);
  const title = element('div', { class: 'title' }, element('h1', {}, 'Traffic by country'), about);
  const bar = element('header', {}, title, accounts.element, spans.element, adding, exporting, refresh);

  return {
    element: bar,
    refresh,
    show(state) {
      const { window, span, spans: offered, reading, rows, incident } = state;
      setText(about, window ? `${clockHour(window.from)} to ${clockHour(window.to)} UTC, outbound SMS and MMS` : '');
      const all = { value: everyAccount, label: `All ${whole(state.accounts.length)} accounts` };
      accounts.set([all, ...state.accounts.map(({ sid, name }) => ({ value: sid, label: name }))], state.account ?? '');
      const ready = offered.map((value) => ({ value: `${value}`, label: spanLabels[value] }));
      const drawn = span?.kind === 'brush' ? [{ value: 'brush', label: spanName(span) }] : [];
      spans.set([...ready, ...drawn], span?.kind ?? 'day');
      setShown(accounts.element, state.accounts.length > 1);
      setShown(spans.element, span !== null);
      setShown(refresh, reading === null);
      setShown(exporting, rows.length > 0);
      setShown(adding, rows.length > 0 && incident !== null);
      adding.title = incident ? `Put these pictures into ${incident.title}` : '';
    },
  };
}
