import type { TrafficState } from '../core/traffic/panelState.ts';
import { createBrush } from './brush.ts';
import { draw, element, setShown, setText } from './dom.ts';
import { clockHour, whole } from './formats.ts';
import { button } from './kit.ts';
import { legend } from './legend.ts';
import { describeSeries } from './marks/describeSeries.ts';
import { type Shaded, timeSeries } from './marks/timeSeries.ts';
import { spanName } from './spanText.ts';

type Selected = NonNullable<TrafficState['selected']>;
type Span = NonNullable<TrafficState['span']>;

const height = 190;
const hour = 3_600_000;

export interface HoursParts {
  readonly asTable: boolean;
  readonly onToggle: (asTable: boolean) => void;
  readonly onBrush: (span: Shaded) => void;
  /** Back to the last 24 hours. */
  readonly onReset: () => void;
}

export interface Hours {
  readonly element: HTMLElement;
  show(selected: Selected, span: Span, name: string, sentence: string): void;
}

/** One country hour by hour: as a chart one can draw a span of hours in, or as the table with the same numbers. */
export function createHours({ asTable, onToggle, onBrush, onReset }: HoursParts): Hours {
  const title = element('h2', { id: 'country' });
  const sentence = element('p', { class: 'sentence', 'aria-live': 'polite' });
  const picture = element('div', { class: 'picture' });
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
  const head = element('div', { class: 'head' }, title, element('div', { class: 'buttons' }, reset, toggle));
  const spanEntry = element('span', {});
  const section = element(
    'section',
    { class: 'hours-of', 'aria-labelledby': 'country' },
    head,
    sentence,
    legend(
      ['sent', 'Messages per hour'],
      ['above', 'above usual'],
      ['blocked', 'blocked'],
      ['expected', 'Expected'],
      ['usual', 'usual range'],
      ['shaded', spanEntry],
    ),
    chart,
    table,
  );
  let tabular = asTable;
  let shown: { selected: Selected; span: Span; name: string } | undefined;
  let drawn = '';

  function render(): void {
    setText(toggle, tabular ? 'Show as chart' : 'Show as table');
    setShown(chart, !tabular);
    setShown(table, tabular);
    section.classList.toggle('tabular', tabular);
    if (!shown) return;
    const { selected, span, name } = shown;
    setShown(reset, span.kind === 'brush');
    setText(spanEntry, spanName(span));
    const width = chart.clientWidth;
    const print = JSON.stringify([tabular, width, shown]);
    if (print === drawn) return;
    drawn = print;
    if (tabular) table.replaceChildren(hourTable(selected, name));
    else {
      picture.replaceChildren(chartOf(selected, span, name, width));
      brush.show(selected, span, width, height);
    }
  }
  new ResizeObserver(() => {
    if (!tabular) render();
  }).observe(chart);

  return {
    element: section,
    show(selected, span, name, text) {
      shown = { selected, span, name };
      setText(title, name);
      setText(sentence, text);
      render();
    },
  };
}

function chartOf(selected: Selected, span: Span, name: string, width: number): SVGElement {
  return draw({
    tag: 'svg',
    attributes: {
      role: 'img',
      'aria-label': describeSeries(selected, name),
      width,
      height,
      viewBox: `0 0 ${width} ${height}`,
    },
    children: timeSeries(selected, { width, height }, span),
  });
}

function hourTable({ from, sent, blocked, expected, lower, upper }: Selected, name: string): HTMLElement {
  const head = ['Hour (UTC)', 'Messages', 'Blocked', 'Expected', 'Usual range'].map((text) =>
    element('th', { scope: 'col' }, text),
  );
  const rows = sent.map((count, i) =>
    element(
      'tr',
      { class: count > (upper[i] ?? 0) ? 'above' : '' },
      element('th', { scope: 'row' }, clockHour(from + i * hour)),
      ...[count, blocked[i] ?? 0, expected[i] ?? 0].map((value) => element('td', {}, whole(value))),
      element('td', {}, `${whole(lower[i] ?? 0)} to ${whole(upper[i] ?? 0)}`),
    ),
  );
  // The newest hour is the one that matters, so it comes first.
  return element(
    'table',
    {},
    element('caption', {}, `Messages to ${name} by hour, newest first`),
    element('thead', {}, element('tr', {}, ...head)),
    element('tbody', {}, ...rows.reverse()),
  );
}
