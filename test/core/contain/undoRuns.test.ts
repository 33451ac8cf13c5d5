import { expect, test } from 'vitest';
import { undoRuns } from './undoRuns.ts';

test('of 400 random states, what was done and taken back is field by field what it was; what somebody changed since is left alone', async () => {
  const { states, done, undone, ...wrong } = await undoRuns(400);
  expect(wrong).toEqual({ unequal: 0, unreal: 0, overwriting: 0 });
  expect(states).toBe(400);
  expect(undone).toBeGreaterThan(20);
  expect(done).toBeGreaterThan(undone);
});
