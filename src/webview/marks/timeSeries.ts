import { scaleLinear, scaleUtc } from 'd3-scale';
import { area, curveStepAfter, line } from 'd3-shape';
import type { HourlyTraffic } from '../../core/traffic/ranking.ts';
import { clockHour, whole } from '../formats.ts';
import type { Mark } from './mark.ts';

export interface Size {
  /** CSS pixels. */
  readonly width: number;
  readonly height: number;
}

const margin = { top: 12, right: 12, bottom: 24, left: 52 } as const;
const hour = 3_600_000;
/** The last 24 hours are shaded: they are what the flags are about. */
const lastDay = 24;

/**
 * Messages by hour as a stepped area, the blocked ones hatched inside it, and the expected level as a dashed line. UTC. An hour's exact
 * numbers are the title of an invisible column over it.
 */
export function timeSeries(series: HourlyTraffic, { width, height }: Size): readonly Mark[] {
  const count = series.sent.length;
  const end = series.from + count * hour;
  const right = Math.max(margin.left + 1, width - margin.right);
  const x = scaleUtc([series.from, end], [margin.left, right]);
  const top = Math.max(1, ...series.sent, ...series.expected);
  const y = scaleLinear([0, top], [height - margin.bottom, margin.top]).nice(4);
  const at = (i: number): number => x(series.from + i * hour);
  const base = y(0);
  // A stepped curve holds each value to the next point, so the last one is drawn twice.
  const held = (values: readonly number[]): readonly number[] => [...values, values.at(-1) ?? 0];
  const filled = area<number>()
    .x((_, i) => at(i))
    .y0(base)
    .y1((value) => y(value))
    .curve(curveStepAfter);
  const stroked = line<number>()
    .x((_, i) => at(i))
    .y((value) => y(value))
    .curve(curveStepAfter);

  return [
    hatching,
    rect('last-day', at(count - lastDay), margin.top, at(count) - at(count - lastDay), base - margin.top),
    ...y
      .ticks(4)
      .filter(Number.isInteger)
      .flatMap((value) => gridLine(value, y(value), right)),
    ...x
      .ticks(7)
      .filter(isMidnight)
      .flatMap((day) => dayLine(day, x(day), base, height)),
    path('sent', filled([...held(series.sent)])),
    ...series.blocked.flatMap((value, i) => (value > 0 ? [blockedBar(at(i), at(i + 1) - at(i), y(value), base)] : [])),
    path('expected', stroked([...held(series.expected)])),
    ...series.sent.map((_, i) => hourColumn(series, i, at(i), at(i + 1) - at(i), base)),
  ];
}

const hatching: Mark = {
  tag: 'defs',
  children: [
    {
      tag: 'pattern',
      attributes: {
        id: 'hatching',
        width: 5,
        height: 5,
        patternUnits: 'userSpaceOnUse',
        patternTransform: 'rotate(45)',
      },
      children: [{ tag: 'line', attributes: { class: 'hatch', x1: 0, y1: 0, x2: 0, y2: 5 } }],
    },
  ],
};

function gridLine(value: number, at: number, right: number): readonly Mark[] {
  return [
    { tag: 'line', attributes: { class: 'grid', x1: margin.left, x2: right, y1: at, y2: at } },
    { tag: 'text', attributes: { class: 'tick value', x: margin.left - 8, y: at, dy: '0.32em' }, text: whole(value) },
  ];
}

function dayLine(day: Date, at: number, base: number, height: number): readonly Mark[] {
  const text = day.toLocaleDateString('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });
  return [
    { tag: 'line', attributes: { class: 'day', x1: at, x2: at, y1: base, y2: base + 5 } },
    { tag: 'text', attributes: { class: 'tick', x: at, y: height - 6 }, text },
  ];
}

function hourColumn(series: HourlyTraffic, i: number, x: number, width: number, base: number): Mark {
  const { sent, blocked, expected } = series;
  const text = `${clockHour(series.from + i * hour)} UTC: ${whole(sent[i] ?? 0)} messages, ${whole(blocked[i] ?? 0)} blocked, ${whole(expected[i] ?? 0)} expected`;
  const column = rect('hour', x, margin.top, width, base - margin.top);
  return { ...column, children: [{ tag: 'title', text }] };
}

function blockedBar(x: number, width: number, top: number, base: number): Mark {
  const bar = rect('blocked', x, top, width, base - top);
  return { ...bar, attributes: { ...bar.attributes, fill: 'url(#hatching)' } };
}

function rect(kind: string, x: number, y: number, width: number, height: number): Mark {
  return { tag: 'rect', attributes: { class: kind, x, y, width: Math.max(0, width), height: Math.max(0, height) } };
}

function path(kind: string, d: string | null): Mark {
  return { tag: 'path', attributes: { class: kind, d: d ?? '' } };
}

function isMidnight(instant: Date): boolean {
  return instant.getTime() % (24 * hour) === 0;
}
