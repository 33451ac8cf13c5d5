import type { TrafficState } from '../core/traffic/panelState.ts';
import { draw, element, setShown, setText } from './dom.ts';
import { clockHour, whole } from './formats.ts';
import { button } from './kit.ts';
import { describeSeries } from './marks/describeSeries.ts';
import { timeSeries } from './marks/timeSeries.ts';

type Selected = NonNullable<TrafficState['selected']>;

const height = 220;
const hour = 3_600_000;

export interface Hours {
  readonly element: HTMLElement;
  show(selected: Selected, name: string, sentence: string): void;
}

/** One country hour by hour: as a chart, or as the table with the same numbers. */
export function createHours(asTable: boolean, onToggle: (asTable: boolean) => void): Hours {
  const title = element('h2', { id: 'country' });
  const sentence = element('p', { class: 'sentence', 'aria-live': 'polite' });
  const chart = element('div', { class: 'chart' });
  const table = element('div', { class: 'hours', tabindex: '0', role: 'region', 'aria-labelledby': 'country' });
  const toggle = button('', () => {
    tabular = !tabular;
    onToggle(tabular);
    render();
  });
  const head = element('div', { class: 'head' }, title, toggle);
  const section = element(
    'section',
    { class: 'detail', 'aria-labelledby': 'country' },
    head,
    sentence,
    legend(),
    chart,
    table,
  );
  let tabular = asTable;
  let shown: { selected: Selected; name: string } | undefined;

  function render(): void {
    setText(toggle, tabular ? 'Show as chart' : 'Show as table');
    setShown(chart, !tabular);
    setShown(table, tabular);
    section.classList.toggle('tabular', tabular);
    if (!shown) return;
    const { selected, name } = shown;
    if (tabular) table.replaceChildren(hourTable(selected, name));
    else chart.replaceChildren(chartOf(selected, name, chart.clientWidth));
  }
  new ResizeObserver(() => {
    if (!tabular) render();
  }).observe(chart);

  return {
    element: section,
    show(selected, name, text) {
      shown = { selected, name };
      setText(title, name);
      setText(sentence, text);
      render();
    },
  };
}

function chartOf(selected: Selected, name: string, width: number): SVGElement {
  return draw({
    tag: 'svg',
    attributes: {
      role: 'img',
      'aria-label': describeSeries(selected, name),
      width,
      height,
      viewBox: `0 0 ${width} ${height}`,
    },
    children: timeSeries(selected, { width, height }),
  });
}

function hourTable({ from, sent, blocked, expected }: Selected, name: string): HTMLElement {
  const head = ['Hour (UTC)', 'Messages', 'Blocked', 'Expected'].map((text) => element('th', { scope: 'col' }, text));
  const rows = sent.map((count, i) =>
    element(
      'tr',
      {},
      element('th', { scope: 'row' }, clockHour(from + i * hour)),
      ...[count, blocked[i] ?? 0, expected[i] ?? 0].map((value) => element('td', {}, whole(value))),
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

function legend(): HTMLElement {
  const entry = (kind: string, text: string): HTMLElement =>
    element('li', {}, element('span', { class: `swatch ${kind}`, 'aria-hidden': 'true' }), text);
  return element(
    'ul',
    { class: 'legend' },
    entry('sent', 'Messages per hour'),
    entry('blocked', 'of these blocked'),
    entry('expected', 'Expected'),
    entry('last-day', 'Last 24 h'),
  );
}
