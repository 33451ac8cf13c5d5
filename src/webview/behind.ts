import { channelWords, titled } from '../core/traffic/channel.ts';
import { clockHour } from '../core/traffic/clockHour.ts';
import { percent } from '../core/traffic/flags.ts';
import type { TrafficState } from '../core/traffic/panelState.ts';
import { type Child, element, setShown } from './dom.ts';
import { signed, whole } from './formats.ts';
import { button } from './kit.ts';
import { spanWords } from './spanText.ts';

type Selected = NonNullable<TrafficState['selected']>;

export interface Behind {
  readonly element: HTMLElement;
  show(state: TrafficState, name: string): void;
}

/** What is behind a country's hours: who sent, to which number ranges, and what it said. `onBlock`: a range is to be blocked. */
export function createBehind(onBlock: (country: Selected['country'], range: string) => void): Behind {
  const box = element('div', { class: 'behind' });
  let shown = '';
  return {
    element: box,
    show({ selected, span, channel }, name) {
      if (!selected) return;
      const { from: _from, sent: _sent, ...kept } = selected;
      const print = JSON.stringify([kept, name, span, channel]);
      if (print === shown) return;
      shown = print;
      const place = { name, hours: spanWords(span), many: titled(channelWords[channel].many) };
      const parts = [
        rangeTable(selected, place, (range) => onBlock(selected.country, range)),
        senderTable(selected.senders, place),
        sampleList(selected, place),
      ].filter((part) => part !== undefined);
      box.replaceChildren(...parts);
      setShown(box, parts.length > 0);
    },
  };
}

interface Place {
  /** Of the country. */
  readonly name: string;
  /** The hours shown, in words. */
  readonly hours: string;
  /** `Messages`, or what else is counted. */
  readonly many: string;
}

const numberRange = /^\+\d{1,11}x{4}$/;

function rangeTable(
  { ranges, rangesOf }: Selected,
  { name, hours, many }: Place,
  onBlock: (range: string) => void,
): HTMLElement | undefined {
  if (ranges.length === 0) return undefined;
  const known = ranges.some(({ before }) => before !== null);
  const head = ['Number range', many, 'Share', ...(known ? ['Before'] : []), ''];
  const rows = ranges.map(({ range, messages, share, before }): readonly Child[] => [
    range,
    whole(messages),
    shareText(share),
    ...(known ? [before === null ? '–' : shareText(before)] : []),
    numberRange.test(range) ? blockButton(range, onBlock) : '',
  ]);
  const note =
    rangesOf === 'shown' ? [] : [faint('Ranges are kept of the last 24 h only: these are not of the hours selected.')];
  const of = rangesOf === 'shown' ? hours : 'last 24 h';
  return section(`Number ranges in ${name}, ${of}`, table(`Number ranges in ${name}`, head, rows), ...note);
}

function blockButton(range: string, onBlock: (range: string) => void): HTMLElement {
  const made = button('Block…', () => onBlock(range));
  made.setAttribute('aria-label', `Block range ${range}…`);
  return made;
}

function senderTable(senders: Selected['senders'], { name, hours, many }: Place): HTMLElement | undefined {
  if (senders.length === 0) return undefined;
  const rows = senders.map(({ name: account, messages, excess }) => [account, whole(messages), signed(excess)]);
  return section(`Accounts behind ${name}, ${hours}`, table('Accounts', ['Account', many, 'Excess'], rows));
}

function sampleList({ samples, samplesOf }: Selected, { name, hours, many }: Place): HTMLElement | undefined {
  const title = `Examples, ${hours}`;
  if (samplesOf === 'unknown')
    return section('Examples', faint('What these numbers were counted from holds no texts to show.'));
  if (samples.length === 0) return section(title, faint('No text of these hours was kept.'));
  const items = samples.map(({ at, to, from, body, outcome }) =>
    element(
      'li',
      {},
      element('q', {}, body),
      element('span', { class: 'about' }, `${clockHour(at)} UTC, from ${from || 'unknown'} to ${to}, ${outcome}`),
    ),
  );
  return section(title, element('ul', { class: 'samples', 'aria-label': `${many} to ${name}` }, ...items));
}

function faint(text: string): HTMLElement {
  return element('p', { class: 'faint' }, text);
}

function section(title: string, ...content: readonly HTMLElement[]): HTMLElement {
  return element('section', {}, element('h3', {}, title), ...content);
}

function table(caption: string, head: readonly string[], rows: readonly (readonly Child[])[]): HTMLElement {
  const body = rows.map(([first = '', ...rest]) =>
    element('tr', {}, element('th', { scope: 'row' }, first), ...rest.map((cell) => element('td', {}, cell))),
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
