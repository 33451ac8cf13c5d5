import type { TrafficState } from '../core/traffic/panelState.ts';

const minute = 60_000;
/** Older than this, the numbers are said to be old: an attack goes on while they are looked at. */
const staleAfter = 10 * minute;

/** How long ago the numbers were read, `read 3 min ago`, and whether that is too long. Nothing for logs that do not age. */
export function freshness(
  { live, window }: Pick<TrafficState, 'live' | 'window'>,
  now: number,
): { readonly text: string; readonly stale: boolean } | undefined {
  if (!live || !window) return undefined;
  const age = Math.max(0, now - window.to);
  return { text: age < minute ? 'read just now' : `read ${ageText(age)} ago`, stale: age >= staleAfter };
}

/** `3 min`, `2 h 5 min`, `3 days`. */
export function ageText(milliseconds: number): string {
  const minutes = Math.floor(milliseconds / minute);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h ${minutes % 60} min` : `${Math.floor(hours / 24)} days`;
}
