import { expect, test } from 'vitest';
import { dryRuns } from './dryRuns.ts';

test('400 random plans send nothing, and what their text shows is what is sent then, letter for letter', async () => {
  const { requests, ...totals } = await dryRuns(400);
  expect(totals).toEqual({ plans: 400, changed: 0, unlike: 0 });
  expect(requests).toBeGreaterThan(200);
});
