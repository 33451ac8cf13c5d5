import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { killCollectors } from './collectors.ts';
import { freshFolder } from './journals.ts';

const folder = freshFolder();

test('15 collectors killed at random moments: no acknowledged slice is lost, and each recorded file is whole', {
  timeout: 90_000,
}, async () => {
  const lanes = ['a', 'b', 'c'].map((name) => path.join(folder.path, name));
  await Promise.all(lanes.map((lane) => mkdir(lane)));
  for (const result of await Promise.all(lanes.map((lane) => killCollectors(lane, 5)))) {
    expect(result).toMatchObject({ kills: 5, lost: 0, damaged: 0, wrong: 0 });
    expect(result.slices).toBeGreaterThan(5);
  }
});
