import { expect, test } from 'vitest';
import { freshFolder } from './journals.ts';
import { memoryToPull } from './pullMemory.ts';

const folder = freshFolder();

test('a process that collects 100,000 messages grows by less than 300 MB, its threads included', async () => {
  const grewBy = await memoryToPull(folder.path, 100_000);
  expect(grewBy).toBeGreaterThan(10);
  expect(grewBy).toBeLessThan(300);
});
