import type { HeatRow } from '../../core/traffic/panelHeat.ts';
import { clockHour, whole } from '../formats.ts';
import { hatching } from './hatching.ts';
import type { Mark } from './mark.ts';

const label = 150;
const rowHeight = 20;
const axis = 22;
const hour = 3_600_000;

/** Pixels it takes for so many countries. */
export function heatHeight(rows: number): number {
  return rows * rowHeight + axis;
}

/**
 * Countries × hours: a cell's step is the order of magnitude of its messages (1, 10, 100, 1,000 …), and hours above their usual range are hatched. Hours
 * without messages are left empty. Each cell's title says its numbers; rows carry `data-country`.
 */
export function heatMap(
  rows: readonly HeatRow[],
  from: number,
  selected: string | undefined,
  width: number,
): readonly Mark[] {
  const hours = rows[0]?.sent.length ?? 0;
  const wide = Math.max(1, width - label - 2) / Math.max(1, hours);
  const bottom = rows.length * rowHeight;
  const days = Array.from({ length: hours }, (_, at) => from + at * hour).flatMap((instant, at) =>
    instant % (24 * hour) === 0 ? [dayMark(instant, label + at * wide, bottom, hours - at < 12)] : [],
  );
  return [
    hatching('heat-hatching', true),
    ...rows.map((row, i) => heatRow(row, i, from, wide, row.country === selected)),
    ...days.flat(),
  ];
}

function heatRow(
  { country, name, sent, above }: HeatRow,
  index: number,
  from: number,
  wide: number,
  chosen: boolean,
): Mark {
  const y = index * rowHeight;
  const ground: Mark = {
    tag: 'rect',
    attributes: { class: 'ground', x: label, y: y + 1, width: round(wide * sent.length), height: rowHeight - 2 },
  };
  const title: Mark = {
    tag: 'text',
    attributes: { class: 'who', x: label - 8, y: y + rowHeight / 2, dy: '0.32em' },
    text: name.length > 22 ? `${name.slice(0, 21)}…` : name,
  };
  const cells = sent.flatMap((count, at): readonly Mark[] => {
    if (count === 0) return [];
    const isAbove = above[at] === 1;
    const text = `${name}, ${clockHour(from + at * hour)} UTC: ${whole(count)} messages${isAbove ? ', above its usual range' : ''}`;
    const attributes = {
      class: isAbove ? 'cell above' : `cell level-${levelOf(count)}`,
      x: round(label + at * wide),
      y: y + 1,
      width: round(wide),
      height: rowHeight - 2,
      ...(isAbove && { fill: 'url(#heat-hatching)' }),
    };
    return [{ tag: 'rect', attributes, children: [{ tag: 'title', text }] }];
  });
  const attributes = { class: chosen ? 'row selected' : 'row', 'data-country': country };
  return { tag: 'g', attributes, children: [title, ground, ...cells] };
}

/** 1 for up to 9 messages, 2 for up to 99, 3 for up to 999, 4 for more. */
export function levelOf(count: number): 1 | 2 | 3 | 4 {
  if (count < 10) return 1;
  if (count < 100) return 2;
  return count < 1000 ? 3 : 4;
}

function dayMark(instant: number, x: number, bottom: number, last: boolean): readonly Mark[] {
  const text = new Date(instant).toLocaleDateString('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });
  const line: Mark = { tag: 'line', attributes: { class: 'day', x1: round(x), x2: round(x), y1: 0, y2: bottom + 4 } };
  if (last) return [line];
  return [line, { tag: 'text', attributes: { class: 'tick', x: round(x) + 3, y: bottom + 15 }, text }];
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
