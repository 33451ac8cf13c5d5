import { hourMs } from '../generate/rhythm.ts';
import { hash32, poisson, stream } from '../random.ts';

const minuteMs = 60_000;

export interface WaveOptions {
  readonly key: number;
  /** Epoch milliseconds; nothing before `start` or after `end`. */
  readonly start: number;
  readonly end: number;
  /** Rows per hour at an instant. */
  rate(at: number): number;
}

/** Arrivals of an incident in time, evenly spaced within a minute as machines send them. */
export interface Wave {
  count(hour: number): number;
  /** Arrivals before the hour began: where a run of consecutive numbers has got to. */
  before(hour: number): number;
  /** Whole seconds, oldest first; as many as `count` says. */
  times(hour: number): readonly number[];
}

/** Arrivals that follow a rate. Each minute draws its own count, so any hour can be made without the others. */
export function createWave({ key, rate, ...bounds }: WaveOptions): Wave {
  const start = Math.ceil(bounds.start / 1000) * 1000;
  const end = Math.floor(bounds.end / 1000) * 1000;
  const firstHour = Math.floor(start / hourMs);
  const totals: number[] = [];

  const minutes = (hour: number): readonly { at: number; span: number; count: number }[] => {
    if (hour < firstHour || hour * hourMs > end) return [];
    const random = stream(hash32(key, 'wave'), hour);
    return Array.from({ length: 60 }, (_, minute) => {
      const opens = hour * hourMs + minute * minuteMs;
      const at = Math.max(opens, start);
      const span = Math.max(0, Math.min(opens + minuteMs, end) - at);
      return { at, span, count: poisson(random, (rate(at + span / 2) * span) / hourMs) };
    });
  };
  const count = (hour: number) => minutes(hour).reduce((sum, each) => sum + each.count, 0);

  return {
    count,
    before: (hour) => {
      for (let known = totals.length; known < hour - firstHour; known++) {
        totals.push((totals[known - 1] ?? 0) + count(firstHour + known));
      }
      return totals[hour - firstHour - 1] ?? 0;
    },
    times: (hour) =>
      minutes(hour).flatMap(({ at, span, count: arrivals }) =>
        Array.from({ length: arrivals }, (_, n) => at + Math.floor(((n / arrivals) * span) / 1000) * 1000),
      ),
  };
}

/** A rate that climbs to `peak` within `rampMs`, sways around it and fades in the last tenth. */
export function surgeRate(
  key: number,
  start: number,
  end: number,
  peak: number,
  rampMs: number,
): (at: number) => number {
  const phase = hash32(key, 'phase') % 628;
  return (at) => {
    const climbing = Math.min(1, (at - start) / rampMs);
    const fading = Math.min(1, (end - at) / ((end - start) / 10));
    const sway = 1 + 0.2 * Math.sin(phase / 100 + (at - start) / (11 * minuteMs));
    return Math.max(0, peak * climbing * fading * sway);
  };
}
