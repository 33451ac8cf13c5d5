import { expect, test } from 'vitest';
import { Cancelled, UserError } from '../../../src/core/errors.ts';
import type { Cancellation } from '../../../src/core/ports.ts';
import { createWatch, type WatchState, waitAfter } from '../../../src/core/traffic/watch.ts';

const minute = 60_000;

/** A watch whose clock is moved by hand; `looks` are the instants at which it looked. */
function watching(look: (cancel: Cancellation) => Promise<void> = () => Promise.resolve(), every = { minutes: 5 }) {
  let now = 0;
  const looks: number[] = [];
  const told: WatchState[] = [];
  const errors: unknown[] = [];
  const waiting: { readonly at: number; readonly wake: () => void }[] = [];
  const watch = createWatch({
    clock: { now: () => now },
    delay: (milliseconds, cancel) =>
      new Promise((resolve, reject) => {
        if (cancel.aborted) return reject(new Cancelled());
        waiting.push({ at: now + milliseconds, wake: resolve });
        cancel.addEventListener('abort', () => reject(new Cancelled()));
      }),
    minutes: () => every.minutes,
    look: (cancel) => {
      looks.push(now / minute);
      return look(cancel);
    },
    onChange: () => told.push(watch.state),
    onError: (reason) => errors.push(reason),
  });
  const settle = async (): Promise<void> => {
    for (let i = 0; i < 50; i++) await Promise.resolve();
  };
  return {
    watch,
    looks,
    told,
    errors,
    settle,
    async pass(minutes: number) {
      for (let i = 0; i < minutes; i++) {
        now += minute;
        for (const { at, wake } of waiting) if (at <= now) wake();
        await settle();
      }
    },
  };
}

test('looks at once or after the first wait, then every so many minutes, and says when', async () => {
  const { watch, looks, pass, settle } = watching();
  expect(watch.state).toEqual({ state: 'off' });
  watch.start(false);
  await settle();
  expect(watch.state).toEqual({ state: 'waiting', next: 5 * minute });
  await pass(11);
  expect(looks).toEqual([5, 10]);
  expect(watch.state).toEqual({ state: 'waiting', last: 10 * minute, next: 15 * minute });
  watch.start(true);
  await settle();
  expect(looks).toEqual([5, 10, 11]);
  await watch.stop();
  await pass(30);
  expect(looks).toEqual([5, 10, 11]);
  expect(watch.state).toEqual({ state: 'off' });
});

test('after failures it waits longer each time, an hour at most, and as usual again after a success', async () => {
  let fails = true;
  const { watch, looks, pass, settle } = watching(async () => {
    if (fails) throw new UserError('throttled', 'Twilio asks for patience.');
  });
  watch.start(true);
  await settle();
  await pass(36);
  expect(looks).toEqual([0, 10, 30]);
  expect(watch.state).toMatchObject({ failure: 'Twilio asks for patience.', last: 30 * minute });
  fails = false;
  await pass(40);
  expect(looks).toEqual([0, 10, 30, 70, 75]);
  expect(watch.state.failure).toBeUndefined();
  expect([0, 1, 2, 3, 4, 100].map((failures) => waitAfter(5, failures) / minute)).toEqual([5, 10, 20, 40, 60, 60]);
  expect(waitAfter(90, 3) / minute).toBe(90);
  await watch.stop();
});

test('a look under way ends when it is interrupted, and the watch goes on; stopping waits for it', async () => {
  let ended = 0;
  const { watch, looks, pass, settle, errors } = watching(
    (cancel) =>
      new Promise((_, reject) =>
        cancel.addEventListener('abort', () => {
          ended++;
          reject(new Cancelled());
        }),
      ),
  );
  watch.start(true);
  await settle();
  expect(watch.state.state).toBe('looking');
  await pass(20);
  expect(looks).toEqual([0]);
  await watch.interrupt();
  await settle();
  expect(ended).toBe(1);
  expect(watch.state).toEqual({ state: 'waiting', next: 25 * minute });
  await pass(5);
  expect(looks).toEqual([0, 25]);
  await watch.stop();
  expect(ended).toBe(2);
  expect(watch.state).toEqual({ state: 'off' });
  watch.start(true);
  await settle();
  expect(looks).toHaveLength(3);
  void watch.stop();
  watch.start(true);
  await settle();
  expect(looks).toHaveLength(4);
  await watch.stop();
  expect(errors).toEqual([]);
});

test('after a look that took long it rests longer', async () => {
  let end = (): void => {};
  const { watch, looks, pass, settle } = watching(() => new Promise((resolve) => (end = resolve)));
  watch.start(true);
  await settle();
  await pass(2);
  end();
  await settle();
  expect(watch.state).toMatchObject({ state: 'waiting', last: 2 * minute, next: 22 * minute });
  await pass(20);
  expect(looks).toEqual([0, 22]);
  end();
  await watch.stop();
});

test('zero minutes end it', async () => {
  const every = { minutes: 5 };
  const { watch, looks, pass } = watching(undefined, every);
  watch.start(false);
  await pass(5);
  every.minutes = 0;
  await pass(30);
  expect(looks).toEqual([5]);
  expect(watch.state).toEqual({ state: 'off' });
});

test('what nobody expects is told as such, and the watch goes on', async () => {
  const broken = new Error('broken');
  const { watch, looks, pass, settle, errors } = watching(() => Promise.reject(broken));
  watch.start(true);
  await settle();
  await pass(10);
  expect(looks).toEqual([0, 10]);
  expect(errors).toEqual([broken, broken]);
  expect(watch.state.failure).toBe('Something unexpected went wrong. The log has details.');
  await watch.stop();
});
