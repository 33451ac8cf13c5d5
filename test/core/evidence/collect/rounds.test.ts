import { describe, expect, it } from 'vitest';
import { createLimiter } from '../../../../src/adapters/twilio/limiter.ts';
import { ofAccount } from '../../../../src/adapters/twilio/limits.ts';
import { collectEvidence } from '../../../../src/core/evidence/collect/collectEvidence.ts';
import { messages } from '../../../../src/core/evidence/sources/messages.ts';
import type { Twilio } from '../../../../src/core/ports.ts';
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

/** How long it takes in virtual time, with the requests at once that the transport allows and nothing but their latency to wait for. */
async function collected(seed: number, counted: boolean) {
  const time = createVirtualClock();
  const random = seeded(seed);
  const limiter = createLimiter(ofAccount);
  const fake = server({ [main]: surgeWorld(seed) }, { pageSize, counted });
  const twilio: Twilio = {
    ...fake.twilio,
    async page(request, cancel) {
      const slot = await limiter.enter(false, cancel);
      slot.starts();
      const page = await fake.twilio.page(request, cancel);
      await time.delay(latency * (0.5 + random()));
      slot.leave('ok');
      return page;
    },
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
  return { rounds: time.clock.now() / latency, requests: fake.asked.length, sids: memory.sids() };
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
});
