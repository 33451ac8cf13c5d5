import { conversions, outcomes } from '../../src/core/traffic/detect/rows.ts';
import { below, between, pick, poisson, type Random } from '../../src/simulator/random.ts';
import type { Family } from './family.ts';
import { blockIn, type Market, type Place, subscriber, within } from './market.ts';
import type { RowBuffer } from './rowBuffer.ts';
import { second } from './traffic.ts';

export const attackShapes = ['burst', 'drip', 'multi-country', 'new-country', 'inside-busy', 'local-night'] as const;
export type AttackShape = (typeof attackShapes)[number];

/** An attack on one country: what a detector has to find. Epoch seconds. */
export interface AttackTruth {
  readonly shape: AttackShape;
  readonly numbers: string;
  readonly country: string;
  readonly from: number;
  readonly to: number;
  readonly messages: number;
}

/** Adds an attack of this shape that begins at `hour` of the world, and says what it was. */
export function attack(
  random: Random,
  family: Family,
  market: Market,
  shape: AttackShape,
  start: number,
  hour: number,
  buffers: ReadonlyMap<string, RowBuffer>,
): AttackTruth[] {
  const targets = targetsOf(random, market, shape);
  const spread = random.next() < family.spread;
  const mode = spread ? 'spread' : pick(random, ['block', 'sequential'] as const);
  const converts = within(random, family.attackConversion);
  const fails = within(random, family.attackFailed);
  const blocks = random.next() < family.blockedAttacks ? between(random, 0.1, 0.6) : 0;
  return targets.flatMap((place) => {
    const { hours, rate } = planOf(random, shape, place);
    const buffer = buffers.get(place.country.iso);
    if (!buffer) return [];
    const next = numbersOf(random, family, mode, place);
    const made = buffer.rows.length;
    const night = shape === 'local-night' ? Math.round(place.country.offset) : undefined;
    for (let h = 0; h < hours; h++) {
      if (night !== undefined && (hour + h + night + 48) % 24 >= 6) continue;
      const ramp = shape === 'burst' ? 1 : between(random, 0.7, 1.3);
      const count = poisson(random, rate * ramp);
      for (let i = 0; i < count; i++) {
        const blocked = random.next() < blocks;
        const failed = !blocked && random.next() < fails;
        buffer.rows.push({
          time: start + second(random, hour + h),
          recipient: next(),
          outcome: blocked ? outcomes.pumpingBlocked : failed ? outcomes.failed : outcomes.delivered,
          conversion: random.next() < converts ? conversions.converted : conversions.unconverted,
          sender: 0,
          price: place.price,
        });
      }
    }
    const messages = buffer.rows.length - made;
    if (messages === 0) return [];
    const times = buffer.rows.slice(made).map(({ time }) => time);
    return [
      { shape, numbers: mode, country: place.country.iso, from: Math.min(...times), to: Math.max(...times), messages },
    ];
  });
}

function targetsOf(random: Random, market: Market, shape: AttackShape): Place[] {
  const used = market.places.filter(({ perDay }) => perDay > 0);
  const idle = market.places.filter(({ perDay }) => perDay === 0);
  if (shape === 'new-country') return [pick(random, idle)];
  if (shape === 'inside-busy') return [pick(random, used.slice(0, 6))];
  if (shape === 'multi-country')
    return Array.from({ length: 3 + below(random, 6) }, () =>
      pick(random, random.next() < 0.5 ? idle : used.slice(10)),
    ).filter((place, i, list) => list.indexOf(place) === i);
  return [pick(random, used.slice(4))];
}

function planOf(
  random: Random,
  shape: AttackShape,
  { perDay }: Place,
): { readonly hours: number; readonly rate: number } {
  const plan = (total: number, hours: number, active = hours) => ({ hours, rate: total / active });
  switch (shape) {
    case 'burst':
      return plan(between(random, 200, 3000) + perDay * between(random, 0.5, 2), 1 + below(random, 5));
    case 'drip':
      return plan(between(random, 150, 600) + perDay * between(random, 2, 6), 48 + below(random, 72));
    case 'multi-country':
      return plan(between(random, 40, 300) + perDay * between(random, 0.5, 2), 6 + below(random, 18));
    case 'new-country':
      return plan(between(random, 60, 1500), 3 + below(random, 30));
    case 'inside-busy':
      return plan(perDay * between(random, 0.5, 1.5) + between(random, 100, 400), 6 + below(random, 18));
    case 'local-night': {
      const days = 1 + below(random, 3);
      return plan(between(random, 100, 800) + perDay * between(random, 0.5, 2), days * 24, days * 6);
    }
  }
}

function numbersOf(random: Random, family: Family, mode: string, place: Place): () => number {
  if (mode === 'spread') return () => subscriber(random, place.blocks);
  const count = Math.round(within(random, family.attackBlocks));
  const blocks = Array.from({ length: Math.max(1, count) }, () => blockIn(random, place.country));
  if (mode === 'block') return () => pick(random, blocks) * 10_000 + below(random, 10_000);
  const heads = blocks.map((block) => block * 10_000 + below(random, 6000));
  return () => {
    const i = below(random, heads.length);
    heads[i] = (heads[i] ?? 0) + 1 + below(random, 3);
    return heads[i] ?? 0;
  };
}
