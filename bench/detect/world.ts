import type { SeriesRows } from '../../src/core/traffic/detect/rows.ts';
import { below, stream } from '../../src/simulator/random.ts';
import { type AttackTruth, attack, attackShapes } from './attacks.ts';
import type { Family } from './family.ts';
import { addLookAlike, type LookAlike, lookAlikeKinds, planLookAlike } from './lookAlikes.ts';
import { createMarket } from './market.ts';
import { type RowBuffer, seriesOf } from './rowBuffer.ts';
import { legitimate } from './traffic.ts';

/** An account's traffic and what in it is fraud. Times in epoch seconds. */
export interface World {
  readonly name: string;
  readonly series: readonly SeriesRows[];
  readonly start: number;
  readonly end: number;
  /** From here on it is judged. */
  readonly judgedFrom: number;
  readonly attacks: readonly AttackTruth[];
  readonly lookAlikes: readonly LookAlike[];
}

const start = Date.UTC(2026, 2, 1) / 1000;

/** A made-up account of 80 countries: two to eight weeks of history, then four with attacks and their look-alikes. Nothing in it depends on anything but these. */
export function createWorld(
  seed: number,
  family: Family,
  { conversion, quiet = false }: { readonly conversion: boolean; readonly quiet?: boolean },
): World {
  const random = stream(seed, family.name, 'world');
  const market = createMarket(seed, family);
  const history = (2 + below(random, 7)) * 168;
  const judged = 4 * 168;
  const total = history + judged;
  const slots = quiet
    ? []
    : [...attackShapes, ...lookAlikeKinds, ...attackShapes.slice(0, 4), 'campaign' as const, 'holiday' as const];
  const order = slots.map((slot) => ({ slot, key: random.next() })).sort((a, b) => a.key - b.key);
  const hourOf = (i: number): number =>
    history + Math.floor(((i + random.next() * 0.7) * (judged - 72)) / order.length);
  const plans = order.map(({ slot }, i) => ({ slot, hour: hourOf(i) }));
  const lookAlikes = plans.flatMap(({ slot, hour }) =>
    lookAlikeKinds.filter((kind) => kind === slot).map((kind) => planLookAlike(random, market, kind, hour)),
  );
  const buffers = new Map<string, RowBuffer>(
    market.places.map(({ country }) => [country.iso, { country: country.iso, rows: [] }]),
  );
  for (const place of market.places) {
    const buffer = buffers.get(place.country.iso);
    if (!buffer) continue;
    const here = lookAlikes.filter(({ country }) => country === undefined || country === place.country.iso);
    legitimate(
      seed,
      market,
      place,
      start,
      total,
      (hour) => here.reduce((lift, one) => lift * one.lift(hour), 1),
      buffer,
    );
    for (const one of here) if (one.country !== undefined) addLookAlike(random, one, place, start, buffer);
  }
  const attacks = plans.flatMap(({ slot, hour }) =>
    attackShapes
      .filter((shape) => shape === slot)
      .flatMap((shape) => attack(random, family, market, shape, start, hour, buffers)),
  );
  return {
    name: `${family.name} ${seed}`,
    series: [...buffers.values()].map((buffer) => seriesOf('account', buffer, conversion)),
    start,
    end: start + total * 3600,
    judgedFrom: start + history * 3600,
    attacks,
    lookAlikes,
  };
}
