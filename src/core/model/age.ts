const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** `3 min`, `5 h`, `12 days`: how long ago, in the largest unit that says enough. Milliseconds in. */
export function duration(milliseconds: number): string {
  const length = Math.max(0, milliseconds);
  if (length < hour) return `${Math.floor(length / minute)} min`;
  if (length < 2 * day) return `${Math.floor(length / hour)} h`;
  return `${Math.floor(length / day)} days`;
}

/** `2026-11-21 03:14 UTC`. Epoch milliseconds in. */
export function utc(instant: number): string {
  return `${new Date(instant).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** Twilio's date parameters take ISO 8601 without fractions. */
export function isoSeconds(instant: number): string {
  return `${new Date(instant).toISOString().slice(0, 19)}Z`;
}

/** Lengths of time in milliseconds. */
export const span = { minute, hour, day } as const;
