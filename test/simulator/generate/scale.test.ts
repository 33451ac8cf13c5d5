import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { accountAt, day, now, worldAt } from './worlds.ts';

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

test('a thousand subaccounts with ten thousand numbers are made at once, each number once', () => {
  const world = worldAt({ subaccounts: 1000, numbers: 10_000, messagesPerDay: 200_000 });
  const accounts = [...world.accounts.values()];
  const numbers = accounts.flatMap((account) => account.numbers.map(({ phoneNumber }) => phoneNumber));
  expect(accounts).toHaveLength(1001);
  expect(numbers).toHaveLength(10_000);
  expect(new Set(numbers).size).toBe(10_000);
  expect(accounts.every(({ owner }) => owner === world.main)).toBe(true);
  const young = accounts.filter(({ created }) => created > now - 7 * day);
  expect(young.length).toBeGreaterThan(5);
});

test('a day of a ten-million-message world streams past without being kept', () => {
  const { messages } = accountAt(worldAt({ subaccounts: 0, messagesPerDay: 290_000 }), 0);
  const heapAfter: number[] = [];
  let rows = 0;
  for (const _ of messages.newestFirst(now - day, now)) {
    if (++rows % 40_000 !== 0) continue;
    collectGarbage();
    heapAfter.push(process.memoryUsage().heapUsed);
  }
  expect(rows).toBeGreaterThan(200_000);
  expect(rows).toBe(messages.count(now - day, now));
  // Keeping the rows between the first look and the last would cost more than 50 MB.
  expect((heapAfter.at(-1) ?? 0) - (heapAfter[0] ?? 0)).toBeLessThan(20e6);
});

test('ten million messages are counted, and one is found, without making them', () => {
  const { messages } = accountAt(worldAt({ subaccounts: 0, messagesPerDay: 290_000, days: 40 }), 0);
  const total = messages.count(0, now);
  expect(total).toBeGreaterThan(10_000_000);
  const [old] = messages.newestFirst(now - 30 * day, now - 30 * day + 60_000);
  expect(old && messages.find(old.sid)).toEqual(old);
});
