import type { DetectedMessage } from '../src/core/traffic/detectRows.ts';

/** Dial prefixes of 80 countries, the busiest first. */
const prefixes = [
  1415, 4479, 4915, 336, 3466, 5511, 9198, 3933, 4850, 3161, 4670, 4790, 4540, 3585, 3247, 4367, 4178,
].concat(
  [351, 353, 354, 355, 356, 357, 359, 370, 371, 372, 373, 374, 375, 376, 377, 380, 381, 382, 385, 386, 387, 389],
  [420, 421, 502, 503, 504, 505, 506, 507, 591, 593, 595, 598, 852, 853, 855, 856, 880, 886, 960, 961, 962, 965],
  [966, 968, 971, 972, 973, 974, 975, 976, 977, 992, 993, 994, 995, 996, 998, 212, 213, 216, 221],
);
const end = Date.UTC(2026, 10, 21, 12);
const hour = 3_600_000;
const attacked = 79_581_110_000;

/**
 * The `n`th of `rows` messages of two accounts over so many weeks, in the order of time: busy by day, a hundredth of them in the last three hours to
 * one block of numbers in a country that never had any.
 */
export function detectorMessage(
  n: number,
  rows: number,
  weeks: number,
): { readonly account: string; readonly message: DetectedMessage } {
  const attack = Math.floor(rows / 100);
  const isAttack = n >= rows - attack;
  const span = weeks * 7 * 24 * hour;
  const part = isAttack ? (n - rows + attack) / attack : n / (rows - attack);
  const day = Math.floor((part * span) / (24 * hour));
  const within = (part * span) / (24 * hour) - day;
  // More by day than by night: a day's clock runs slower in its middle.
  const clock = within + Math.sin(2 * Math.PI * within) * 0.12;
  const at = isAttack ? end - 3 * hour + part * 3 * hour : end - span + day * 24 * hour + clock * 24 * hour;
  const mixed = Math.imul(n + 1, 0x9e37_79b1) >>> 0;
  // The busiest country gets a hundred times what the last one does.
  const place = Math.min(prefixes.length - 1, Math.floor(prefixes.length ** ((mixed % 1000) / 1000)) - 1 + (mixed % 3));
  const number = isAttack ? attacked + (n % 10_000) : (prefixes[place] ?? 371) * 10 ** 7 + ((mixed * 7919) % 10 ** 7);
  return {
    account: `AC${(n % 2 === 0 ? 'a' : 'b').repeat(32)}`,
    message: {
      sid: `SM${mixed.toString(16).padStart(8, '0')}${n.toString(16).padStart(24, '0')}`,
      at: Math.floor(at / 1000) * 1000,
      updated: at + 5000,
      to: `+${number}`,
      from: mixed % 7 === 0 ? 'SHOP' : '+14155550100',
      outbound: true,
      status: mixed % 20 === 0 ? 'undelivered' : 'delivered',
      errorCode: undefined,
      segments: 1,
      price: 0.05,
      currency: 'USD',
    },
  };
}
