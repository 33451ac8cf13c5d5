import { expect, test } from 'vitest';
import { onFirstUse } from '../../src/ui/onFirstUse.ts';

test('what is made on first use is made once, also for those who ask while it is made', async () => {
  let made = 0;
  const get = onFirstUse(async () => {
    made += 1;
    return { made };
  });
  expect(made).toBe(0);
  const [one, other] = await Promise.all([get(), get()]);
  expect([one === other, made]).toEqual([true, 1]);
});

test('a failure is told to whoever asked, and the next one tries again', async () => {
  const tries = [() => Promise.reject(new Error('not there')), () => Promise.resolve('there')];
  const get = onFirstUse(() => tries.shift()?.() ?? Promise.resolve('made twice'));
  await expect(get()).rejects.toThrow('not there');
  expect(await get()).toBe('there');
  expect(await get()).toBe('there');
});
