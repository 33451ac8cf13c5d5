import { channelWords, titled } from '../core/traffic/channel.ts';
import { clockHour } from '../core/traffic/clockHour.ts';
import type { CountryOrBucket } from '../core/traffic/country.ts';
import type { TrafficState } from '../core/traffic/panelState.ts';
import { element, setShown, setText, watchSight, watchWidth } from './dom.ts';
import { createDrawing } from './drawing.ts';
import { whole } from './formats.ts';
import { createHeatCursor, type HeatCells } from './heatCursor.ts';
import { button } from './kit.ts';
import { legend } from './legend.ts';
import { describeHeat } from './marks/describeHeat.ts';
import { heatHeight, heatMap } from './marks/heatMap.ts';

const hour = 3_600_000;

export interface HeatView {
  readonly element: HTMLElement;
  show(state: TrafficState): void;
}

/** The busiest countries hour by hour: as a picture, or as a table of what stands out in it. */
export function createHeatView(onSelect: (country: CountryOrBucket) => void): HeatView {
  const picture = element('div', { class: 'heat', role: 'img', tabindex: '0', 'aria-describedby': 'heat-keys' });
  const cursor = createHeatCursor(picture, ({ country }) => country !== chosen && onSelect(country));
  const keys = 'Arrow keys read hour by hour and country by country, Enter selects the country.';
  const table = element('div', { class: 'tabled' });
  let tabular = false;
  const toggle = button('Show hours as table', () => {
    tabular = !tabular;
    render();
  });
  const title = element('h2', { id: 'heat' }, 'Country by hour');
  const section = element(
    'section',
    { class: 'hourly', 'aria-labelledby': 'heat' },
    element('div', { class: 'head' }, title, toggle),
    legend(
      ['level-1', '1 to 9 an hour'],
      ['level-2', '10 to 99'],
      ['level-3', '100 to 999'],
      ['level-4', '1,000 or more'],
      ['above-usual', 'Above the usual range, same steps'],
    ),
    picture,
    cursor.text,
    element('p', { class: 'spoken', id: 'heat-keys' }, keys),
    table,
  );
  let shown: HeatCells = { rows: [], from: 0, channel: 'sms' };
  let chosen: string | undefined;
  const drawing = createDrawing();
  picture.append(drawing.element);
  let drawn = '';

  function render(): void {
    if (!tabular && !isNear() && !section.contains(document.activeElement)) return;
    setText(toggle, tabular ? 'Show hours as picture' : 'Show hours as table');
    setShown(picture, !tabular);
    setShown(table, tabular);
    const width = widthOf();
    const { rows, from, channel } = shown;
    const print = JSON.stringify([tabular, width, shown]);
    if (print !== drawn) {
      drawn = print;
      if (tabular) table.replaceChildren(heatTable(shown));
      else if (width > 0) {
        const height = heatHeight(rows.length);
        const attributes = { width, height, viewBox: `0 0 ${width} ${height}`, 'aria-hidden': 'true' };
        const children = heatMap(rows, from, undefined, width, channel);
        drawing.show({ tag: 'svg', attributes, children });
        cursor.place(shown, drawing.element, width);
      }
    }
    for (const one of picture.querySelectorAll('.row'))
      one.classList.toggle('selected', one.getAttribute('data-country') === chosen);
  }
  picture.addEventListener('click', ({ target }) => {
    const id = target instanceof Element && target.closest('[data-country]')?.getAttribute('data-country');
    const found = shown.rows.find(({ country }) => country === id);
    if (found && found.country !== chosen) onSelect(found.country);
  });
  const widthOf = watchWidth(picture, render);
  // Thousands of cells, below everything else: drawn for who looks there or comes there with the keys.
  const isNear = watchSight(section, render);
  // Alone on an empty page it would be in sight.
  setShown(section, false);
  section.addEventListener('focusin', render);

  return {
    element: section,
    show({ heat, window, selected, channel }) {
      setShown(section, heat.length > 1);
      shown = { rows: heat, from: window?.from ?? 0, channel };
      chosen = selected?.country;
      picture.setAttribute('aria-label', describeHeat(heat));
      // What is not drawn yet has its place.
      drawing.element.setAttribute('height', `${heatHeight(heat.length)}`);
      render();
    },
  };
}

function heatTable({ rows, from, channel }: HeatCells): HTMLElement {
  const head = [
    'Country',
    'Hours above usual',
    'First such hour (UTC)',
    'Busiest hour (UTC)',
    `${titled(channelWords[channel].many)} in it`,
  ];
  const body = rows.map(({ name, sent, above }) => {
    const first = above.indexOf(1);
    const peak = Math.max(0, ...sent);
    const cells = [
      whole(above.reduce<number>((a, b) => a + b, 0)),
      first < 0 ? '–' : clockHour(from + first * hour),
      peak === 0 ? '–' : clockHour(from + sent.indexOf(peak) * hour),
      whole(peak),
    ];
    return element('tr', {}, element('th', { scope: 'row' }, name), ...cells.map((text) => element('td', {}, text)));
  });
  return element(
    'table',
    {},
    element('thead', {}, element('tr', {}, ...head.map((text) => element('th', { scope: 'col' }, text)))),
    element('tbody', {}, ...body),
  );
}
