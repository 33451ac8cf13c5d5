import { describe, expect, it } from 'vitest';
import { createLimiter } from '../../../../src/adapters/twilio/limiter.ts';
import { mostConnections, ofAccount } from '../../../../src/adapters/twilio/limits.ts';
import { type Tried, withPatience } from '../../../../src/adapters/twilio/patience.ts';
import { createRetryBudget } from '../../../../src/adapters/twilio/retryBudget.ts';
import { UserError } from '../../../../src/core/errors.ts';
import { collectEvidence } from '../../../../src/core/evidence/collect/collectEvidence.ts';
import { messages } from '../../../../src/core/evidence/sources/messages.ts';
import type { Page, Twilio } from '../../../../src/core/ports.ts';
import { createVirtualClock, seeded } from '../../../adapters/twilio/virtualClock.ts';
import { day, hour, main, memoryWriter, now, row, server, week } from './fakes.ts';

const latency = 250;
const pageSize = 100;
const count = 10_000;

/** A hundred pages of a week, a third of them within six hours, at instants that are not even. */
function surgeWorld(seed: number) {
  const random = seeded(seed);
  return Array.from({ length: count }, (_, i) => {
    const at = i < count * 0.35 ? now - 2.4 * day + random() * 6 * hour : week.from + random() * 7 * day;
    return row(i, Math.min(week.to, Math.floor(at / 1000) * 1000));
  });
}

/**
 * How long it takes in virtual time, with the requests at once that the transport allows, and that the server does: refusing takes it as
 * long as answering. There is nothing else to wait for.
 */
async function collected(seed: number, counted: boolean, ceiling = Infinity) {
  const time = createVirtualClock();
  const random = seeded(seed);
  const connections = createLimiter({ start: mostConnections, cap: mostConnections });
  const { clock: passing, delay: pause } = time;
  const patience = { limiter: createLimiter(ofAccount), connections, budget: createRetryBudget(), random };
  const fake = server({ [main]: surgeWorld(seed) }, { pageSize, counted });
  const count = { busy: 0, refused: 0, late: 0, lateRefused: 0 };
  const attempt = async (read: () => Promise<Page>): Promise<Tried<Page>> => {
    const late = count.refused > 0;
    if (late) count.late += 1;
    count.busy += 1;
    const refused = count.busy > ceiling;
    const page = refused ? undefined : await read();
    await pause(latency * (0.5 + random()));
    count.busy -= 1;
    if (page) return { kind: 'done', value: page };
    count.refused += 1;
    if (late) count.lateRefused += 1;
    return { kind: 'throttled', error: new UserError('throttled', 'too many') };
  };
  const twilio: Twilio = {
    ...fake.twilio,
    page: (request, cancel, wish) =>
      withPatience(
        { ...patience, clock: passing, delay: pause },
        () => attempt(() => fake.twilio.page(request, cancel)),
        { cancel, rank: wish?.rank ?? 0 },
      ),
  };
  const memory = memoryWriter();
  const parts = { accounts: [{ account: main, name: '' }], main, window: week, now, held: [], writer: memory.writer };
  const { clock, delay } = { clock: { now: () => now }, delay: async () => {} };
  const work = collectEvidence(twilio, { sources: [messages], ...parts, clock, delay });
  let done = false;
  const end = work.finally(() => {
    done = true;
  });
  // The fake takes a turn of the event loop for itself, so the clock may find nobody waiting for it.
  const idle = (async () => {
    while (!done) await time.delay(10);
  })();
  await time.run(Promise.all([end, idle]));
  return { rounds: time.clock.now() / latency, requests: fake.asked.length, sids: memory.sids(), ...count };
}

describe('a hundred pages with a surge', () => {
  it.each([
    [1, true, 10],
    [2, true, 10],
    [3, true, 10],
    [1, false, 16],
    [2, false, 16],
    [3, false, 16],
  ])('take few rounds of latency (world %i, its days counted: %s)', async (seed, counted, most) => {
    const { rounds, requests, sids } = await collected(seed, counted);
    expect(new Set(sids).size).toBe(count);
    expect(sids).toHaveLength(count);
    expect(requests / (count / pageSize)).toBeLessThanOrEqual(counted ? 1.3 : 1.4);
    // One after the other they would take a hundred.
    expect(rounds).toBeLessThanOrEqual(most);
  });

  it.each([
    [8, 26],
    [24, 9.5],
  ])(
    'take few more where the server refuses more than %i at once, and hardly one is refused twice',
    async (ceiling, most) => {
      const all = await Promise.all([1, 2].map((seed) => collected(seed, true, ceiling)));
      for (const { sids, rounds, requests, refused } of all) {
        expect(new Set(sids).size).toBe(count);
        expect(sids).toHaveLength(count);
        expect(requests / (count / pageSize)).toBeLessThanOrEqual(1.3);
        expect(refused).toBeGreaterThan(0);
        expect(rounds).toBeLessThanOrEqual(most);
      }
      const sum = (of: 'late' | 'lateRefused') => all.reduce((total, one) => total + one[of], 0);
      expect(sum('lateRefused') / sum('late')).toBeLessThanOrEqual(0.02);
    },
    60_000,
  );
});
