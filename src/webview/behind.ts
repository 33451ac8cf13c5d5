import { percent } from '../core/traffic/flags.ts';
import type { TrafficState } from '../core/traffic/panelState.ts';
import { element, setShown } from './dom.ts';
import { clockHour, signed, whole } from './formats.ts';

type Selected = NonNullable<TrafficState['selected']>;

export interface Behind {
  readonly element: HTMLElement;
  show(selected: Selected, name: string): void;
}

/** What is behind a country's last 24 hours: who sent, to which number ranges, and what it said. */
export function createBehind(): Behind {
  const box = element('div', { class: 'behind' });
  let shown = '';
  return {
    element: box,
    show(selected, name) {
      const { country, ranges, senders, samples } = selected;
      const print = JSON.stringify([country, name, ranges, senders, samples]);
      if (print === shown) return;
      shown = print;
      const parts = [rangeTable(ranges, name), senderTable(senders, name), sampleList(samples, name)].filter(
        (part) => part !== undefined,
      );
      box.replaceChildren(...parts);
      setShown(box, parts.length > 0);
    },
  };
}

function rangeTable(ranges: Selected['ranges'], country: string): HTMLElement | undefined {
  if (ranges.length === 0) return undefined;
  const known = ranges.some(({ before }) => before !== null);
  const head = ['Number range', 'Messages', 'Share', ...(known ? ['6 days before'] : [])];
  const rows = ranges.map(({ range, messages, share, before }) => [
    range,
    whole(messages),
    shareText(share),
    ...(known ? [before === null ? '–' : shareText(before)] : []),
  ]);
  return section(`Number ranges in ${country}, last 24 h`, table(`Number ranges in ${country}`, head, rows));
}

function senderTable(senders: Selected['senders'], country: string): HTMLElement | undefined {
  if (senders.length === 0) return undefined;
  const rows = senders.map(({ name, messages, excess }) => [name, whole(messages), signed(excess)]);
  return section(`Who sent to ${country}, last 24 h`, table('Accounts', ['Account', 'Messages', 'Excess'], rows));
}

function sampleList(samples: Selected['samples'], name: string): HTMLElement | undefined {
  if (samples.length === 0) return undefined;
  const items = samples.map(({ at, to, from, body, outcome }) =>
    element(
      'li',
      {},
      element('q', {}, body),
      element('span', { class: 'about' }, `${clockHour(at)} UTC, from ${from || 'unknown'} to ${to}, ${outcome}`),
    ),
  );
  const list = element('ul', { class: 'samples', 'aria-label': `Messages to ${name}` }, ...items);
  return section('What they said', list);
}

function section(title: string, content: HTMLElement): HTMLElement {
  return element('section', {}, element('h3', {}, title), content);
}

function table(caption: string, head: readonly string[], rows: readonly (readonly string[])[]): HTMLElement {
  const body = rows.map(([first = '', ...rest]) =>
    element('tr', {}, element('th', { scope: 'row' }, first), ...rest.map((text) => element('td', {}, text))),
  );
  return element(
    'table',
    { 'aria-label': caption },
    element('thead', {}, element('tr', {}, ...head.map((text) => element('th', { scope: 'col' }, text)))),
    element('tbody', {}, ...body),
  );
}

function shareText(share: number): string {
  return percent(share, 1);
}
