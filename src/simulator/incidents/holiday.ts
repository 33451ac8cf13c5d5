import { hourMs } from '../generate/rhythm.ts';
import { hash32 } from '../random.ts';
import type { LookAlike } from './incident.ts';

export interface HolidayOptions {
  /** Epoch milliseconds; counted in whole hours. */
  readonly start: number;
  readonly end: number;
  /** Smallest and largest multiple of ordinary traffic; each country has its own between them. */
  readonly factor?: readonly [number, number];
}

/** Innocent: everybody everywhere writes, calls and signs in more than usual. */
export function holiday({ start, end, factor: [low, high] = [1.8, 2.8] }: HolidayOptions): LookAlike {
  return {
    type: 'holiday',
    layOver: ({ seed, accounts }) => {
      const first = Math.floor(start / hourMs);
      const last = Math.floor((end - 1) / hourMs);
      const whole = { start: first * hourMs, end: (last + 1) * hourMs - 1 };
      return accounts.map(({ account, surges }) => {
        surges.push((hour, iso) => {
          if (hour < first || hour > last) return 1;
          return low + ((high - low) * (hash32(seed, 'holiday', first, iso) % 1000)) / 1000;
        });
        return { type: 'holiday', innocent: true, account: account.sid, country: undefined, ...whole, ranges: [] };
      });
    },
  };
}
