import type { Incident, LookAlike } from '../incidents/incident.ts';
import { between, stream } from '../random.ts';
import { buildWorld, type GeneratedWorld } from './buildWorld.ts';
import { countryByIso } from './countries.ts';
import type { Person } from './events.ts';
import { planAccount } from './planAccount.ts';
import type { Noise } from './profile.ts';
import { dayMs, wholeSecond } from './rhythm.ts';

export interface WorldOptions {
  readonly seed: number;
  /** The present, epoch milliseconds. Placed once; traffic then goes on for as long as it advances. */
  readonly now: () => number;
  /** Days of traffic before the present: 7 to 400. */
  readonly days?: number;
  /** Rows of the message logs per day, all accounts together. */
  readonly messagesPerDay?: number;
  /** 0 to 1,000. */
  readonly subaccounts?: number;
  /** 0 to 10,000, all accounts together. */
  readonly numbers?: number;
  /** ISO code, and the share of the traffic that stays there. */
  readonly homeCountry?: string;
  readonly homeShare?: number;
  /** How many countries the business reaches, the home country included; the largest ones. */
  readonly countries?: number;
  /** Countries without any business, such as those an incident is to open. */
  readonly withoutCountries?: readonly string[];
  /** Verify attempts per message. */
  readonly verifyShare?: number;
  /** Without it there is no Verify service, and nobody knows which passwords were typed in. */
  readonly conversionData?: boolean;
  /** Multiplies each country's usual rate of passwords typed in. */
  readonly conversionFactor?: number;
  readonly callsPerDay?: number;
  readonly noise?: Noise;
  /** What happens to it. Later ones are laid over earlier ones. */
  readonly incidents?: readonly Incident[];
  readonly lookAlikes?: readonly LookAlike[];
}

const people: readonly Person[] = [
  { sid: 'US5d2c1f5e9a7c4b1f8e6d3a2b1c0d9e8f', name: 'dana@example.com', ip: '198.51.100.24' },
  { sid: 'US8a7b6c5d4e3f2a1b0c9d8e7f6a5b4c3d', name: 'lee@example.com', ip: '198.51.100.25' },
  { sid: 'US1f2e3d4c5b6a79880716253443526170', name: 'sam@example.com', ip: '192.0.2.77' },
];

/**
 * A customer of Twilio with ordinary traffic and whatever the options lay over it. The same options give the same
 * world, however and in whatever order it is read. Throws RangeError for options out of bounds.
 */
export function generateWorld(options: WorldOptions): GeneratedWorld {
  const { seed, now, days = 35, messagesPerDay = 2500, subaccounts = 5, numbers = 40, countries = 62 } = options;
  bound('days', days, 7, 400);
  bound('subaccounts', subaccounts, 0, 1000);
  bound('numbers', numbers, 0, 10_000);
  bound('messagesPerDay', messagesPerDay, 0, 2_000_000);
  const home = countryByIso(options.homeCountry ?? 'US');
  const shares = sharesOf(seed, subaccounts + 1);
  const start = now();
  const plans = shares.map((share, position) =>
    planAccount({
      seed,
      position,
      created: wholeSecond(start - (position === 0 ? 900 : accountAge(seed, position)) * dayMs),
      start,
      numbers: Math.floor(numbers / shares.length) + (position < numbers % shares.length ? 1 : 0),
      home,
      homeShare: options.homeShare ?? 0.6,
      // Small accounts do not reach everywhere.
      countries: position < 3 ? countries : Math.max(2, Math.round(countries * Math.min(1, share * shares.length))),
      withoutCountries: options.withoutCountries ?? [],
      messagesPerDay: messagesPerDay * share,
      attemptsPerDay: options.conversionData === false ? 0 : messagesPerDay * share * (options.verifyShare ?? 0.4),
      callsPerDay: (options.callsPerDay ?? messagesPerDay / 20) * share,
      conversionFactor: options.conversionFactor ?? 1,
      noise: options.noise ?? { dispersion: 1.6, dayVariation: 0.12 },
    }),
  );
  const [main, ...rest] = plans;
  if (main === undefined) throw new RangeError('A world needs a main account.');
  const incidents = [...(options.incidents ?? []), ...(options.lookAlikes ?? [])];
  const sessionsPerDay = { main: 4, subaccount: 0.05 };
  return buildWorld({ seed, now, days, main, subaccounts: rest, people, sessionsPerDay, incidents });
}

/** A few subaccounts do most of the work; the main account does little. */
function sharesOf(seed: number, count: number): readonly number[] {
  const random = stream(seed, 'shares');
  const weights = Array.from({ length: count }, (_, position) =>
    position === 0 && count > 1 ? 0.15 : between(random, 0.7, 1.3) / (position + 0.5) ** 0.9,
  );
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
}

/** Days. Most accounts are old, one in thirty is younger than a week. */
function accountAge(seed: number, position: number): number {
  const random = stream(seed, 'age', position);
  return random.next() < 1 / 30 ? between(random, 1, 7) : between(random, 40, 800);
}

function bound(name: string, value: number, low: number, high: number): void {
  if (!(value >= low && value <= high)) throw new RangeError(`${name} is ${value}; it can be ${low} to ${high}.`);
}
