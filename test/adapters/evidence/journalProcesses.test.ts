import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { openJournal } from '../../../src/adapters/evidence/journal.ts';
import { clock, freshFolder, memoryAnchors } from './journals.ts';
import { killWriters, startWriter } from './writers.ts';

const folder = freshFolder();

test('of four processes one writes and the others are told; a killed writer is followed within 5 s', async () => {
  const writers = [0, 1, 2, 3].map(() => startWriter(folder.path));
  const said = await Promise.all(writers.map((writer) => writer.said));
  expect(said.filter((text) => text === 'writer')).toHaveLength(1);
  expect(said.filter((text) => text.startsWith('Another window or process'))).toHaveLength(3);
  const [writer] = writers.filter((_, i) => said[i] === 'writer');
  await writer?.reaches(20);
  const waiting = openJournal({ folder: folder.path, id: 'one', anchors: memoryAnchors(), clock, patience: 5000 });
  await writer?.kill();
  const next = await waiting;
  expect(next.readOnly).toBeUndefined();
  expect(next.records.length).toBeGreaterThanOrEqual(20);
  await next.close();
  await Promise.all(writers.map((one) => one.kill()));
});

test('30 writers killed at random moments: no acknowledged record is lost, and each journal stays whole', async () => {
  const lanes = ['a', 'b', 'c'].map((name) => path.join(folder.path, name));
  await Promise.all(lanes.map((lane) => mkdir(lane)));
  const results = await Promise.all(lanes.map((lane) => killWriters(lane, 10)));
  expect(results.map(({ lost }) => lost)).toEqual([0, 0, 0]);
  for (const { records } of results) expect(records).toBeGreaterThan(10);
});
