import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { createAccountJournal } from '../../../src/adapters/evidence/accountJournal.ts';
import { clock, freshFolder, memoryAnchors } from './journals.ts';
import { anotherComputer } from './memoryAnchors.ts';

const folder = freshFolder();

function journal(anchors = memoryAnchors(), at = folder.path) {
  return createAccountJournal({ folder: at, account: 'AC1', anchors, clock });
}
const notes = async (one: ReturnType<typeof journal>) =>
  (await one.records()).filter(({ type }) => type === 'note').map(({ n }) => n);

test('what every window recorded can be read, also what was just asked to be recorded', async () => {
  const anchors = memoryAnchors();
  const [one, other] = [journal(anchors), journal(anchors)];
  await one.append({ type: 'note', n: 1 });
  const pending = other.append({ type: 'note', n: 2 });
  expect(await notes(other)).toEqual([1, 2]);
  await pending;
  expect(await notes(one)).toEqual([1, 2]);
});

test('a journal that is not there yet holds nothing, and reading makes none', async () => {
  const missing = path.join(folder.path, 'missing');
  expect(await journal(memoryAnchors(), missing).records()).toEqual([]);
  expect(await journal(memoryAnchors(), folder.path).records()).toEqual([]);
});

test('what is no journal holds nothing', async () => {
  await writeFile(path.join(folder.path, 'journal.jsonl'), 'nothing of ours\n');
  expect(await journal().records()).toEqual([]);
});

test('only what this computer sealed may say what to undo, and only in a journal that nothing was cut off from', async () => {
  const anchors = memoryAnchors();
  const own = journal(anchors);
  await own.append({ type: 'note', n: 1 });
  await own.append({ type: 'note', n: 2 });
  expect(await own.provenRecords()).toEqual(await own.records());
  expect(await own.provenRecords()).toHaveLength(3);
  // The same file on another computer; and after its last record was cut off.
  expect(await journal(memoryAnchors(new Map(), anotherComputer)).provenRecords()).toEqual([]);
  const file = path.join(folder.path, 'journal.jsonl');
  const lines = (await readFile(file, 'utf8')).split('\n');
  await writeFile(file, `${lines.slice(0, 2).join('\n')}\n`);
  expect(await journal(anchors).provenRecords()).toEqual([]);
  expect(await notes(journal(anchors))).toEqual([1]);
});
