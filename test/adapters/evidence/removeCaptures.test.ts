import { copyFile, mkdir, readdir, readFile, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { all, captures, message, newIncident, reopened, storeIn, writeSlice } from './captures.ts';
import { freshFolder } from './journals.ts';

const folder = freshFolder();

async function collected() {
  const opened = await newIncident(folder.path);
  const store = storeIn(folder.path);
  const writer = await store.writer(opened);
  for (const n of [1, 2]) {
    await writeSlice(writer, [[message(n)]]);
    await writer.flush();
  }
  await writer.close();
  return { opened, store, evidence: path.join(opened.folder, 'evidence') };
}

test('deleting removes captures and index, and the journal keeps what they were', async () => {
  const { opened, store, evidence } = await collected();
  const held = captures(opened).map(({ file, sha256 }) => ({ file, sha256 }));
  await writeFile(path.join(evidence, 'messages-0009.jsonl.gz'), 'left by a crash');
  await writeFile(path.join(evidence, 'notes.txt'), 'the person’s own');
  expect(await store.remove(opened)).toBe(2);
  expect(await readdir(evidence)).toEqual(['notes.txt']);
  expect(captures(opened)).toEqual([]);
  expect(await all(store.rows(opened, ['messages']))).toEqual([]);
  expect(opened.journal.records.at(-1)).toMatchObject({ type: 'evidence-deleted', files: held });
  expect(opened.journal.records.filter(({ type }) => type === 'capture')).toHaveLength(2);
  expect(await store.remove(opened)).toBe(0);
  expect(opened.journal.records.filter(({ type }) => type === 'evidence-deleted')).toHaveLength(1);
  await opened.journal.close();
});

test('what a crash spared after the journal said “deleted” goes when evidence is next collected', async () => {
  const { opened, store, evidence } = await collected();
  const saved = path.join(folder.path, 'saved');
  await copyFile(path.join(evidence, 'messages-0002.jsonl.gz'), saved);
  await store.remove(opened);
  await copyFile(saved, path.join(evidence, 'messages-0002.jsonl.gz'));
  const later = await reopened(opened);
  const writer = await store.writer(later);
  expect(await readdir(evidence)).toEqual([]);
  await writeSlice(writer, [[message(3)]]);
  await writer.close();
  expect(await readdir(evidence)).toEqual(['messages-0003.jsonl.gz']);
  expect(await store.remove(later)).toBe(1);
  await later.journal.close();
});

test('what a deletion that broke off spared, or a crash left, is counted and can be deleted', async () => {
  const { opened, store, evidence } = await collected();
  const saved = path.join(folder.path, 'saved');
  await copyFile(path.join(evidence, 'messages-0002.jsonl.gz'), saved);
  expect(await store.onDisk(opened)).toEqual({ lost: new Set(), leftOver: 0, aside: 0 });
  await store.remove(opened);
  await copyFile(saved, path.join(evidence, 'messages-0002.jsonl.gz'));
  await copyFile(saved, path.join(evidence, 'calls-0001.jsonl.gz.unrecorded-1'));
  await writeFile(path.join(evidence, 'notes.txt'), 'the person’s own');
  expect(await store.onDisk(opened)).toEqual({ lost: new Set(), leftOver: 2, aside: 0 });
  await store.remove(opened);
  expect(await readdir(evidence)).toEqual(['notes.txt']);
  expect(await store.onDisk(opened)).toEqual({ lost: new Set(), leftOver: 0, aside: 0 });
  await opened.journal.close();
});

test('captures that somebody removed, cut or made a link are lost, one that is as long as it was is not', async () => {
  const { opened, store, evidence } = await collected();
  const [first, second] = ['messages-0001.jsonl.gz', 'messages-0002.jsonl.gz'].map((name) => path.join(evidence, name));
  await rm(first ?? '');
  expect((await store.onDisk(opened)).lost).toEqual(new Set(['evidence/messages-0001.jsonl.gz']));
  await copyFile(second ?? '', path.join(folder.path, 'whole'));
  await symlink(path.join(folder.path, 'whole'), first ?? '');
  await truncate(second ?? '', 10);
  expect((await store.onDisk(opened)).lost.size).toBe(2);
  await rm(evidence, { recursive: true });
  expect((await store.onDisk(opened)).lost.size).toBe(2);
  await opened.journal.close();
});

test('a file that is gone without having been deleted here is not recorded as deleted', async () => {
  const { opened, store, evidence } = await collected();
  await rm(path.join(evidence, 'messages-0001.jsonl.gz'));
  expect(await store.remove(opened)).toBe(1);
  expect(captures(opened).map(({ file }) => file)).toEqual(['evidence/messages-0001.jsonl.gz']);
  await opened.journal.close();
});

test('an incident without evidence has nothing to delete', async () => {
  const opened = await newIncident(folder.path);
  expect(await storeIn(folder.path).remove(opened)).toBe(0);
  expect(opened.journal.records).toHaveLength(1);
  await opened.journal.close();
});

test('only the indexes of this incident go', async () => {
  const { opened } = await collected();
  const indexes = path.join(folder.path, 'indexes');
  await mkdir(path.join(indexes, 'incident-0000000000000000-other'), { recursive: true });
  await mkdir(path.join(indexes, 'incident-7692c3ad3540bb80-some'), { recursive: true });
  await storeIn(folder.path).remove(opened);
  expect(await readdir(indexes)).toEqual(['incident-0000000000000000-other']);
  expect((await readFile(path.join(opened.folder, 'journal.jsonl'), 'utf8')).includes('evidence-deleted')).toBe(true);
  await opened.journal.close();
});
