import { channelWords, titled } from '../core/traffic/channel.ts';
import type { CountryOrBucket } from '../core/traffic/country.ts';
import type { TrafficState } from '../core/traffic/panelState.ts';
import { draw, element, setText } from './dom.ts';
import { grid, gridHeader, gridRow } from './kit.ts';
import { flagIcon, flagText } from './marks/flagIcon.ts';
import { rowTexts } from './rowTexts.ts';
import { spanName } from './spanText.ts';

type Row = TrafficState['rows'][number];

/** How wide they are says the style sheet. */
const columns: readonly string[] = [
  'Country',
  'Messages',
  'Expected',
  'Excess',
  'Blocked',
  'Delivered',
  'Cost',
  '7 days',
];

/** So many rows are made for a picture; the others, which cannot be seen yet, in the frames after it. */
const atOnce = 16;

export interface CountryGrid {
  readonly element: HTMLElement;
  show(state: Pick<TrafficState, 'rows' | 'span' | 'channel'>, selected: CountryOrBucket | undefined): void;
}

type DrawnRow = ReturnType<typeof gridRow> & { flag: Row['flag'] };

/**
 * The ranked table. The selection follows the focus: arrows, click and Enter all select. Rows are kept by country, so that new numbers neither move the
 * focus nor are read out again.
 */
export function createCountryGrid(onSelect: (country: CountryOrBucket) => void): CountryGrid {
  const table = grid('Countries, flagged ones first');
  const header = gridHeader(columns);
  table.append(header);
  const drawn = new Map<CountryOrBucket, DrawnRow>();
  let chosen: CountryOrBucket | undefined;
  let later = 0;
  let headings = columns;

  function select(event: Event): void {
    const at = event.target instanceof Element ? event.target.closest('[data-country]') : null;
    for (const [country, row] of drawn)
      if (row.element === at && country !== chosen) {
        chosen = country;
        onSelect(country);
      }
  }
  table.addEventListener('focusin', select);
  table.addEventListener('click', select);
  table.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' || event.key === ' ') select(event);
  });

  function rowOf(country: CountryOrBucket): DrawnRow {
    const row = drawn.get(country) ?? { ...gridRow(columns.length), flag: null };
    drawn.set(country, row);
    row.element.dataset['country'] = country;
    return row;
  }

  return {
    element: table,
    show({ rows, span, channel }, selected) {
      const { many, success } = channelWords[channel];
      const titles = columns.with(1, spanName(span) || titled(many)).with(5, success);
      for (const [i, cell] of [...header.children].entries()) setText(cell, titles[i] ?? '');
      headings = titles;
      chosen = selected;
      const present = new Set(rows.map(({ country }) => country));
      for (const [country, row] of drawn)
        if (!present.has(country)) {
          row.element.remove();
          drawn.delete(country);
        }
      cancelAnimationFrame(later);
      more(rows, selected);
    },
  };

  function more(rows: readonly Row[], selected: CountryOrBucket | undefined): void {
    let fresh = 0;
    place(rows, selected, ({ country }) => drawn.has(country) || fresh++ < atOnce);
    if (drawn.size < rows.length) later = requestAnimationFrame(() => more(rows, selected));
  }

  function place(
    rows: readonly Row[],
    selected: CountryOrBucket | undefined,
    wanted: (row: Row, index: number) => boolean,
  ): void {
    let before = table.firstElementChild;
    for (const row of rows.filter(wanted)) {
      const target = rowOf(row.country);
      fill(target, row, headings);
      const isChosen = row.country === selected;
      target.element.setAttribute('aria-selected', String(isChosen));
      target.element.classList.toggle('selected', isChosen);
      before = placeAfter(before, target.element);
    }
  }
}

/** Each cell carries its column's title, for where there is no room for columns. */
function fill(target: DrawnRow, row: Row, headings: readonly string[]): void {
  const texts = rowTexts(row);
  const [name, ...numbers] = target.cells;
  if (name) nameCell(name, target, row);
  numbers.forEach((cell, i) => {
    setText(cell, texts[i] ?? '');
    const heading = headings[i + 1] ?? '';
    if (cell.dataset['title'] !== heading) cell.dataset['title'] = heading;
  });
}

function nameCell(cell: HTMLElement, target: DrawnRow, { name, flag }: Row): void {
  const label = cell.querySelector('.name');
  if (label && target.flag === flag) {
    setText(label, name);
    return;
  }
  target.flag = flag;
  const marks = flag ? [element('span', { class: 'flagged' }, draw(flagIcon(flag)), flagText[flag])] : [];
  cell.replaceChildren(element('span', { class: 'name' }, name), ...marks);
}

/** Moves the row behind the one before it, keeping the focus where it was. */
function placeAfter(before: Element | null, row: HTMLElement): Element {
  if (before?.nextElementSibling !== row) {
    const focused = row.contains(document.activeElement) ? document.activeElement : undefined;
    before?.after(row);
    if (focused instanceof HTMLElement) focused.focus();
  }
  return row;
}
