import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import type { Head } from '../../../src/core/evidence/record.ts';
import type { Anchors } from '../../../src/core/ports.ts';

/** Anchors in memory. */
export function memoryAnchors(kept = new Map<string, Head>()): Anchors & { readonly kept: Map<string, Head> } {
  return {
    kept,
    read: async (id) => kept.get(id),
    async write(id, head) {
      kept.set(id, head);
    },
  };
}

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
