import { largest, secondsOf } from '../../../core/traffic/logRow.ts';

const remembered = 4096;

/**
 * Makes the function that reads `2026-11-21T03:00:00Z`, with or without `.000`, as epoch seconds; -1 for anything else. Days are
 * looked up, so that the calendar is `Date.parse`'s.
 */
export function createInstants(): (bytes: Buffer, start: number, end: number) => number {
  const days = new Map<number, number>();
  let lastDay = -1;
  let lastStart = -1;

  function startOf(day: number, bytes: Buffer, start: number): number {
    const known = days.get(day);
    if (known !== undefined) return known;
    if (days.size === remembered) days.clear();
    const seconds = secondsOf(`${bytes.toString('latin1', start, start + 10)}T00:00:00Z`) ?? -1;
    days.set(day, seconds);
    return seconds;
  }

  return (bytes, start, end) => {
    const length = end - start;
    if (length !== 20 && length !== 24) return -1;
    const digit = (i: number): number => (bytes[start + i] as number) - 0x30;
    const pair = (i: number): number => {
      const tens = digit(i);
      const ones = digit(i + 1);
      return tens < 0 || tens > 9 || ones < 0 || ones > 9 ? -10_000_000 : tens * 10 + ones;
    };
    if (bytes[start + 4] !== 0x2d || bytes[start + 7] !== 0x2d || bytes[start + 10] !== 0x54) return -1;
    if (bytes[start + 13] !== 0x3a || bytes[start + 16] !== 0x3a || bytes[end - 1] !== 0x5a) return -1;
    if (length === 24 && (bytes[start + 19] !== 0x2e || pair(20) < 0 || digit(22) < 0 || digit(22) > 9)) return -1;
    const century = pair(0);
    const year = pair(2);
    const month = pair(5);
    const date = pair(8);
    const hour = pair(11);
    const minute = pair(14);
    const second = pair(17);
    if (century < 0 || year < 0 || month < 0 || date < 0) return -1;
    if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) return -1;
    const day = ((century * 100 + year) * 100 + month) * 100 + date;
    if (day !== lastDay) {
      lastStart = startOf(day, bytes, start);
      lastDay = day;
    }
    if (lastStart < 0) return -1;
    const seconds = lastStart + hour * 3600 + minute * 60 + second;
    return seconds <= largest.seconds ? seconds : -1;
  };
}
