import { expect, test } from 'vitest';
import { fuzzedPlans } from './fuzzedPlans.ts';

test('3,000 plans of spoilt targets and states never close, delete, empty or redirect anything', async () => {
  const { plans, made, refused, forbidden } = await fuzzedPlans(3000);
  expect([plans, forbidden]).toEqual([3000, 0]);
  expect(Math.min(made, refused)).toBeGreaterThan(500);
});
