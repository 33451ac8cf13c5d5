import type { Message, ToHost } from '../core/messages.ts';
import type { TrafficState } from '../core/traffic/panelState.ts';
import { createCountryGrid } from './countryGrid.ts';
import { element, setShown, setText } from './dom.ts';
import { createFindings } from './findings.ts';
import { clockHour } from './formats.ts';
import { createHours } from './hours.ts';
import { button, dropdown } from './kit.ts';
import { createStatus } from './status.ts';

export interface TrafficViewParts {
  readonly post: (message: Message<ToHost>) => void;
  /** Whether the hours were last looked at as a table. */
  readonly asTable: boolean;
  readonly onToggle: (asTable: boolean) => void;
}

export interface TrafficView {
  readonly element: HTMLElement;
  show(state: TrafficState): void;
}

const everyAccount = '';

/** The page: what stands out, the selected country's hours, and all countries. It holds no data of its own. */
export function createTrafficView({ post, asTable, onToggle }: TrafficViewParts): TrafficView {
  const span = element('span', { class: 'span' });
  const accounts = dropdown('Account', (value) =>
    post({ type: 'setAccount', body: { account: value === everyAccount ? null : value } }),
  );
  const refresh = button('Refresh', () => post({ type: 'refresh', body: {} }));
  const bar = element('header', {}, element('h1', {}, 'Traffic by country'), span, accounts.element, refresh);
  const status = createStatus(() => post({ type: 'cancel', body: {} }));
  const findings = createFindings();
  const hours = createHours(asTable, onToggle);
  const grid = createCountryGrid((country) => post({ type: 'select', body: { country } }));
  const note = element(
    'p',
    { class: 'note' },
    '* Twilio has not priced all of these messages yet, so the cost will rise.',
  );
  const countries = element('section', { class: 'countries', 'aria-label': 'Countries' }, grid.element);
  const empty = element('p', { class: 'empty' });
  const content = element('div', { class: 'content' }, hours.element, countries);
  const main = element('main', {}, bar, status.element, empty, findings.element, content, note);

  return {
    element: main,
    show(state) {
      const { rows, selected, window, reading } = state;
      setText(span, window ? `${clockHour(window.from)} to ${clockHour(window.to)} UTC, outbound messages` : '');
      const all = { value: everyAccount, label: `All ${state.accounts.length} accounts` };
      accounts.set([all, ...state.accounts.map(({ sid, name }) => ({ value: sid, label: name }))], state.account ?? '');
      setShown(accounts.element, state.accounts.length > 1);
      setShown(refresh, reading === null);
      status.show(state);
      setText(empty, emptyText(state));
      setShown(empty, rows.length === 0);
      for (const part of [findings.element, content]) setShown(part, rows.length > 0);
      setShown(
        note,
        rows.some(({ unpriced }) => unpriced > 0),
      );
      findings.show(rows);
      grid.show(rows, selected?.country);
      const row = rows.find(({ country }) => country === selected?.country);
      if (selected && row) hours.show(selected, row.name, row.sentence);
    },
  };
}

function emptyText({ reading, failure, window, account }: TrafficState): string {
  if (reading && !window) return 'Countries appear here as soon as the last seven days are read.';
  if (!window) return failure ? 'Nothing was read.' : 'Nothing was read yet.';
  return account
    ? 'This account sent no messages in the last seven days.'
    : 'No messages were sent in the last seven days.';
}
