import { createInstants } from './instants.ts';

/**
 * Makes the function that reads `2026-11-21T03:00:00Z`, with or without `.000`, as epoch seconds; -1 for anything else. Rows of a log are
 * in order of time, so most of their instants lie in the minute of the one before, of which only the seconds are read.
 */
export function createMinutes(): (bytes: Buffer, view: DataView, start: number, end: number) => number {
  const secondsAt = createInstants();
  // `2026-11-21T03:00` in four words, and when that minute begins.
  let date = 0;
  let month = 0;
  let hour = 0;
  let minute = 0;
  let begins = -1;

  return (bytes, view, start, end) => {
    const a = view.getInt32(start, true);
    const b = view.getInt32(start + 4, true);
    const c = view.getInt32(start + 8, true);
    const d = view.getInt32(start + 12, true);
    if (begins >= 0 && end - start === 20 && a === date && b === month && c === hour && d === minute) {
      const rest = view.getInt32(start + 16, true);
      const tens = ((rest >>> 8) & 0xff) - 0x30;
      const ones = ((rest >>> 16) & 0xff) - 0x30;
      const written = (rest & 0xff) === 0x3a && rest >>> 24 === 0x5a;
      if (written && tens >= 0 && tens <= 5 && ones >= 0 && ones <= 9) return begins + tens * 10 + ones;
    }
    const seconds = secondsAt(bytes, start, end);
    if (seconds >= 0) {
      begins = seconds - (seconds % 60);
      [date, month, hour, minute] = [a, b, c, d];
    }
    return seconds;
  };
}
