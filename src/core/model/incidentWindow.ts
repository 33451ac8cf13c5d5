import { span } from './age.ts';

export type Window = { readonly from: number; readonly to: number };

const instant = String.raw`(\d{4}-\d\d-\d\d)(?:[ T](\d\d:\d\d))?`;
const shape = new RegExp(`^${instant}\\s{1,9}(?:to|–|-)\\s{1,9}${instant}\\s{0,9}(?:UTC)?$`);

/**
 * Reads `2026-11-14 to 2026-11-21 12:00` as UTC, epoch milliseconds; `undefined` when it is no window or ends before it starts.
 * A last day without a time is meant whole.
 */
export function parseWindow(text: string): Window | undefined {
  const [, fromDay, fromTime = '00:00', toDay, toTime] = shape.exec(text.trim()) ?? [];
  const from = Date.parse(`${fromDay}T${fromTime}Z`);
  const to = toTime ? Date.parse(`${toDay}T${toTime}Z`) : Date.parse(`${toDay}T00:00Z`) + span.day;
  return from < to ? { from, to } : undefined;
}

/** `2026-11-14 00:00 to 2026-11-21 12:00`: what `parseWindow` reads. */
export function windowText({ from, to }: Window): string {
  const minute = (at: number) => new Date(at).toISOString().slice(0, 16).replace('T', ' ');
  return `${minute(from)} to ${minute(to)}`;
}
