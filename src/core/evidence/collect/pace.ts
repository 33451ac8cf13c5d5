import type { Cancellation } from '../../ports.ts';
import type { CollectOptions } from './options.ts';

const minute = 60_000;

/**
 * Lets at most so many requests begin in any minute: each waits until the one that many before it is a minute old. Throws `Cancelled` while
 * waiting.
 */
export function createPace(most: number, { clock, delay }: Pick<CollectOptions, 'clock' | 'delay'>) {
  // When the latest requests began or will begin, as a ring.
  const begun: number[] = [];
  let count = 0;
  return async (cancel?: Cancellation): Promise<void> => {
    const now = clock.now();
    const start = Math.max(now, (begun[count % most] ?? Number.NEGATIVE_INFINITY) + minute);
    begun[count % most] = start;
    count += 1;
    if (start > now) await delay(start - now, cancel);
  };
}
