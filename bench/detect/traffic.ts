import { conversions, outcomes } from '../../src/core/traffic/detect/rows.ts';
import { below, logNormal, negativeBinomial, type Random, stream } from '../../src/simulator/random.ts';
import { type Market, type Place, subscriber } from './market.ts';
import type { RowBuffer } from './rowBuffer.ts';

/** Shares of the local hours of a day in which people ask for codes. */
const hours = [
  1.2, 0.7, 0.5, 0.4, 0.5, 0.9, 2, 3.6, 5, 5.8, 6.2, 6.3, 6.4, 6.2, 6, 5.9, 5.9, 6.1, 6.3, 6.2, 5.6, 4.6, 3.2, 2,
];
const all = hours.reduce((a, b) => a + b, 0);

/** What makes a place busier (or later) than usual, by hour of the world: a factor. */
export type Lift = (hour: number) => number;

export const second = (random: Random, hour: number): number => hour * 3600 + below(random, 3600);

/** What one person asking for a code leaves behind. */
export function wanted(random: Random, place: Place, time: number, recipient: number, sender = 0) {
  const failed = random.next() < place.failed;
  const converted = !failed && random.next() < place.conversion / (1 - place.failed);
  return {
    time,
    recipient,
    outcome: failed ? outcomes.failed : outcomes.delivered,
    conversion: sender > 0 ? conversions.unknown : converted ? conversions.converted : conversions.unconverted,
    sender,
    price: place.price,
  };
}

/** The usual traffic of a place: hours `0`…`total - 1` of a world that starts at `start`, epoch seconds. */
export function legitimate(
  seed: number,
  market: Market,
  place: Place,
  start: number,
  total: number,
  lift: Lift,
  into: RowBuffer,
): void {
  if (place.perDay <= 0) return;
  const random = stream(seed, 'usual', place.country.iso);
  const offset = Math.round(place.country.offset);
  const shape = hours.map((share) => share * logNormal(random, 0.1));
  let day = 1;
  for (let hour = 0; hour < total; hour++) {
    if (hour % 24 === 0) {
      const shared = logNormal(stream(seed, 'day', hour), market.dayVariation * 0.6);
      day = shared * logNormal(random, market.dayVariation * 0.8);
    }
    const weekday = (Math.floor((start / 3600 + hour) / 24) + 4) % 7;
    const mean =
      (place.perDay *
        (shape[(hour + offset + 48) % 24] ?? 0) *
        day *
        (weekday % 6 === 0 ? market.weekend : 1) *
        (1 + market.growth) ** (hour / 24) *
        lift(hour)) /
      all;
    const count = negativeBinomial(random, mean, market.dispersion);
    for (let i = 0; i < count; i++) {
      const old = random.next() < 0.75;
      const recipient = old
        ? (place.customers[Math.floor(place.customers.length * random.next() ** 1.5)] ?? 0)
        : subscriber(random, place.blocks);
      const repeats = random.next() < 0.06 ? 2 : 1;
      for (let k = 0; k < repeats; k++)
        into.rows.push(
          wanted(random, place, start + second(random, hour) + k * 40, recipient, random.next() < 0.15 ? 1 : 0),
        );
    }
  }
}
