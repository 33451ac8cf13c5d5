import { span } from '../model/age.ts';

/** A span of time both ends of which belong to it: epoch milliseconds, UTC, whole seconds as Twilio's dates are. */
export interface Window {
  readonly from: number;
  readonly to: number;
}

const second = 1000;
const { hour, day } = span;
/** Hours in a traffic window: seven days. The last one is the current hour, still filling. */
export const hours = 7 * 24;

/**
 * The seven days up to `now` (epoch ms), beginning on a whole UTC hour so that every count belongs to a clock hour. "The last
 * 24 h" are its last 24 hours, the current one included.
 */
export function windowEndingAt(now: number): Window {
  const from = Math.floor(now / hour) * hour + hour - hours * hour;
  return { from, to: Math.floor(now / second) * second };
}

/** Which hour of the window an instant falls in, from 0; `undefined` outside. */
export function hourOf({ from, to }: Window, at: number): number | undefined {
  return at >= from && at <= to ? Math.floor((at - from) / hour) : undefined;
}

/** The window cut at UTC midnights, newest first, without gap or overlap. */
export function daysOf({ from, to }: Window): readonly Window[] {
  const slices: Window[] = [];
  for (let end = to; end >= from; ) {
    const start = Math.max(from, Math.floor(end / day) * day);
    slices.push({ from: start, to: end });
    end = start - second;
  }
  return slices;
}
