import { below, hash32, negativeBinomial, type Random, stream } from '../random.ts';
import { expectedByCountry, hourMs } from './rhythm.ts';
import type { StagedAccount } from './staged.ts';

/** How many rows each country of the account's market has in an hour, in the market's order. */
export function countsByCountry(
  { key, profile, surges }: StagedAccount,
  perDay: number,
  what: string,
): (hour: number) => readonly number[] {
  const expected = expectedByCountry(key, perDay, profile.market, profile.noise, surges);
  const base = hash32(key, what, 'count');
  let knownHour = -1;
  let counts: readonly number[] = [];
  return (hour) => {
    if (hour !== knownHour) {
      const random = stream(base, hour);
      counts = expected(hour).map((mean) => negativeBinomial(random, mean, profile.noise.dispersion));
      knownHour = hour;
    }
    return counts;
  };
}

export function total(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}

/** Customers an account has in a country: so many that each is heard of about once a month. */
export function customersOf(perDay: number, share: number): number {
  return Math.max(15, Math.round(perDay * share * 25));
}

/** A whole second of the hour: Twilio's dates have no more. */
export function secondOf(hour: number, random: Random): number {
  return hour * hourMs + below(random, 3600) * 1000;
}
