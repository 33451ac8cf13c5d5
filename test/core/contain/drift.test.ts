import { expect, test } from 'vitest';
import { driftedPlans } from './drift.ts';

test('300 random plans whose targets others change meanwhile: none acts on what moved, and what nobody touched is done', async () => {
  const { runs, items, done, refused, onDrift, needless } = await driftedPlans(300);
  expect({ runs, onDrift, needless }).toEqual({ runs: 300, onDrift: 0, needless: 0 });
  // Both ends are met often enough to mean something.
  expect(done).toBeGreaterThan(items / 10);
  expect(refused).toBeGreaterThan(items / 20);
});
