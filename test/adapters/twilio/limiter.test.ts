import { describe, expect, it } from 'vitest';
import { createLimiter, type Slot } from '../../../src/adapters/twilio/limiter.ts';
import { createCancellation } from '../../../src/core/cancellation.ts';

type Limiter = ReturnType<typeof createLimiter>;

/** So many successes while every slot is in use. */
async function succeed(limiter: Limiter, times: number, load?: number): Promise<void> {
  const slots: Slot[] = [];
  for (let n = 0; n < times; n += 1) {
    while (slots.length < limiter.limit) slots.push(await start(limiter));
    slots.shift()?.leave('ok', load);
  }
  for (const slot of slots) slot.leave('neither');
}

async function throttle(limiter: Limiter, load?: number): Promise<void> {
  (await start(limiter)).leave('throttled', load);
}

async function start(limiter: Limiter): Promise<Slot> {
  const slot = await limiter.enter(0);
  slot.starts();
  return slot;
}

describe('the concurrency limiter', () => {
  it('starts with four slots and lets the fifth wait for one', async () => {
    const limiter = createLimiter();
    const [first] = await Promise.all([1, 2, 3, 4].map(() => limiter.enter(0)));
    let entered = false;
    const fifth = limiter.enter(0).then(() => {
      entered = true;
    });
    await new Promise((resolve) => setImmediate(resolve));
    expect(entered).toBe(false);
    first?.leave('neither');
    await fifth;
    expect(entered).toBe(true);
  });

  it('adds a slot per round of successes and never more than sixteen', async () => {
    const limiter = createLimiter();
    await succeed(limiter, 3);
    expect(limiter.limit).toBe(4);
    await succeed(limiter, 1);
    expect(limiter.limit).toBe(5);
    await succeed(limiter, 1000);
    expect(limiter.limit).toBe(16);
  });

  it('learns nothing from successes that left slots unused', async () => {
    const limiter = createLimiter();
    const waiting = await limiter.enter(0);
    for (let n = 0; n < 100; n += 1) {
      const slots = [await start(limiter), await start(limiter), await start(limiter)];
      for (const slot of slots) slot.leave('ok');
    }
    waiting.leave('neither');
    expect(limiter.limit).toBe(4);
  });

  it('halves when throttled, never below one', async () => {
    const limiter = createLimiter();
    await throttle(limiter);
    expect(limiter.limit).toBe(2);
    await throttle(limiter);
    await throttle(limiter);
    expect(limiter.limit).toBe(1);
  });

  it('takes refusals of requests that started together as one', async () => {
    const limiter = createLimiter();
    const together = await Promise.all([1, 2, 3, 4].map(() => start(limiter)));
    for (const slot of together) slot.leave('throttled');
    expect(limiter.limit).toBe(2);
  });

  it('goes back quickly to just below the refused level, then waits long before trying it', async () => {
    const limiter = createLimiter();
    await succeed(limiter, 4 + 5 + 6 + 7);
    expect(limiter.limit).toBe(8);
    await throttle(limiter);
    expect(limiter.limit).toBe(4);
    await succeed(limiter, 4 + 5 + 6);
    expect(limiter.limit).toBe(7);
    await succeed(limiter, 50 * 7 - 1);
    expect(limiter.limit).toBe(7);
    await succeed(limiter, 1);
    expect(limiter.limit).toBe(8);
  });

  it('does not probe while Twilio reports the load at which it refused', async () => {
    const limiter = createLimiter({ start: 2 });
    await throttle(limiter, 9);
    await succeed(limiter, 300, 9);
    expect(limiter.limit).toBe(1);
    await succeed(limiter, 100, 3);
    expect(limiter.limit).toBe(2);
  });

  it('grows by half each round when eager, until the first refusal and never after', async () => {
    const limiter = createLimiter({ start: 4, cap: 32, eager: true });
    await succeed(limiter, 4);
    expect(limiter.limit).toBe(6);
    await succeed(limiter, 6);
    expect(limiter.limit).toBe(9);
    await succeed(limiter, 14);
    expect(limiter.limit).toBe(16);
    await throttle(limiter);
    expect(limiter.limit).toBe(8);
    await succeed(limiter, 8);
    expect(limiter.limit).toBe(9);
    await succeed(limiter, 1000);
    expect(limiter.limit).toBeLessThan(32);
  });

  it('keeps what was not refused of the first burst when eager, but for one slot in sixteen', async () => {
    const limiter = createLimiter({ start: 32, cap: 48, eager: true });
    const slots: Slot[] = [];
    for (let n = 0; n < 32; n += 1) slots.push(await start(limiter));
    for (const slot of slots.splice(24).toReversed()) slot.leave('throttled');
    expect(limiter.limit).toBe(23);
    for (const slot of slots.toReversed()) slot.leave('ok');
    expect(limiter.limit).toBe(23);
    await succeed(limiter, 1000);
    expect(limiter.limit).toBe(23);
  });

  it('halves at a later refusal, whoever was refused', async () => {
    const limiter = createLimiter({ start: 32, cap: 48, eager: true });
    await throttle(limiter);
    await succeed(limiter, 3000);
    const before = limiter.limit;
    const slots: Slot[] = [];
    while (slots.length < before) slots.push(await start(limiter));
    slots.pop()?.leave('throttled');
    expect(limiter.limit).toBe(before >> 1);
  });

  it('comes back at once to what was not refused of a burst, but for one slot in sixteen', async () => {
    const limiter = createLimiter({ start: 32, cap: 48 });
    const slots: Slot[] = [];
    for (let n = 0; n < 32; n += 1) slots.push(await start(limiter));
    for (const slot of slots.splice(24).toReversed()) slot.leave('throttled');
    expect(limiter.limit).toBe(16);
    for (const slot of slots.toReversed()) slot.leave('ok');
    expect(limiter.limit).toBe(23);
  });

  it('goes below half where fewer than that were refused', async () => {
    const limiter = createLimiter({ start: 16, cap: 48, eager: true });
    const slots: Slot[] = [];
    for (let n = 0; n < 16; n += 1) slots.push(await start(limiter));
    for (const slot of slots.splice(5)) slot.leave('throttled');
    expect(limiter.limit).toBe(5);
    for (const slot of slots) slot.leave('ok');
    expect(limiter.limit).toBe(5);
  });

  it('serves in order, the urgent first and those of a low rank last', async () => {
    const limiter = createLimiter({ start: 1, cap: 1 });
    const order: string[] = [];
    const hold = await limiter.enter(0);
    const note = (name: string) => (slot: Slot) => {
      order.push(name);
      slot.leave('neither');
    };
    const all = [
      limiter.enter(-7).then(note('last')),
      limiter.enter(-3).then(note('low')),
      limiter.enter(-3).then(note('low too')),
      limiter.enter(0).then(note('a')),
      limiter.enter(0).then(note('b')),
      limiter.enter(Number.POSITIVE_INFINITY).then(note('urgent')),
    ];
    hold.leave('neither');
    await Promise.all(all);
    expect(order).toEqual(['urgent', 'a', 'b', 'low', 'low too', 'last']);
  });

  it('lets go of one who is cancelled while waiting, and of no slot twice', async () => {
    const limiter = createLimiter({ start: 1, cap: 1 });
    const hold = await limiter.enter(0);
    const cancel = createCancellation();
    const quitter = limiter.enter(0, cancel.signal);
    const next = limiter.enter(0);
    cancel.abort();
    await expect(quitter).rejects.toThrow('cancelled');
    hold.leave('neither');
    hold.leave('neither');
    const slot = await next;
    let entered = false;
    const third = limiter.enter(0).then(() => {
      entered = true;
    });
    await new Promise((resolve) => setImmediate(resolve));
    expect(entered).toBe(false);
    slot.leave('neither');
    await third;
  });

  it('lets nobody else go when a signal calls a listener that was removed', async () => {
    const limiter = createLimiter({ start: 1, cap: 1 });
    const hold = await limiter.enter(0);
    const listeners: (() => void)[] = [];
    const careless = {
      aborted: false,
      addEventListener: (_type: 'abort', listener: () => void) => void listeners.push(listener),
      removeEventListener: () => {},
    };
    const served = limiter.enter(0, careless);
    const innocent = limiter.enter(0);
    hold.leave('neither');
    const slot = await served;
    for (const listener of listeners) listener();
    slot.leave('neither');
    const outcome = await Promise.race([
      innocent.then(() => 'served'),
      new Promise((resolve) => setImmediate(resolve, 'forgotten')),
    ]);
    expect(outcome).toBe('served');
  });
});
