import type { Slice } from '../evidence/capture.ts';
import { merged, without } from '../evidence/windows.ts';
import { span } from '../model/age.ts';
import type { Window } from '../traffic/window.ts';

const { day } = span;
const second = 1000;
/** How far before an incident its baseline begins. */
const baselineLength = 28 * day;
/** The youngest day that can be exported ended two days ago. https://www.twilio.com/docs/usage/bulkexport/export-custom-job */
const blindDays = 2;

/** `2026-11-01`, in UTC. Epoch milliseconds in. */
export function dayOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

/** All seconds of a UTC day. */
export function dayWindow(text: string): Window {
  const from = Date.parse(`${text}T00:00:00Z`);
  return { from, to: from + day - second };
}

/**
 * The UTC days that an incident is measured against, oldest first: the four weeks before its window, and the day it begins in where that is not at
 * midnight; none that cannot be exported yet at `now`. Epoch milliseconds in.
 */
export function baselineDays({ from }: Window, now: number): readonly string[] {
  const first = Math.floor(from / day) * day - baselineLength;
  const last = Math.min(from - second, Math.floor(now / day) * day - blindDays * day);
  const count = Math.max(0, Math.floor((last - first) / day) + 1);
  return Array.from({ length: count }, (_, index) => dayOf(first + index * day));
}

/** Those of the days that complete slices do not cover wholly. */
export function uncapturedDays(days: readonly string[], slices: readonly Slice[]): readonly string[] {
  const covered = merged(slices.flatMap(({ complete, window }) => (complete && window ? [window] : [])));
  return days.filter((text) => without(dayWindow(text), covered).length > 0);
}

/** First and last day, both included. */
export interface Days {
  readonly start: string;
  readonly end: string;
}

/** Days in as few unbroken runs as possible, oldest first. */
export function runsOf(days: readonly string[]): readonly Days[] {
  return merged(days.map(dayWindow)).map(({ from, to }) => ({ start: dayOf(from), end: dayOf(to) }));
}

/** Every day of a run, oldest first. */
export function daysIn({ start, end }: Days): readonly string[] {
  const from = Date.parse(`${start}T00:00:00Z`);
  const count = Math.max(0, Math.round((Date.parse(`${end}T00:00:00Z`) - from) / day) + 1);
  return Array.from({ length: count }, (_, index) => dayOf(from + index * day));
}
