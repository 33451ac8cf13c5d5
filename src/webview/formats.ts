const wholeNumbers = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

/** `12,345`. */
export function whole(value: number): string {
  return wholeNumbers.format(value);
}

/** `+1,200`, `−3`: a difference, with its sign. */
export function signed(value: number): string {
  const rounded = Math.round(value);
  if (rounded === 0) return '0';
  return rounded > 0 ? `+${whole(rounded)}` : `−${whole(-rounded)}`;
}

/** The same instant where the reader is, for a tooltip beside UTC. */
export function localTime(instant: number): string {
  return `Your time: ${new Date(instant).toLocaleString()}`;
}

const days = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });

/** `21 Nov`. Epoch milliseconds in, UTC out. */
export function dayName(instant: number): string {
  return days.format(instant);
}
