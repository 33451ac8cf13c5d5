import { scaleLinear, scaleUtc } from 'd3-scale';
import { area, curveStepAfter, line } from 'd3-shape';
import { type Channel, channelWords } from '../../core/traffic/channel.ts';
import { clockHour } from '../../core/traffic/clockHour.ts';
import type { HourlyTraffic } from '../../core/traffic/ranking.ts';
import { dayName, whole } from '../formats.ts';
import { hatching } from './hatching.ts';
import type { Mark } from './mark.ts';

export interface Size {
  /** CSS pixels. */
  readonly width: number;
  readonly height: number;
}

/** The hours the numbers beside the chart are of, epoch milliseconds. */
export interface Shaded {
  readonly from: number;
  readonly to: number;
}

export const margin = { top: 12, right: 12, bottom: 24, left: 52 } as const;
const hour = 3_600_000;

/** Where an instant lies: from the left edge of the first hour to the right edge of the last. */
export function timeScale({ from, sent }: Pick<HourlyTraffic, 'from' | 'sent'>, width: number) {
  const right = Math.max(margin.left + 1, width - margin.right);
  return scaleUtc([from, from + sent.length * hour], [margin.left, right]);
}

/**
 * Messages by hour as a stepped area; the blocked ones hatched inside it, what is above the usual range filled in the colour of alarm, the usual range as
 * a band and the expected level as a dashed line; neither is drawn before `usualFrom`. UTC. An hour's exact numbers are the title of an
 * invisible column over it.
 */
export function timeSeries(
  series: HourlyTraffic,
  { width, height }: Size,
  shaded: Shaded,
  channel: Channel = 'sms',
): readonly Mark[] {
  const { sent, blocked, expected, lower, upper, from, usualFrom } = series;
  const x = timeScale(series, width);
  const right = x.range()[1] ?? width;
  const top = Math.max(1, ...sent, ...expected.slice(usualFrom), ...upper.slice(usualFrom));
  const y = scaleLinear([0, top], [height - margin.bottom, margin.top]).nice(4);
  const at = (i: number): number => x(from + i * hour);
  const base = y(0);
  // A stepped curve holds each value to the next point, so the last one is drawn twice.
  const held = (values: readonly number[]): readonly number[] => [...values, values.at(-1) ?? 0];
  const isUsual = (i: number): boolean => i >= usualFrom;
  const stepped = (low: (i: number) => number, isDrawn: (i: number) => boolean = () => true) =>
    area<number>()
      .defined((_, i) => isDrawn(i))
      .x((_, i) => at(i))
      .y0((_, i) => low(i))
      .y1((value) => y(value))
      .curve(curveStepAfter);
  const lows = held(lower);
  const stroked = line<number>()
    .defined((_, i) => isUsual(i))
    .x((_, i) => at(i))
    .y((value) => y(value))
    .curve(curveStepAfter);
  const bar = (kind: string, i: number, low: number, high: number): Mark =>
    keyed(`${kind} ${i}`, rect(kind, at(i), y(high), at(i + 1) - at(i), y(low) - y(high)));

  return [
    hatching('hatching'),
    rect('shaded', x(shaded.from), margin.top, x(shaded.to) - x(shaded.from), base - margin.top),
    ...y
      .ticks(4)
      .filter(Number.isInteger)
      .flatMap((value) => gridLine(value, y(value), right)),
    ...x
      .ticks(7)
      .filter(isMidnight)
      .flatMap((day) => dayLine(day, x(day), base, height)),
    path('usual', stepped((i) => y(lows[i] ?? 0), isUsual)([...held(upper)])),
    path('sent', stepped(() => base)([...held(sent)])),
    ...sent.flatMap((count, i) =>
      isUsual(i) && count > (upper[i] ?? 0) ? [bar('above', i, upper[i] ?? 0, count)] : [],
    ),
    ...blocked.flatMap((count, i) => (count > 0 ? [hatched(bar('blocked', i, 0, count))] : [])),
    path('expected', stroked([...held(expected)])),
    ...sent.map((_, i) => hourColumn(series, i, at(i), at(i + 1) - at(i), base, channel)),
  ];
}

function gridLine(value: number, at: number, right: number): readonly Mark[] {
  return [
    { tag: 'line', attributes: { class: 'grid', x1: margin.left, x2: right, y1: at, y2: at } },
    { tag: 'text', attributes: { class: 'tick value', x: margin.left - 8, y: at, dy: '0.32em' }, text: whole(value) },
  ];
}

function dayLine(day: Date, at: number, base: number, height: number): readonly Mark[] {
  const text = dayName(day.getTime());
  return [
    { tag: 'line', attributes: { class: 'day', x1: at, x2: at, y1: base, y2: base + 5 } },
    { tag: 'text', attributes: { class: 'tick', x: at, y: height - 6 }, text },
  ];
}

function hourColumn(series: HourlyTraffic, i: number, x: number, width: number, base: number, channel: Channel): Mark {
  const { sent, blocked, expected, upper, usualFrom } = series;
  const usual =
    i < usualFrom
      ? 'what is usual is not known yet'
      : `${whole(expected[i] ?? 0)} expected, up to ${whole(upper[i] ?? 0)} usual`;
  const text = `${clockHour(series.from + i * hour)} UTC: ${whole(sent[i] ?? 0)} ${channelWords[channel].many}, ${whole(blocked[i] ?? 0)} blocked, ${usual}`;
  const column = rect('hour', x, margin.top, width, base - margin.top);
  return { ...keyed(`hour ${i}`, column), children: [{ tag: 'title', text }] };
}

function hatched(bar: Mark): Mark {
  return { ...bar, attributes: { ...bar.attributes, fill: 'url(#hatching)' } };
}

function rect(kind: string, x: number, y: number, width: number, height: number): Mark {
  return { tag: 'rect', attributes: { class: kind, x, y, width: Math.max(0, width), height: Math.max(0, height) } };
}

function path(kind: string, d: string | null): Mark {
  return { tag: 'path', key: kind, attributes: { class: kind, d: d ?? '' } };
}

function keyed(key: string, mark: Mark): Mark {
  return { ...mark, key };
}

function isMidnight(instant: Date): boolean {
  return instant.getTime() % (24 * hour) === 0;
}
