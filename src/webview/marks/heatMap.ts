import { type Channel, channelWords } from '../../core/traffic/channel.ts';
import { clockHour } from '../../core/traffic/clockHour.ts';
import type { HeatRow } from '../../core/traffic/panelHeat.ts';
import { dayName, whole } from '../formats.ts';
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
 * Countries × hours: a cell's step is the order of magnitude of its messages (1, 10, 100, 1,000 …); hours above their usual range have the steps of
 * the alarm's colour and lie under hatching. Hours without messages are left empty. Each cell's title says its numbers; rows carry `data-country`.
 */
export function heatMap(
  rows: readonly HeatRow[],
  from: number,
  selected: string | undefined,
  width: number,
  channel: Channel = 'sms',
): readonly Mark[] {
  const hours = rows[0]?.sent.length ?? 0;
  const wide = cellWidth(width, hours);
  const bottom = rows.length * rowHeight;
  const days = Array.from({ length: hours }, (_, at) => from + at * hour).flatMap((instant, at) =>
    instant % (24 * hour) === 0 ? [dayMark(instant, label + at * wide, bottom, hours - at < 12)] : [],
  );
  return [
    hatching('heat-hatching'),
    ...rows.map((row, i) => heatRow(row, i, from, wide, row.country === selected, channel)),
    ...days.flat(),
  ];
}

function heatRow(
  { country, name, sent, above }: HeatRow,
  index: number,
  from: number,
  wide: number,
  chosen: boolean,
  channel: Channel,
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
    const place = cellPlace(index, at, wide);
    const kind = `cell level-${levelOf(count)}${isAbove ? ' above' : ''}`;
    const text = cellText({ name, sent, above }, at, from, channel);
    const cell: Mark = {
      tag: 'rect',
      key: `${at}`,
      attributes: { class: kind, ...place },
      children: [{ tag: 'title', text }],
    };
    // Over the step, so that both are seen.
    const over: Mark = {
      tag: 'rect',
      key: `over ${at}`,
      attributes: { class: 'over', fill: 'url(#heat-hatching)', ...place },
    };
    return isAbove ? [cell, over] : [cell];
  });
  const attributes = { class: chosen ? 'row selected' : 'row', 'data-country': country };
  return { tag: 'g', attributes, children: [title, ground, ...cells] };
}

/** What one cell says: `Russia, 21 Nov, 02:00 UTC: 200 messages, above its usual range`. */
export function cellText(
  { name, sent, above }: Pick<HeatRow, 'name' | 'sent' | 'above'>,
  at: number,
  from: number,
  channel: Channel,
): string {
  const many = `${whole(sent[at] ?? 0)} ${channelWords[channel].many}`;
  return `${name}, ${clockHour(from + at * hour)} UTC: ${many}${above[at] === 1 ? ', above its usual range' : ''}`;
}

/** Pixels an hour takes in a picture of this width. */
export function cellWidth(width: number, hours: number): number {
  return Math.max(1, width - label - 2) / Math.max(1, hours);
}

/** Where a cell lies in the picture. */
export function cellPlace(row: number, at: number, wide: number) {
  return { x: round(label + at * wide), y: row * rowHeight + 1, width: round(wide), height: rowHeight - 2 };
}

/** 1 for up to 9 messages, 2 for up to 99, 3 for up to 999, 4 for more. */
export function levelOf(count: number): 1 | 2 | 3 | 4 {
  if (count < 10) return 1;
  if (count < 100) return 2;
  return count < 1000 ? 3 : 4;
}

function dayMark(instant: number, x: number, bottom: number, last: boolean): readonly Mark[] {
  const text = dayName(instant);
  const line: Mark = { tag: 'line', attributes: { class: 'day', x1: round(x), x2: round(x), y1: 0, y2: bottom + 4 } };
  if (last) return [line];
  return [line, { tag: 'text', attributes: { class: 'tick', x: round(x) + 3, y: bottom + 15 }, text }];
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
