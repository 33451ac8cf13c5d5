import { expect, test } from 'vitest';
import { suspendRuns } from './suspendRuns.ts';

test('150 suspensions while calls come and go: none is called done with a call under way, and calls are ended first', async () => {
  const { runs, done, calls, ...wrong } = await suspendRuns(150);
  expect(wrong).toEqual({ live: 0, unordered: 0 });
  expect([runs, done > 30, calls > 300]).toEqual([150, true, true]);
});
