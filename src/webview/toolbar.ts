import type { Message, ToHost } from '../core/messages.ts';
import { channels, channelWords } from '../core/traffic/channel.ts';
import { clockHour } from '../core/traffic/clockHour.ts';
import type { TrafficState } from '../core/traffic/panelState.ts';
import { element, setShown, setText } from './dom.ts';
import { localTime, whole } from './formats.ts';
import { freshness } from './freshness.ts';
import { button, dropdown, emphasise } from './kit.ts';
import { spanName } from './spanText.ts';

export interface ToolbarParts {
  readonly post: (message: Message<ToHost>) => void;
  /** Draws the pictures and sends them to the incident. */
  readonly onAddToRca: () => void;
}

export interface Toolbar {
  readonly element: HTMLElement;
  /** `now`: epoch milliseconds, for how old the numbers are. */
  show(state: TrafficState, now: number): void;
  /** Where the focus goes when the control that had it disappears. */
  readonly refresh: HTMLElement;
}

const everyAccount = '';
const spanLabels = { day: 'Last 24 h', week: '7 days', incident: 'The incident' } as const;

/** The page's head: what is counted, and what can be done with it. */
export function createToolbar({ post, onAddToRca }: ToolbarParts): Toolbar {
  const about = element('span', { class: 'span' });
  const kinds = dropdown('Channel', (value) => {
    const channel = channels.find((one) => one === value);
    if (channel) post({ type: 'setChannel', body: { channel } });
  });
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
  const choices = element('div', { class: 'choices' }, kinds.element, accounts.element, spans.element);
  const actions = element('div', { class: 'choices' }, adding, exporting, refresh);
  const bar = element('header', {}, title, choices, actions);

  return {
    element: bar,
    refresh,
    show(state, now) {
      const { span, spans: offered, reading, rows, incident, channel, live } = state;
      const age = freshness(state, now);
      setText(about, aboutText(state, age?.text));
      about.title = state.window ? localTime(state.window.to) : '';
      kinds.set(
        state.channels.map((one) => ({ value: `${one}`, label: channelWords[one].title })),
        channel,
      );
      const all = { value: everyAccount, label: `All ${whole(state.accounts.length)} accounts` };
      accounts.set([all, ...state.accounts.map(({ sid, name }) => ({ value: sid, label: name }))], state.account ?? '');
      const ready = offered.map((value) => ({ value: `${value}`, label: spanLabels[value] }));
      const drawn = span?.kind === 'brush' ? [{ value: 'brush', label: spanName(span) }] : [];
      spans.set([...ready, ...drawn], span?.kind ?? 'day');
      setShown(kinds.element, state.channels.length > 1);
      setShown(accounts.element, state.accounts.length > 1);
      setShown(spans.element, span !== null);
      setShown(refresh, reading === null);
      emphasise(refresh, live && age?.stale === true);
      setShown(exporting, rows.length > 0);
      setShown(adding, rows.length > 0 && incident !== null);
      adding.title = incident ? `Put these pictures and the table into ${incident.title}` : '';
    },
  };
}

function aboutText({ window, channel }: TrafficState, age: string | undefined): string {
  if (!window) return '';
  const hours = `${clockHour(window.from)} to ${clockHour(window.to)} UTC, ${channelWords[channel].counted}`;
  return age === undefined ? hours : `${hours}, ${age}`;
}
