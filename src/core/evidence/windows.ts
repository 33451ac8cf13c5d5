import { span } from '../model/age.ts';
import type { Window } from '../traffic/window.ts';

const second = 1000;

/** The whole seconds that lie in a window. Twilio dates and filters by the second. `from` is after `to` when there is none. */
export function wholeSeconds({ from, to }: Window): Window {
  return { from: Math.ceil(from / second) * second, to: Math.floor(to / second) * second };
}

/** The window widened to whole UTC days, for rows that count a day each. */
export function wholeDays({ from, to }: Window): Window {
  return {
    from: Math.floor(from / span.day) * span.day,
    to: Math.floor(to / span.day) * span.day + span.day - second,
  };
}

/** How many seconds a window of whole seconds has, both ends included. */
export function secondsIn({ from, to }: Window): number {
  return Math.max(0, (to - from) / second + 1);
}

/** Whether the second in which something happened belongs to the window. */
export function holds({ from, to }: Window, at: number): boolean {
  const whole = Math.floor(at / second) * second;
  return whole >= from && whole <= to;
}

/** Whether they have an instant in common; what has no window has none. */
export function meet(one: Window | undefined, other: Window): boolean {
  return one !== undefined && one.from <= other.to && one.to >= other.from;
}

/** The same seconds in as few windows as possible, oldest first. */
export function merged(windows: readonly Window[]): readonly Window[] {
  const result: Window[] = [];
  for (const window of windows.filter(({ from, to }) => from <= to).toSorted((a, b) => a.from - b.from)) {
    const last = result.at(-1);
    if (last && window.from <= last.to + second)
      result[result.length - 1] = { from: last.from, to: Math.max(last.to, window.to) };
    else result.push(window);
  }
  return result;
}

/** The seconds of a window that none of the others has, oldest first. */
export function without(window: Window, others: readonly Window[]): readonly Window[] {
  const rest: Window[] = [];
  let { from } = window;
  for (const other of merged(others)) {
    if (other.to < from) continue;
    if (other.from > window.to) break;
    if (other.from > from) rest.push({ from, to: other.from - second });
    from = other.to + second;
  }
  if (from <= window.to) rest.push({ from, to: window.to });
  return rest;
}

/** The window in so many parts of equal length, newest first, none shorter than a second. */
export function inParts(window: Window, parts: number): readonly Window[] {
  const seconds = secondsIn(window);
  const count = Math.max(1, Math.min(Math.floor(parts), seconds));
  const edge = (index: number) => window.from + Math.round((seconds * index) / count) * second;
  return Array.from({ length: count }, (_, index) => ({
    from: edge(count - index - 1),
    to: edge(count - index) - second,
  }));
}
