import { type Country, countries } from '../../src/simulator/generate/countries.ts';
import { below, between, logNormal, type Random, stream } from '../../src/simulator/random.ts';
import type { Family } from './family.ts';

/** A country of an account: its customers and what is usual there. */
export interface Place {
  readonly country: Country;
  /** Messages on an ordinary day; 0 for a country without customers. */
  readonly perDay: number;
  readonly conversion: number;
  readonly failed: number;
  readonly price: number;
  /** First digits of the blocks of 10,000 its subscribers lie in, as numbers; the first are the fuller ones. */
  readonly blocks: readonly number[];
  readonly customers: readonly number[];
}

export interface Market {
  readonly places: readonly Place[];
  readonly dayVariation: number;
  readonly dispersion: number;
  /** Growth per day. */
  readonly growth: number;
  readonly weekend: number;
}

const log = (random: Random, [low, high]: readonly [number, number]): number => low * (high / low) ** random.next();
export const within = (random: Random, [low, high]: readonly [number, number]): number => between(random, low, high);

/** The account's countries: one at home, others in falling order, and a third of the list without any customers. */
export function createMarket(seed: number, family: Family): Market {
  const random = stream(seed, 'market');
  const total = log(random, family.messagesPerDay);
  const order = countries
    .map((country) => ({ country, key: (country.weight + 0.3) * logNormal(random, 1.2) }))
    .sort((a, b) => b.key - a.key)
    .slice(0, 80);
  const active = 45 + below(random, 30);
  const steep = between(random, 0.9, 1.5);
  const shares = order.map((_, i) => (i < active ? (i + 1) ** -steep : 0));
  const sum = shares.reduce((a, b) => a + b, 0);
  const base = within(random, family.conversion);
  return {
    places: order.map(({ country }, i) => createPlace(random, family, country, (total * (shares[i] ?? 0)) / sum, base)),
    dayVariation: within(random, family.days),
    dispersion: within(random, family.dispersion),
    growth: between(random, -0.002, 0.008),
    weekend: between(random, 0.6, 1.15),
  };
}

function createPlace(random: Random, family: Family, country: Country, perDay: number, base: number): Place {
  const blocks = Array.from({ length: Math.round(log(random, family.countryBlocks)) }, () => blockIn(random, country));
  const customers = Array.from({ length: Math.max(20, Math.round(perDay * between(random, 8, 40))) }, () =>
    subscriber(random, blocks),
  );
  return {
    country,
    perDay,
    conversion: Math.min(0.95, Math.max(0.1, base + between(random, -0.08, 0.08))),
    failed: between(random, 0.01, 0.07),
    price: Math.round(country.sms * 1e6),
    blocks,
    customers,
  };
}

/** A block of 10,000 mobile numbers of the country. */
export function blockIn(random: Random, { dial, digits, mobile }: Country): number {
  const start = mobile[below(random, mobile.length)] ?? '';
  const open = Math.max(0, digits - start.length - 4);
  return Number(`${dial}${start}${open > 0 ? String(below(random, 10 ** open)).padStart(open, '0') : ''}`);
}

/** A number of these blocks; the first of them are the fuller ones. */
export function subscriber(random: Random, blocks: readonly number[]): number {
  const block = blocks[Math.floor(blocks.length * random.next() ** 1.6)] ?? 0;
  return block * 10_000 + below(random, 10_000);
}
