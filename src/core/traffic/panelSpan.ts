import { span as length } from '../model/age.ts';
import { firstHourOfLastDay } from './table.ts';
import { hours, type Window } from './window.ts';

/** Hours of the report's window, from 0: `first` to before `end`. */
export interface HourSpan {
  readonly first: number;
  readonly end: number;
}

/** Which part of the window the numbers are of: a ready-made one, or instants a person drew (epoch ms, `to` excluded). */
export type SpanChoice = 'day' | 'week' | 'incident' | Window;

/** The part that is shown. `from` and `to` (excluded) are whole hours, epoch milliseconds UTC. */
export interface ShownSpan {
  readonly kind: 'day' | 'week' | 'incident' | 'brush';
  readonly from: number;
  readonly to: number;
}

const { hour } = length;
/** The last 24 hours of a window. */
export const lastDay: HourSpan = { first: firstHourOfLastDay, end: hours };

export function isLastDay({ first, end }: HourSpan): boolean {
  return first === lastDay.first && end === lastDay.end;
}

/** The hours an incident covers in this window; `undefined` when it lies outside. */
export function hoursOf(window: Window, { from, to }: Window): HourSpan | undefined {
  const first = Math.max(0, Math.floor((from - window.from) / hour));
  const end = Math.min(hours, Math.ceil((to - window.from) / hour));
  return first < end ? { first, end } : undefined;
}

/** The chosen hours; the last 24 where what was chosen is not in the window. */
export function spanOf(window: Window, chosen: SpanChoice = 'day', incident?: Window): ShownSpan & HourSpan {
  const shown = (kind: ShownSpan['kind'], { first, end }: HourSpan): ShownSpan & HourSpan => ({
    kind,
    first,
    end,
    from: window.from + first * hour,
    to: window.from + end * hour,
  });
  if (chosen === 'week') return shown('week', { first: 0, end: hours });
  const drawn = chosen === 'incident' ? incident : chosen === 'day' ? undefined : chosen;
  const found = drawn && hoursOf(window, drawn);
  if (!found) return shown('day', lastDay);
  return shown(chosen === 'incident' ? 'incident' : 'brush', found);
}
