import type { CountryOrBucket } from './country.ts';
import { hoursAhead } from './detect/localTime.ts';
import { firstHourOfLastDay, type TrafficTable } from './table.ts';

/**
 * How a day's messages spread over 24 hours, counted from the window's first (epoch ms), in the time zone of each country: from the account's other six days,
 * each country by the root of its messages, so that none decides alone. Shares add up to 1.
 */
export function clockProfiles(table: TrafficTable, start: number): (country: CountryOrBucket) => Float64Array {
  const clock = Math.floor(start / 3_600_000) % 24;
  const local = new Float64Array(24).fill(1 / 24);
  const at = (hour: number, country: CountryOrBucket): number =>
    (hour + clock + Math.round(hoursAhead(country)) + 48) % 24;
  for (const [country, { sent }] of table) {
    const days = sent.subarray(0, firstHourOfLastDay);
    const total = days.reduce((a, b) => a + b, 0);
    if (total === 0) continue;
    for (const [hour, count] of days.entries()) {
      const own = at(hour, country);
      local[own] = (local[own] ?? 0) + count / Math.sqrt(total);
    }
  }
  const sum = local.reduce((a, b) => a + b, 0);
  return (country) => Float64Array.from({ length: 24 }, (_, hour) => (local[at(hour, country)] ?? 0) / sum);
}
