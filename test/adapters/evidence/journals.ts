import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach } from 'vitest';

export { memoryAnchors } from './memoryAnchors.ts';

export const clock = { now: () => Date.parse('2026-11-21T03:00:00Z') };

/** A fresh folder for each test of the file. */
export function freshFolder(): { readonly path: string } {
  const folder = { path: '' };
  beforeEach(async () => {
    folder.path = await mkdtemp(path.join(tmpdir(), 'journal-'));
  });
  afterEach(() => rm(folder.path, { recursive: true }));
  return folder;
}
