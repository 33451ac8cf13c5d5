import { conversions, outcomes } from '../../src/core/traffic/detect/rows.ts';
import { below, between, pick, type Random } from '../../src/simulator/random.ts';
import { type Market, type Place, subscriber } from './market.ts';
import type { RowBuffer } from './rowBuffer.ts';
import { type Lift, second, wanted } from './traffic.ts';

export const lookAlikeKinds = ['holiday', 'campaign', 'launch', 'shift', 'first-sale', 'regional-event'] as const;
export type LookAlikeKind = (typeof lookAlikeKinds)[number];

/** Something innocent that looks like an attack. Hours of the world. */
export interface LookAlike {
  readonly kind: LookAlikeKind;
  readonly from: number;
  readonly to: number;
  /** `undefined`: everywhere. */
  readonly country: string | undefined;
  readonly lift: Lift;
}

/** Plans one; `add` writes the messages it has of its own. */
export function planLookAlike(random: Random, market: Market, kind: LookAlikeKind, hour: number): LookAlike {
  const used = market.places.filter(({ perDay }) => perDay > 0);
  const idle = market.places.filter(({ perDay }) => perDay === 0);
  const during = (hours: number, country: string | undefined, lift: number): LookAlike => ({
    kind,
    from: hour,
    to: hour + hours,
    country,
    lift: (at) => (at >= hour && at < hour + hours ? lift : 1),
  });
  switch (kind) {
    case 'holiday':
      return during(24 * (1 + below(random, 3)), undefined, between(random, 1.5, 2.8));
    case 'campaign':
      return during(2 + below(random, 8), pick(random, used.slice(0, 25)).country.iso, 1);
    case 'launch':
      return during(24 * 14, pick(random, idle).country.iso, 1);
    case 'first-sale':
      return during(24 * 5, pick(random, idle).country.iso, 1);
    case 'regional-event':
      return during(6 + below(random, 36), pick(random, used.slice(0, 25)).country.iso, between(random, 1.8, 4));
    case 'shift':
      return { kind, from: hour, to: hour + 72, country: pick(random, used.slice(0, 20)).country.iso, lift: () => 1 };
  }
}

export function addLookAlike(
  random: Random,
  { kind, from, to }: LookAlike,
  place: Place,
  start: number,
  buffer: RowBuffer,
): void {
  if (kind === 'campaign') blast(random, place, from, to, start, buffer);
  if (kind === 'launch' || kind === 'first-sale') newcomers(random, kind, place, from, to, start, buffer);
  // People of a country live an hour or two earlier for three days.
  if (kind === 'shift')
    for (const [i, row] of buffer.rows.entries())
      if (row.time >= start + from * 3600 && row.time < start + to * 3600)
        buffer.rows[i] = { ...row, time: row.time - 2 * 3600 };
}

function blast(random: Random, place: Place, from: number, to: number, start: number, buffer: RowBuffer): void {
  const messages = Math.round(between(random, 800, 6000));
  const known = between(random, 0.5, 1);
  // A few campaigns go out by the sender that also sends codes.
  const sender = random.next() < 0.7 ? 2 : random.next() < 0.7 ? 1 : 0;
  for (let i = 0; i < messages; i++) {
    const recipient =
      random.next() < known
        ? (place.customers[below(random, place.customers.length)] ?? 0)
        : subscriber(random, place.blocks);
    buffer.rows.push({
      ...wanted(random, place, start + second(random, from + below(random, to - from)), recipient, 1),
      sender,
      conversion: conversions.unknown,
      outcome: random.next() < place.failed + 0.02 ? outcomes.failed : outcomes.delivered,
    });
  }
}

function newcomers(
  random: Random,
  kind: LookAlikeKind,
  place: Place,
  from: number,
  to: number,
  start: number,
  buffer: RowBuffer,
): void {
  const perHour = kind === 'launch' ? between(random, 3, 40) : between(random, 0.4, 4);
  const people: number[] = [];
  for (let hour = from; hour < to; hour++) {
    const local = (hour + Math.round(place.country.offset) + 48) % 24;
    const awake = local >= 7 && local < 23 ? 1 : 0.15;
    const ramp = kind === 'launch' ? Math.min(1, (hour - from + 6) / 48) : 1;
    const count = Math.floor(perHour * awake * ramp + random.next());
    for (let i = 0; i < count; i++) {
      const again = people.length > 10 && random.next() < 0.3;
      const recipient = again ? (people[below(random, people.length)] ?? 0) : subscriber(random, place.blocks);
      if (!again) people.push(recipient);
      buffer.rows.push(wanted(random, place, start + second(random, hour), recipient));
    }
  }
}
