import type { CountryOrBucket } from '../core/traffic/country.ts';
import type { TrafficState } from '../core/traffic/panelState.ts';
import { draw, element, setText } from './dom.ts';
import { grid, gridHeader, gridRow } from './kit.ts';
import { flagIcon, flagText } from './marks/flagIcon.ts';
import { rowTexts } from './rowTexts.ts';
import { spanName } from './spanText.ts';

type Row = TrafficState['rows'][number];

const columns = [
  { title: 'Country', width: 'minmax(13rem, 2.6fr)' },
  { title: 'Messages', width: 'minmax(5rem, 1fr)' },
  { title: 'Expected', width: 'minmax(5rem, 1fr)' },
  { title: 'Excess', width: 'minmax(5rem, 1fr)' },
  { title: 'Blocked', width: 'minmax(7rem, 1.2fr)' },
  { title: 'Delivered', width: 'minmax(5rem, 1fr)' },
  { title: 'Cost', width: 'minmax(8rem, 1.5fr)' },
  { title: '7 days', width: 'minmax(5rem, 1fr)' },
] as const;

/** So many rows are there with the first picture; the others, which cannot be seen yet, a frame later. */
const atOnce = 40;

export interface CountryGrid {
  readonly element: HTMLElement;
  /** `span`: the hours the rows are of. */
  show(rows: readonly Row[], selected: CountryOrBucket | undefined, span: TrafficState['span']): void;
}

type DrawnRow = ReturnType<typeof gridRow> & { flag: Row['flag'] };

/**
 * The ranked table. The selection follows the focus: arrows, click and Enter all select. Rows are kept by country, so that new numbers neither move the
 * focus nor are read out again.
 */
export function createCountryGrid(onSelect: (country: CountryOrBucket) => void): CountryGrid {
  const table = grid('Countries, flagged ones first', columns.map(({ width }) => width).join(' '));
  const header = gridHeader(columns.map(({ title }) => title));
  table.append(header);
  const drawn = new Map<CountryOrBucket, DrawnRow>();
  let chosen: CountryOrBucket | undefined;
  let later = 0;

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
    show(rows, selected, span) {
      const counted = header.children[1];
      if (counted) setText(counted, spanName(span) || 'Messages');
      chosen = selected;
      const present = new Set(rows.map(({ country }) => country));
      for (const [country, row] of drawn)
        if (!present.has(country)) {
          row.element.remove();
          drawn.delete(country);
        }
      cancelAnimationFrame(later);
      place(rows, selected, (row, i) => i < atOnce || drawn.has(row.country));
      if (drawn.size < rows.length) later = requestAnimationFrame(() => place(rows, selected, () => true));
    },
  };

  function place(
    rows: readonly Row[],
    selected: CountryOrBucket | undefined,
    wanted: (row: Row, index: number) => boolean,
  ): void {
    let before = table.firstElementChild;
    for (const row of rows.filter(wanted)) {
      const target = rowOf(row.country);
      fill(target, row);
      const isChosen = row.country === selected;
      target.element.setAttribute('aria-selected', String(isChosen));
      target.element.classList.toggle('selected', isChosen);
      before = placeAfter(before, target.element);
    }
  }
}

function fill(target: DrawnRow, row: Row): void {
  const texts = rowTexts(row);
  const [name, ...numbers] = target.cells;
  if (name) nameCell(name, target, row);
  numbers.forEach((cell, i) => {
    setText(cell, texts[i] ?? '');
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
