import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { openJournal } from '../../../src/adapters/evidence/journal.ts';
import type { Anchors } from '../../../src/core/ports.ts';
import { clock, freshFolder, memoryAnchors } from './journals.ts';

const folder = freshFolder();

async function opened(anchors: Anchors, viewOnly?: string) {
  const journal = await openJournal({ folder: folder.path, id: 'incident', anchors, clock, viewOnly });
  await journal.close();
  return journal;
}

test('a journal made here is proven, and stays so when it is opened again, also to be looked at', async () => {
  const anchors = memoryAnchors();
  expect((await opened(anchors)).proven).toBe(true);
  expect((await opened(anchors)).proven).toBe(true);
  const looked = await opened(anchors, 'Restricted Mode.');
  expect([looked.proven, looked.readOnly]).toEqual([true, 'Restricted Mode.']);
});

test('one that came with a workspace, one of another incident and one that was changed are not', async () => {
  const anchors = memoryAnchors();
  await opened(anchors);
  expect((await opened(memoryAnchors())).proven).toBeUndefined();
  expect((await opened(memoryAnchors(), 'Restricted Mode.')).proven).toBeUndefined();
  const other = await openJournal({ folder: folder.path, id: 'other', anchors, clock });
  await other.close();
  expect(other.proven).toBeUndefined();
  const file = path.join(folder.path, 'journal.jsonl');
  await writeFile(file, (await readFile(file, 'utf8')).replace('"format":1', '"format":2'));
  expect((await opened(anchors)).proven).toBeUndefined();
});
