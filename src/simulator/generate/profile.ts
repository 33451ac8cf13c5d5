import { type Country, countries } from './countries.ts';

/** One country of an account's business. The shares of a market add up to 1. */
export interface Market {
  readonly country: Country;
  readonly share: number;
}

/** How far traffic strays from its rhythm. */
export interface Noise {
  /** Variance of an hour's count over its mean; 1 is Poisson. */
  readonly dispersion: number;
  /** Coefficient of variation of whole days. */
  readonly dayVariation: number;
}

export type MessageKind = 'otp' | 'notice' | 'reminder' | 'marketing';

/** What an account does on an ordinary day. */
export interface TrafficProfile {
  /** The name its messages speak in. */
  readonly brand: string;
  readonly home: Country;
  readonly market: readonly Market[];
  /** Rows of the message log per day, inbound included. */
  readonly messagesPerDay: number;
  /** Verify attempts per day. These are not in the message log. */
  readonly attemptsPerDay: number;
  readonly callsPerDay: number;
  /** Relative frequency of each kind of message. */
  readonly kinds: Readonly<Record<MessageKind, number>>;
  /** Share of the home country's messages that are replies from customers. */
  readonly inboundShare: number;
  /** Multiplies every country's rate of passwords typed in. */
  readonly conversionFactor: number;
  readonly noise: Noise;
}

/** A home country and the largest others by weight, up to `size` countries in all. */
export function marketOf(home: Country, homeShare: number, size: number, without: readonly string[] = []): Market[] {
  const others = countries
    .filter(({ iso }) => iso !== home.iso && !without.includes(iso))
    .sort((a, b) => b.weight - a.weight)
    .slice(0, Math.max(0, size - 1));
  return shareOut(home, homeShare, others);
}

function shareOut(home: Country, homeShare: number, others: readonly Country[]): Market[] {
  const total = others.reduce((sum, { weight }) => sum + weight, 0);
  const abroad = others.length === 0 ? 0 : 1 - homeShare;
  return [
    { country: home, share: 1 - abroad },
    ...others.map((country) => ({ country, share: (abroad * country.weight) / total })),
  ];
}
