import { channelWords, titled } from '../core/traffic/channel.ts';
import type { CountryOrBucket } from '../core/traffic/country.ts';
import type { TrafficState } from '../core/traffic/panelState.ts';
import { afterPaint, draw, element, setText } from './dom.ts';
import { flagWords } from './flagWords.ts';
import { grid, gridHeader, gridRow } from './kit.ts';
import { flagIcon } from './marks/flagIcon.ts';
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

/** So many rows are made for a picture; the others, which cannot be seen yet, when it is on the screen. */
const atOnce = 24;

export interface CountryGrid {
  readonly element: HTMLElement;
  show(state: Pick<TrafficState, 'rows' | 'span' | 'channel'>, selected: CountryOrBucket | undefined): void;
}

interface DrawnRow {
  readonly element: HTMLElement;
  readonly cells: readonly HTMLElement[];
  /** What the cells say. */
  texts: readonly string[];
  headings: readonly string[];
  country: CountryOrBucket | undefined;
  flag: string;
}

/**
 * The ranked table. The selection follows the focus: arrows, click and Enter all select. A row of the table stays where it is and gets the numbers of
 * who has its rank now; only the one with the focus goes with its country, so that new numbers do not move the focus.
 */
export function createCountryGrid(onSelect: (country: CountryOrBucket) => void): CountryGrid {
  const table = grid('Countries, flagged ones first');
  const header = gridHeader(columns);
  table.append(header);
  const drawn: DrawnRow[] = [];
  let chosen: CountryOrBucket | undefined;
  let stop: (() => void) | undefined;
  let headings = columns;

  function select(event: Event): void {
    const at = event.target instanceof Element ? event.target.closest('[data-country]') : null;
    const country = drawn.find((row) => row.element === at)?.country;
    if (country === undefined || country === chosen) return;
    chosen = country;
    onSelect(country);
  }
  table.addEventListener('focusin', select);
  table.addEventListener('click', select);
  table.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' || event.key === ' ') select(event);
  });

  return {
    element: table,
    show({ rows, span, channel }, selected) {
      const { many, success } = channelWords[channel];
      headings = columns.with(1, spanName(span) || titled(many)).with(5, success);
      for (const [i, cell] of [...header.children].entries()) setText(cell, headings[i] ?? '');
      chosen = selected;
      keepFocused(rows);
      for (const row of drawn.splice(rows.length)) row.element.remove();
      stop?.();
      more(rows, selected);
    },
  };

  /** Takes the row with the focus to its country's new place; where the country is gone, so is its row. */
  function keepFocused(rows: readonly Row[]): void {
    const { activeElement } = document;
    const from = drawn.findIndex(({ element: row }) => row.contains(activeElement));
    const [row] = from < 0 ? [] : drawn.splice(from, 1);
    if (!row) return;
    const to = rows.findIndex(({ country }) => country === row.country);
    if (to < 0) {
      row.element.remove();
      return;
    }
    for (let i = drawn.length; i < to; i++) rowAt(i);
    drawn.splice(to, 0, row);
    placeAfter(drawn[to - 1]?.element ?? header, row.element);
  }

  function more(rows: readonly Row[], selected: CountryOrBucket | undefined): void {
    const wanted = Math.min(rows.length, drawn.length + atOnce);
    for (const [i, row] of rows.slice(0, wanted).entries()) fill(rowAt(i), row, headings, row.country === selected);
    const isDone = wanted === rows.length;
    table.setAttribute('aria-busy', String(!isDone));
    stop = isDone ? undefined : afterPaint(() => more(rows, selected));
  }

  function rowAt(index: number): DrawnRow {
    const row = drawn[index] ?? {
      ...gridRow(columns.length),
      texts: [],
      headings: [],
      country: undefined,
      flag: '',
    };
    if (index === drawn.length) {
      drawn.push(row);
      table.append(row.element);
    }
    return row;
  }
}

/** Each cell carries its column's title, for where there is no room for columns. */
function fill(target: DrawnRow, row: Row, headings: readonly string[], isChosen: boolean): void {
  const { element: line, cells, texts } = target;
  const next = [row.name, ...rowTexts(row)];
  const isNew = target.country === undefined;
  const flag = flagWords(row);
  if (target.country !== row.country) line.dataset['country'] = row.country;
  for (const [i, cell] of cells.entries()) {
    const [text = '', heading = ''] = [next[i], headings[i]];
    if (i === 0) {
      if (isNew || target.flag !== flag) nameCell(cell, row);
      else if (texts[0] !== text) setText(cell.firstElementChild ?? cell, text);
      continue;
    }
    if (texts[i] !== text) setText(cell, text);
    if (target.headings[i] !== heading) cell.dataset['title'] = heading;
  }
  if (isNew || line.classList.contains('selected') !== isChosen) {
    line.setAttribute('aria-selected', String(isChosen));
    line.classList.toggle('selected', isChosen);
  }
  Object.assign(target, { texts: next, headings, country: row.country, flag });
}

function nameCell(cell: HTMLElement, row: Row): void {
  const { name, flag } = row;
  const marks = flag ? [element('span', { class: 'flagged' }, draw(flagIcon(flag)), flagWords(row))] : [];
  cell.replaceChildren(element('span', { class: 'name' }, name), ...marks);
}

/** Moves the row behind the one before it, keeping the focus where it was; never taking it from VS Code's own dialogs. */
function placeAfter(before: Element, row: HTMLElement): void {
  if (before.nextElementSibling === row) return;
  const focused = row.contains(document.activeElement) ? document.activeElement : undefined;
  before.after(row);
  if (focused instanceof HTMLElement && document.hasFocus()) focused.focus();
}
