import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createTurns } from '../../../src/adapters/twilio/turns.ts';

test('of callers that come together each has a turn of the event loop of its own, in their order', async () => {
  const turn = createTurns();
  let now = 0;
  let counting = true;
  const count = (): void => {
    now += 1;
    if (counting) setImmediate(count);
  };
  setImmediate(count);
  const turns: [caller: number, turn: number][] = [];
  await Promise.all(
    Array.from({ length: 20 }, async (_, caller) => {
      await turn();
      turns.push([caller, now]);
    }),
  );
  counting = false;
  expect(turns.map(([caller]) => caller)).toEqual(Array.from({ length: 20 }, (_, caller) => caller));
  expect(new Set(turns.map(([, at]) => at)).size).toBe(20);
  await nextTurn();
});
