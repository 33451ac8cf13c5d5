import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { openJournal } from '../../../src/adapters/evidence/journal.ts';
import { clock, freshFolder, memoryAnchors } from './journals.ts';
import { killWriters, raceWriters, startWriter } from './writers.ts';

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

test('of four that open a journal at the same moment, time and again, one writes, and its successor loses nothing', async () => {
  expect(await raceWriters(folder.path, 2)).toEqual({ wrong: 0, lost: 0, takeover: expect.any(Number) });
});

test('a clock that jumps by years takes the journal from nobody', async () => {
  const open = (now: number) =>
    openJournal({ folder: folder.path, id: 'one', anchors: memoryAnchors(), clock: { now: () => now } });
  const writer = await open(clock.now());
  for (const years of [-20, 20]) {
    const other = await open(clock.now() + years * 365 * 86_400_000);
    expect(other.readOnly).toContain('Another window or process');
    await other.close();
  }
  await writer.append({ type: 'note' });
  await writer.close();
});

test('30 writers killed at random moments: no acknowledged record is lost, and each journal stays whole', {
  timeout: 90_000,
}, async () => {
  const lanes = ['a', 'b', 'c'].map((name) => path.join(folder.path, name));
  await Promise.all(lanes.map((lane) => mkdir(lane)));
  const results = await Promise.all(lanes.map((lane) => killWriters(lane, 10)));
  expect(results.map(({ lost }) => lost)).toEqual([0, 0, 0]);
  for (const { records } of results) expect(records).toBeGreaterThan(10);
});
