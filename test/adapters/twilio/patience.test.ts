import { describe, expect, it } from 'vitest';
import { createLimiter } from '../../../src/adapters/twilio/limiter.ts';
import { mostConnections, ofAccount } from '../../../src/adapters/twilio/limits.ts';
import { type Tried, withPatience } from '../../../src/adapters/twilio/patience.ts';
import { createRetryBudget } from '../../../src/adapters/twilio/retryBudget.ts';
import { UserError } from '../../../src/core/errors.ts';
import { createVirtualClock, seeded } from './virtualClock.ts';

const refused: Tried<string> = { kind: 'throttled', error: new UserError('throttled', 'too many') };
const down: Tried<string> = { kind: 'transient', error: new UserError('server', 'down') };
const done: Tried<string> = { kind: 'done', value: 'row' };

/** A Twilio in virtual time: answers in 20-60 ms, refuses at once what exceeds its ceiling, and is down until an instant. */
function createSystem({
  ceiling = Number.POSITIVE_INFINITY,
  downUntil = 0,
  seed = 1,
  repeats = 40,
  settings = {},
} = {}) {
  const time = createVirtualClock();
  const random = seeded(seed);
  const count = { sent: 0, refused: 0, active: 0, lateSent: 0, lateRefused: 0 };
  const limiter = createLimiter(settings);
  const deps = {
    limiter,
    connections: createLimiter({ start: mostConnections, cap: mostConnections }),
    budget: createRetryBudget({ repeats }),
    clock: time.clock,
    random,
    delay: time.delay,
  };
  const attempt = async (): Promise<Tried<string>> => {
    count.sent += 1;
    const late = count.sent > 500;
    if (late) count.lateSent += 1;
    if (count.active >= ceiling) {
      count.refused += 1;
      if (late) count.lateRefused += 1;
      await time.delay(5);
      return refused;
    }
    count.active += 1;
    await time.delay(20 + Math.floor(random() * 40));
    count.active -= 1;
    return time.clock.now() < downUntil ? down : done;
  };
  return { time, count, limiter, read: () => withPatience(deps, attempt) };
}

describe('reading a lot from an account with a hidden ceiling', () => {
  it.each([1, 2, 3, 5, 8, 12, 16, 30, 50])(
    'gets every one of 10,000 with few refusals below %i at once',
    async (ceiling) => {
      const { time, count, read } = createSystem({ ceiling, seed: ceiling });
      const rows = await time.run(Promise.all(Array.from({ length: 10_000 }, read)));
      expect(rows).toHaveLength(10_000);
      expect(count.lateRefused / count.lateSent).toBeLessThanOrEqual(0.02);
      expect(count.sent / 10_000).toBeLessThanOrEqual(1.1);
    },
  );

  it.each(Array.from({ length: 50 }, (_, index) => index + 1))(
    'as the transport is set, gets every one of 10,000 with few refusals below %i at once',
    async (ceiling) => {
      const { time, count, read } = createSystem({ ceiling, seed: ceiling, settings: ofAccount });
      const rows = await time.run(Promise.all(Array.from({ length: 10_000 }, read)));
      expect(rows).toHaveLength(10_000);
      expect(count.lateRefused / count.lateSent).toBeLessThanOrEqual(0.02);
      expect(count.sent / 10_000).toBeLessThanOrEqual(1.1);
    },
  );

  it('uses most of what there is', async () => {
    const { time, read } = createSystem({ ceiling: 8 });
    await time.run(Promise.all(Array.from({ length: 5000 }, read)));
    const ideal = (5000 * 40) / 8;
    expect(time.clock.now()).toBeLessThan(ideal * 1.5);
  });
});

describe('an outage', () => {
  it('is not made worse by repeating, and is over soon after it ends', async () => {
    const { time, count, read } = createSystem({ downUntil: 60_000 });
    const outcomes: { ok: boolean; at: number }[] = [];
    const note = (ok: boolean) => outcomes.push({ ok, at: time.clock.now() });
    const steady = async () => {
      while (time.clock.now() < 80_000)
        await read().then(
          () => note(true),
          () => note(false),
        );
    };
    await time.run(Promise.all([steady(), steady(), steady(), steady()]));
    const asked = outcomes.filter(({ at }) => at < 60_000).length;
    expect(asked).toBeGreaterThan(1000);
    const firstRow = outcomes.find(({ ok }) => ok)?.at ?? Number.POSITIVE_INFINITY;
    expect(firstRow).toBeLessThan(70_000);
    expect(count.sent / outcomes.length).toBeLessThanOrEqual(1.1);
  });
});

/** What patience needs where one request is let out at a time. */
function oneAtOnce() {
  const time = createVirtualClock();
  const [limiter, connections] = [createLimiter({ start: 1, cap: 1 }), createLimiter({ start: 1, cap: 1 })];
  const { clock, delay } = time;
  return { time, deps: { limiter, connections, budget: createRetryBudget(), clock, delay, random: () => 0 } };
}

describe('patience', () => {
  it('lets the next request out when Twilio has served one, however long its reply takes to read', async () => {
    const { time, deps } = oneAtOnce();
    const { clock, delay } = time;
    const began: number[] = [];
    const read = () =>
      withPatience(deps, async (served): Promise<Tried<string>> => {
        began.push(clock.now());
        await delay(10);
        served(undefined);
        await delay(500);
        return done;
      });
    await time.run(Promise.all([read(), read(), read()]));
    expect(began).toEqual([0, 10, 20]);
    expect(deps.limiter.limit).toBe(1);
  });

  it('waits for a place again where what was served turns out to be broken', async () => {
    const { time, deps } = oneAtOnce();
    const { delay } = time;
    let busy = 0;
    let most = 0;
    const read = () => {
      let tries = 0;
      return withPatience(deps, async (served): Promise<Tried<string>> => {
        tries += 1;
        busy += 1;
        most = Math.max(most, busy);
        await delay(10);
        busy -= 1;
        served(undefined);
        await delay(50);
        return tries === 1 ? down : done;
      });
    };
    expect(await time.run(Promise.all([read(), read(), read()]))).toEqual(['row', 'row', 'row']);
    expect(most).toBe(1);
  });

  it('tries five times, waiting longer each time', async () => {
    const time = createVirtualClock();
    const at: number[] = [];
    const work = withPatience(
      {
        limiter: createLimiter(),
        connections: createLimiter(),
        budget: createRetryBudget(),
        clock: time.clock,
        random: () => 0.5,
        delay: time.delay,
      },
      async () => {
        at.push(time.clock.now());
        return down;
      },
    );
    await expect(time.run(work)).rejects.toThrow('down');
    expect(at).toEqual([0, 200, 600, 1400, 3000]);
  });

  it('does not start a try after three minutes', async () => {
    const time = createVirtualClock();
    let tries = 0;
    const work = withPatience(
      {
        limiter: createLimiter(),
        connections: createLimiter(),
        budget: createRetryBudget(),
        clock: time.clock,
        random: () => 0,
        delay: time.delay,
      },
      async () => {
        tries += 1;
        return { ...refused, wait: 60_000 };
      },
    );
    await expect(time.run(work)).rejects.toThrow('too many');
    expect(tries).toBe(4);
    expect(time.clock.now()).toBe(180_000);
  });

  it('tries a final failure once', async () => {
    const time = createVirtualClock();
    let tries = 0;
    const work = withPatience(
      {
        limiter: createLimiter(),
        connections: createLimiter(),
        budget: createRetryBudget(),
        clock: time.clock,
        random: () => 0,
        delay: time.delay,
      },
      async () => {
        tries += 1;
        return { kind: 'final', error: new UserError('not-found', 'gone') } as const;
      },
    );
    await expect(time.run(work)).rejects.toThrow('gone');
    expect(tries).toBe(1);
  });

  it('gives its slots back when a try throws', async () => {
    const limiter = createLimiter({ start: 1, cap: 1 });
    const time = createVirtualClock();
    const deps = {
      limiter,
      connections: createLimiter({ start: 24, cap: 24 }),
      budget: createRetryBudget(),
      clock: time.clock,
      random: () => 0,
      delay: time.delay,
    };
    await expect(withPatience(deps, () => Promise.reject(new Error('bug')))).rejects.toThrow('bug');
    await expect(withPatience(deps, async () => done)).resolves.toBe('row');
  });

  it('pauses a whole account that is down to one slot while Twilio asks to wait', async () => {
    const time = createVirtualClock();
    const limiter = createLimiter({ start: 1, cap: 1 });
    const deps = {
      limiter,
      connections: createLimiter({ start: 24, cap: 24 }),
      budget: createRetryBudget(),
      clock: time.clock,
      random: () => 0,
      delay: time.delay,
    };
    const sent: number[] = [];
    let first = true;
    const attempt = async (): Promise<Tried<string>> => {
      sent.push(time.clock.now());
      if (!first) return done;
      first = false;
      return { ...refused, wait: 7000 } as Tried<string>;
    };
    await time.run(Promise.all([withPatience(deps, attempt), withPatience(deps, attempt)]));
    expect(sent).toEqual([0, 7000, 7000]);
  });
});

describe('the retry budget', () => {
  it('runs out, and earns one repeat back with ten successes', () => {
    const budget = createRetryBudget({ repeats: 2 });
    expect([budget.spend(), budget.spend(), budget.spend()]).toEqual([true, true, false]);
    for (let n = 0; n < 9; n += 1) budget.earn();
    expect(budget.spend()).toBe(false);
    budget.earn();
    expect(budget.spend()).toBe(true);
  });
});
