import { type Channel, channelWords, titled } from '../core/traffic/channel.ts';
import { clockHour } from '../core/traffic/clockHour.ts';
import type { TrafficState } from '../core/traffic/panelState.ts';
import { createBrush } from './brush.ts';
import { element, setShown, setText, watchWidth } from './dom.ts';
import { createDrawing } from './drawing.ts';
import { createEvidenceList } from './evidence.ts';
import { whole } from './formats.ts';
import { button } from './kit.ts';
import { legend } from './legend.ts';
import { describeSeries } from './marks/describeSeries.ts';
import type { Mark } from './marks/mark.ts';
import { type Shaded, timeSeries } from './marks/timeSeries.ts';
import { spanName } from './spanText.ts';

type Selected = NonNullable<TrafficState['selected']>;
type Span = NonNullable<TrafficState['span']>;
type Row = TrafficState['rows'][number];

const height = 190;
const hour = 3_600_000;

export interface HoursParts {
  readonly asTable: boolean;
  readonly onToggle: (asTable: boolean) => void;
  readonly onBrush: (span: Shaded) => void;
  /** Back to the last 24 hours. */
  readonly onReset: () => void;
  /** The hours drawn are to be the incident's window. */
  readonly onUse: (span: Shaded) => void;
  readonly onBlock: (country: Row['country']) => void;
}

export interface Hours {
  readonly element: HTMLElement;
  show(state: TrafficState, row: Row): void;
}

/** One country hour by hour: as a chart one can draw a span of hours in, or as the table with the same numbers. */
export function createHours({ asTable, onToggle, onBrush, onReset, onUse, onBlock }: HoursParts): Hours {
  const title = element('h2', { id: 'country' });
  const sentence = element('p', { class: 'sentence', 'aria-live': 'polite' });
  const drawing = createDrawing();
  const picture = element('div', { class: 'picture' }, drawing.element);
  const brush = createBrush(onBrush);
  const chart = element('div', { class: 'chart' }, picture);
  chart.append(brush.element);
  const table = element('div', { class: 'hours', tabindex: '0', role: 'region', 'aria-labelledby': 'country' });
  const toggle = button('', () => {
    tabular = !tabular;
    onToggle(tabular);
    render();
  });
  const reset = button('Back to last 24 h', () => {
    onReset();
    toggle.focus();
  });
  const use = button(
    'Use as the incident’s window',
    () => shown && onUse({ from: shown.span.from, to: shown.span.to }),
  );
  const block = button('', () => shown && onBlock(shown.selected.country));
  const head = element(
    'div',
    { class: 'head' },
    title,
    element('div', { class: 'buttons' }, block, reset, use, toggle),
  );
  const evidence = createEvidenceList();
  const counted = element('span', {});
  const against = element('p', { class: 'faint against' });
  const spanEntry = element('span', {});
  const section = element(
    'section',
    { class: 'hours-of', 'aria-labelledby': 'country' },
    head,
    sentence,
    legend(
      ['sent', counted],
      ['above', 'above usual'],
      ['blocked', 'blocked'],
      ['expected', 'Expected'],
      ['usual', 'usual range'],
      ['shaded', spanEntry],
    ),
    chart,
    table,
    against,
    evidence.element,
  );
  let tabular = asTable;
  let shown: { selected: Selected; span: Span; name: string; channel: Channel } | undefined;
  let drawn = '';

  function render(): void {
    setText(toggle, tabular ? 'Show as chart' : 'Show as table');
    setShown(chart, !tabular);
    setShown(table, tabular);
    section.classList.toggle('tabular', tabular);
    if (!shown) return;
    const { selected, span, name, channel } = shown;
    setShown(reset, span.kind === 'brush');
    setText(spanEntry, spanName(span));
    const width = widthOf();
    const print = JSON.stringify([tabular, width, shown]);
    if (print === drawn) return;
    drawn = print;
    if (tabular) table.replaceChildren(hourTable(selected, name, channel));
    else {
      drawing.show(chartOf(shown, width));
      brush.show(selected, span, width, height);
    }
  }
  const widthOf = watchWidth(chart, () => {
    if (!tabular) render();
  });

  return {
    element: section,
    show({ selected, span, channel, incident, comparison }, { name, sentence: text, finding }) {
      if (!selected || !span) return;
      shown = { selected, span, name, channel };
      setText(title, name);
      setText(sentence, text);
      setText(counted, `${titled(channelWords[channel].many)} per hour`);
      setText(against, comparison);
      setShown(against, comparison !== '');
      setText(block, `Block ${name}…`);
      const { window } = incident ?? {};
      const isOther = window?.from !== span.from || window.to !== span.to;
      setShown(use, span.kind === 'brush' && incident !== null && isOther);
      evidence.show(finding, channelWords[channel].success);
      render();
    },
  };
}

function chartOf(
  { selected, span, name, channel }: { selected: Selected; span: Span; name: string; channel: Channel },
  width: number,
): Mark {
  return {
    tag: 'svg',
    attributes: {
      role: 'img',
      'aria-label': describeSeries(selected, name, channel),
      width,
      height,
      viewBox: `0 0 ${width} ${height}`,
    },
    children: timeSeries(selected, { width, height }, span, channel),
  };
}

function hourTable(
  { from, sent, blocked, expected, lower, upper, usualFrom }: Selected,
  name: string,
  channel: Channel,
): HTMLElement {
  const many = titled(channelWords[channel].many);
  const head = ['Hour (UTC)', many, 'Blocked', 'Expected', 'Usual range'].map((text) =>
    element('th', { scope: 'col' }, text),
  );
  const rows = sent.map((count, i) =>
    element(
      'tr',
      { class: i >= usualFrom && count > (upper[i] ?? 0) ? 'above' : '' },
      element('th', { scope: 'row' }, clockHour(from + i * hour)),
      ...[count, blocked[i] ?? 0].map((value) => element('td', {}, whole(value))),
      ...(i < usualFrom
        ? ['–', '–']
        : [whole(expected[i] ?? 0), `${whole(lower[i] ?? 0)} to ${whole(upper[i] ?? 0)}`]
      ).map((text) => element('td', {}, text)),
    ),
  );
  // The newest hour is the one that matters, so it comes first.
  return element(
    'table',
    {},
    element('caption', {}, `${many} to ${name} by hour, newest first`),
    element('thead', {}, element('tr', {}, ...head)),
    element('tbody', {}, ...rows.reverse()),
  );
}
