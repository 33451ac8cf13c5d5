import { span } from '../model/age.ts';

const shape = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d(?::\d\d)?)(?:\s*UTC|Z)?$/i;

/**
 * Reads `now`, an empty text, `2026-11-21 03:14` or `2026-11-21 03:14:05` as UTC, epoch milliseconds; otherwise the sentence that says what is
 * wrong. What lies ahead did not happen yet: a minute is allowed for clocks that differ. `now`: epoch milliseconds.
 */
export function parseInstant(text: string, now: number): number | string {
  const typed = text.trim();
  if (typed === '' || typed.toLowerCase() === 'now') return now;
  const [, day, time = ''] = shape.exec(typed) ?? [];
  const at = Date.parse(`${day}T${time}Z`);
  // A day that no month has, such as 31 February, would become another one.
  if (day === undefined || Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== day)
    return 'Write “now”, or a time in UTC like “2026-11-21 03:14”.';
  return at > now + span.minute ? 'That is in the future; the time is UTC, not local.' : at;
}
