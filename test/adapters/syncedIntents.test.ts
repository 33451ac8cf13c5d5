import { expect, test } from 'vitest';
import { syncedIntents } from './syncedIntents.ts';

test('300 changes that arrive at Twilio: each has an intent that a power cut would leave by then', async () => {
  const { requests, early } = await syncedIntents(300);
  expect(requests).toBeGreaterThanOrEqual(300);
  expect(early).toBe(0);
});
