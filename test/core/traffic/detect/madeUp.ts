import { conversions, outcomes, type Sender, type SeriesRows } from '../../../../src/core/traffic/detect/rows.ts';
import { below, poisson, type Random, stream } from '../../../../src/simulator/random.ts';

/** Midnight of a Sunday. */
export const start = Date.UTC(2026, 2, 1) / 1000;

export interface Message {
  readonly time: number;
  readonly recipient: number;
  readonly outcome?: number;
  readonly conversion?: number;
  readonly price?: number;
  readonly sender?: number;
}

export const senders: readonly Sender[] = [
  { name: 'codes', kind: 'service' },
  { name: 'SHOP', kind: 'alphanumeric' },
];

export function seriesOf(country: string, messages: readonly Message[]): SeriesRows {
  const rows = messages.toSorted((a, b) => a.time - b.time);
  return {
    account: 'AC1',
    channel: 'sms',
    country,
    time: rows.map(({ time }) => time),
    recipient: rows.map(({ recipient }) => recipient),
    outcome: rows.map(({ outcome }) => outcome ?? outcomes.delivered),
    conversion: rows.map(({ conversion }) => conversion ?? conversions.unknown),
    price: rows.map(({ price }) => price ?? 10_000),
    sender: rows.map(({ sender }) => sender ?? 0),
    senders,
  };
}

/** Customers asking for codes, `perHour` by day and a tenth of it by night; three of four codes are used. */
export function usual(seed: number, perHour: number, days: number, prefix = 49_151_0): Message[] {
  const random = stream(seed, 'usual');
  const customers = Array.from({ length: perHour * 60 }, () => subscriber(random, prefix));
  const messages: Message[] = [];
  for (let hour = 0; hour < days * 24; hour++) {
    const awake = hour % 24 >= 7 && hour % 24 < 23 ? 1 : 0.1;
    for (let i = poisson(random, perHour * awake); i > 0; i--)
      messages.push({
        time: start + hour * 3600 + below(random, 3600),
        recipient: random.next() < 0.7 ? (customers[below(random, customers.length)] ?? 0) : subscriber(random, prefix),
        conversion: random.next() < 0.75 ? conversions.converted : conversions.unconverted,
        outcome: random.next() < 0.04 ? outcomes.failed : outcomes.delivered,
      });
  }
  return messages;
}

/** Anywhere in 200 blocks of 10,000 numbers. */
export function subscriber(random: Random, prefix = 49_151_0): number {
  return (prefix * 1000 + below(random, 200)) * 10_000 + below(random, 10_000);
}

/** Made-up numbers in one block, none of whose codes is used, from `hour` on. */
export function pumping(hour: number, count: number, hours: number, block = 49_151_0_999): Message[] {
  return Array.from({ length: count }, (_, i) => ({
    time: start + hour * 3600 + Math.floor((i * hours * 3600) / count),
    recipient: block * 10_000 + 3 * i,
    conversion: conversions.unconverted,
    outcome: i % 5 === 0 ? outcomes.pumpingBlocked : outcomes.delivered,
    price: 100_000,
  }));
}
