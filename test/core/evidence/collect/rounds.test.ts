import { describe, expect, it } from 'vitest';
import { collectEvidence } from '../../../../src/core/evidence/collect/collectEvidence.ts';
import type { CaptureWriter } from '../../../../src/core/evidence/evidenceStore.ts';
import { messages } from '../../../../src/core/evidence/sources/messages.ts';
import { createVirtualClock, seeded } from '../../../adapters/twilio/virtualClock.ts';
import { day, hour, main, now, week } from './fakes.ts';
import { virtualTwilio } from './virtualTwilio.ts';

const latency = 250;

/** When the messages of a week were sent, newest first: a third of them within six hours, or all spread evenly. */
function sentIn(seed: number, count: number, surge: number): Float64Array {
  const random = seeded(seed);
  return Float64Array.from({ length: count }, (_, i) => {
    const at = i < count * surge ? now - 2.4 * day + random() * 6 * hour : week.from + random() * 7 * day;
    return Math.min(week.to, Math.floor(at / 1000) * 1000);
  })
    .sort()
    .reverse();
}

/** How long it takes in virtual time, in rounds of latency, and with how many requests. */
async function collected(
  seed: number,
  { count = 100_000, surge = 0.35, counted = true, ceiling = Infinity, reading = 8, packing = 9 } = {},
) {
  const time = createVirtualClock();
  const sent = sentIn(seed, count, surge);
  const random = seeded(seed + 1000);
  const { twilio, count: requests } = virtualTwilio({
    ...{ sent, time, random, latency, reading, packing, ceiling, counted },
  });
  const places: number[] = [];
  const writer: CaptureWriter = {
    begin() {
      const own: number[] = [];
      return {
        page: () => Promise.reject(new Error('rows are elsewhere')),
        async held(rows, kept) {
          const first = Number(rows.last?.slice(2)) + 1 - rows.table.rows;
          for (const place of kept) own.push(first + place);
          await rows.pack(kept, 'masked');
        },
        async end() {
          for (const place of own) places.push(place);
        },
        drop() {},
      };
    },
    async flush() {},
    async close() {},
  };
  const accounts = [{ account: main, name: '' }];
  const parts = { sources: [messages], accounts, main, window: week, now, held: [], writer };
  const { outcomes } = await time.run(
    collectEvidence(twilio, { ...parts, clock: time.clock, delay: (ms) => time.delay(ms) }),
  );
  expect(outcomes.map(({ complete }) => complete)).toEqual([true]);
  expect(places).toHaveLength(count);
  expect(new Set(places).size).toBe(count);
  return { rounds: time.clock.now() / latency, ratio: requests.answered / (count / 1000), ...requests };
}

describe('messages of a week', () => {
  it.each([
    // One after the other a hundred pages would take a hundred rounds.
    ['a hundred pages with a surge', { counted: true }, 8.5, 1.3],
    ['a hundred pages with a surge, not counted by day', { counted: false }, 19.5, 1.3],
    ['a hundred pages spread evenly', { surge: 0 }, 8, 1.15],
    // The more there is, the less the last ones to end matter, and the more what is read twice.
    ['four hundred pages with a surge', { count: 400_000 }, 21, 1.25],
    ['a thousand pages with a surge', { count: 1_000_000 }, 44, 1.2],
    ['a few pages', { count: 5000 }, 5.5, 2.5],
  ] as const)('%s take few rounds of latency and few requests', async (_, options, most, requests) => {
    for (const seed of [1, 2, 3]) {
      const { rounds, ratio } = await collected(seed, options);
      expect(rounds).toBeLessThanOrEqual(most);
      expect(ratio).toBeLessThanOrEqual(requests);
    }
  });

  it.each([
    [8, 22],
    [12, 15],
    [24, 9.5],
    [40, 8.5],
  ])(
    'take few more rounds where the server refuses more than %i at once, and hardly one is refused twice',
    async (ceiling, most) => {
      const all = await Promise.all([1, 2, 3].map((seed) => collected(seed, { ceiling })));
      for (const { rounds, ratio } of all) {
        expect(ratio).toBeLessThanOrEqual(1.3);
        expect(rounds).toBeLessThanOrEqual(most);
      }
      if (ceiling < 40) expect(all.every(({ refused }) => refused > 0)).toBe(true);
      const sum = (of: 'late' | 'lateRefused') => all.reduce((total, one) => total + one[of], 0);
      expect(sum('lateRefused')).toBeLessThanOrEqual(0.02 * sum('late'));
    },
  );
});
