import type { Channel } from '../core/traffic/channel.ts';
import type { HeatRow } from '../core/traffic/panelHeat.ts';
import { draw, element, setShown, setText } from './dom.ts';
import { cellPlace, cellText, cellWidth } from './marks/heatMap.ts';

/** What the cursor moves over. */
export interface HeatCells {
  readonly rows: readonly HeatRow[];
  readonly from: number;
  readonly channel: Channel;
}

export interface HeatCursor {
  /** Says the numbers of the cell it is on. */
  readonly text: HTMLElement;
  /** Puts it into a picture that was drawn anew. */
  place(cells: HeatCells, svg: Element | null, width: number): void;
}

/** Hours and rows the keys move it. */
const steps: Readonly<Record<string, readonly [hours: number, rows: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
  PageUp: [-24, 0],
  PageDown: [24, 0],
  Home: [Number.NEGATIVE_INFINITY, 0],
  End: [Number.POSITIVE_INFINITY, 0],
};

/** Takes the keyboard to every cell of the heat map: arrows by hour and country, Page keys by day, Enter selects the country. */
export function createHeatCursor(picture: HTMLElement, onSelect: (row: HeatRow) => void): HeatCursor {
  const text = element('p', { class: 'cell-text', role: 'status' });
  const frame = draw({ tag: 'rect', attributes: { class: 'cursor' } });
  let cells: HeatCells = { rows: [], from: 0, channel: 'sms' };
  let width = 0;
  let at: { hour: number; row: number } | undefined;

  function show(): void {
    const row = at && cells.rows[at.row];
    setShown(text, row !== undefined);
    frame.classList.toggle('there', row !== undefined);
    if (!at || !row) return;
    const place = cellPlace(at.row, at.hour, cellWidth(width, row.sent.length));
    for (const [name, value] of Object.entries(place)) frame.setAttribute(name, String(value));
    setText(text, cellText(row, at.hour, cells.from, cells.channel));
  }
  picture.addEventListener('keydown', (event) => {
    const [first] = cells.rows;
    if (!first) return;
    const row = at && cells.rows[at.row];
    if (event.key === 'Enter' && row) onSelect(row);
    const step = steps[event.key];
    if (!step) return;
    event.preventDefault();
    const last = { hour: first.sent.length - 1, row: cells.rows.length - 1 };
    const before = at ?? { hour: last.hour + 1, row: 0 };
    at = { hour: within(before.hour + step[0], last.hour), row: within(before.row + step[1], last.row) };
    show();
  });
  picture.addEventListener('blur', () => {
    at = undefined;
    show();
  });

  return {
    text,
    place(next, svg, wide) {
      cells = next;
      width = wide;
      svg?.append(frame);
      show();
    },
  };
}

function within(value: number, most: number): number {
  return Math.max(0, Math.min(most, value));
}
