import { between, stream } from '../random.ts';

const minuteMs = 60_000;

/**
 * When SMS Pumping Protection blocks one destination prefix: from `from` on for 15 to 30 minutes at a time, renewed
 * after the few minutes it takes to notice that the abuse goes on. https://www.twilio.com/docs/api/errors/30450
 */
export function blockWindows(key: number, prefix: string, from: number, end: number): (at: number) => boolean {
  const random = stream(key, 'block', prefix);
  const windows: { from: number; to: number }[] = [];
  // Prefixes are noticed one after the other.
  let at = from + between(random, 0, 6) * minuteMs;
  while (at < end) {
    const to = at + between(random, 15, 30) * minuteMs;
    windows.push({ from: at, to });
    at = to + between(random, 2, 6) * minuteMs;
  }
  return (instant) => windows.some((window) => instant >= window.from && instant < window.to);
}
