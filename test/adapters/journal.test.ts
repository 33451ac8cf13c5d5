import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createFileJournal } from '../../src/adapters/journal.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'journal-'));
});
afterEach(async () => {
  await chmod(folder, 0o700);
  await rm(folder, { recursive: true });
});

test('entries are appended in order, one JSON object a line, readable by the owner only', async () => {
  const file = path.join(folder, 'deep', 'journal.jsonl');
  const journal = createFileJournal(file);
  await Promise.all([journal.append({ n: 1 }), journal.append({ n: 2, text: 'two\nlines' }), journal.append({ n: 3 })]);
  const lines = (await readFile(file, 'utf8')).trimEnd().split('\n');
  expect(lines.map((line) => JSON.parse(line).n)).toEqual([1, 2, 3]);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect((await stat(path.dirname(file))).mode & 0o777).toBe(0o700);
});

test('after a failed write nothing more is accepted', async () => {
  const blocker = path.join(folder, 'file');
  await writeFile(blocker, '');
  const journal = createFileJournal(path.join(blocker, 'journal.jsonl'));
  await expect(journal.append({ n: 1 })).rejects.toThrow('could not be written');
  await rm(blocker);
  await expect(journal.append({ n: 2 })).rejects.toThrow('could not be written');
});
