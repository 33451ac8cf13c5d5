import { invalid } from './answer.ts';

const day = 86_400_000;

/** `Thu, 30 Jul 2015 20:00:00 +0000`, as the v2010 API and IAM write instants. */
export function rfc2822(instant: number): string {
  return new Date(instant).toUTCString().replace('GMT', '+0000');
}

/** `2015-07-30T20:00:00Z`: the newer APIs give whole seconds. */
export function iso(instant: number): string {
  return `${new Date(instant).toISOString().slice(0, 19)}Z`;
}

/** `2015-07-30`, in UTC. */
export function isoDay(instant: number): string {
  return new Date(instant).toISOString().slice(0, 10);
}

/** Start of the UTC day. */
export function dayOf(instant: number): number {
  return Math.floor(instant / day) * day;
}

export interface Window {
  readonly from: number;
  readonly to: number;
}

/**
 * The instants a date parameter stands for: the whole UTC day for `YYYY-MM-DD`, the whole second for an ISO 8601 date-time
 * (Twilio compares in seconds).
 */
export function span(text: string, parameter: string): Window {
  const from = Date.parse(/^\d{4}-\d\d-\d\dT[\d:.]+$/.test(text) ? `${text}Z` : text);
  if (Number.isNaN(from) || !/^\d{4}-\d\d-\d\d(T|$)/.test(text)) throw invalid(parameter);
  if (text.length === 10) return { from, to: from + day - 1 };
  const second = Math.floor(from / 1000) * 1000;
  return { from: second, to: second + 999 };
}

/**
 * The window of a v2010 list, whose parameter names carry the operator: `DateSent` is that day, `DateSent<` and `DateSent>` are
 * inclusive. https://www.twilio.com/docs/messaging/api/message-resource#read-multiple-message-resources
 */
export function windowByOperator(query: URLSearchParams, name: string, now: number): Window {
  const on = query.get(name);
  const after = query.get(`${name}>`);
  const before = query.get(`${name}<`);
  if (on) {
    const start = dayOf(span(on, name).from);
    return { from: start, to: Math.min(now, start + day - 1) };
  }
  return {
    from: after ? span(after, `${name}>`).from : 0,
    to: before ? Math.min(now, span(before, `${name}<`).to) : now,
  };
}

/** The window of a newer list, which keeps nothing older than `retention` milliseconds. Both ends are inclusive. */
export function windowByNames(
  query: URLSearchParams,
  [start, end]: readonly [string, string],
  now: number,
  retention: number,
): Window {
  const after = query.get(start);
  const before = query.get(end);
  return {
    from: Math.max(now - retention, after ? span(after, start).from : 0),
    to: before ? Math.min(now, span(before, end).to) : now,
  };
}
