import { execFile } from 'node:child_process';
import { mkdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { gunzipSync, gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { captureRows, checkCapture } from '../../src/adapters/evidence/captureReader.ts';
import { createIncidentStore } from '../../src/adapters/evidence/incidentStore.ts';
import { sha256 } from '../../src/adapters/evidence/sha256.ts';
import { captureEntry } from '../../src/core/evidence/captureRecord.ts';
import { unreadableCaptures } from '../../src/core/evidence/heldCaptures.ts';
import { heldImports, recordedImports } from '../../src/core/evidence/recordedImports.ts';
import {
  account,
  all,
  captures,
  message,
  newIncident,
  other,
  storeIn,
  writeSlice,
} from '../adapters/evidence/captures.ts';
import { sidOf } from '../adapters/evidence/ingest/logFiles.ts';
import { clock, freshFolder, memoryAnchors } from '../adapters/evidence/journals.ts';

const place = freshFolder();

async function verify(folder: string): Promise<{ code: number; said: string }> {
  try {
    const { stdout } = await promisify(execFile)(process.execPath, ['scripts/verify-incident.mjs', folder]);
    return { code: 0, said: stdout };
  } catch (reason) {
    const { code, stdout } = reason as { code: number; stdout: string };
    return { code, said: stdout };
  }
}

async function collected() {
  const opened = await newIncident(place.path);
  const store = storeIn(place.path);
  const writer = await store.writer(opened);
  for (const n of [1, 2, 3]) {
    await writeSlice(writer, [[message(n * 10), message(n * 10 + 1)]]);
    await writer.flush();
  }
  await writer.close();
  const files = captures(opened).map(({ file }) => path.join(opened.folder, file));
  return { opened, store, folder: opened.folder, files, middle: files[1] ?? '' };
}

test('captures that are as they were recorded are whole, those deleted on purpose are told, strangers are no evidence', async () => {
  const { opened, store, folder } = await collected();
  expect(await verify(folder)).toMatchObject({ code: 0, said: expect.stringMatching(/^ok: 4 records/) });
  await writeFile(path.join(folder, 'evidence', 'calls-0001.jsonl.gz'), 'left by a crash');
  expect((await verify(folder)).said).toMatch('note: "evidence/calls-0001.jsonl.gz": no record names it');
  await store.remove(opened);
  await opened.journal.close();
  const { code, said } = await verify(folder);
  expect(
    said.match(/note: "evidence\/messages-000\d.jsonl.gz" \(record \d\): deleted on purpose \(record 5\)/g),
  ).toHaveLength(3);
  expect(code).toBe(0);
});

test('a capture that is there although the journal says that it was deleted is told', async () => {
  const { opened, store, folder, middle } = await collected();
  const kept = await readFile(middle);
  await store.remove(opened);
  await opened.journal.close();
  await writeFile(middle, kept);
  const { code, said } = await verify(folder);
  expect(said).toMatch(/note: "evidence\/messages-0002.jsonl.gz" \(record 3\): still there, though record 5 says/);
  expect(code).toBe(0);
});

test('a capture that was cut, changed, exchanged or lost is a problem', async () => {
  const { opened, folder, files, middle } = await collected();
  await opened.journal.close();
  const whole = await readFile(middle);
  const lines = gunzipSync(whole)
    .toString()
    .split(/(?<=\n)/);
  const problem = async (why: string) => {
    const { code, said } = await verify(folder);
    expect([code, said]).toEqual([1, expect.stringContaining(why)]);
  };
  for (const changed of [
    ...[0, 1, 9, 20, whole.length - 9, whole.length - 1].map((size) => whole.subarray(0, size)),
    Buffer.concat([whole, Buffer.from('x')]),
    gzipSync(lines.toReversed().join('')),
    gzipSync(lines.slice(1).join('')),
    await readFile(files[0] ?? ''),
  ]) {
    await writeFile(middle, changed);
    await problem('"evidence/messages-0002.jsonl.gz" (record 3): changed since it was recorded');
  }
  await rm(middle);
  await problem('missing, or no plain file');
  await symlink(files[0] ?? '', middle);
  await problem('missing, or no plain file');
  await rename(path.join(folder, 'evidence'), path.join(place.path, 'elsewhere'));
  await symlink(path.join(place.path, 'elsewhere'), path.join(folder, 'evidence'));
  await problem('evidence: a link');
});

test('a capture with other rows than its record tells is a problem, even when the journal was made to fit', async () => {
  const { opened, folder } = await collected();
  const content = gzipSync('{}\n{}\n{}\n');
  await mkdir(path.join(folder, 'evidence'), { recursive: true });
  await writeFile(path.join(folder, 'evidence', 'messages-0009.jsonl.gz'), content);
  const [first] = captures(opened);
  if (!first) throw new Error('no capture');
  const file = 'evidence/messages-0009.jsonl.gz';
  await opened.journal.append(captureEntry({ ...first, file, sha256: sha256(content), bytes: content.length }));
  await opened.journal.close();
  expect((await verify(folder)).said).toMatch(
    'problem: "evidence/messages-0009.jsonl.gz" (record 5): 3 rows instead of 2',
  );
});

test('evidence of format 1 is whole for the extension and for the script', async () => {
  const golden = 'test/golden/incident-v1-evidence';
  const { code, said } = await verify(golden);
  expect([code, said]).toEqual([0, expect.stringMatching(/note: .*deleted on purpose[\s\S]*ok: 8 records/)]);
  const store = createIncidentStore({ anchors: memoryAnchors(), clock });
  const opened = await store.open(golden, { patience: 0, viewOnly: 'looking' });
  const held = captures(opened);
  expect(held.map(({ source, slices }) => [source, slices.length])).toEqual([
    ['messages', 2],
    ['events', 1],
  ]);
  for (const capture of held) expect(await checkCapture(golden, capture)).toBeUndefined();
  const [messages] = held;
  const rows = messages ? await all(captureRows(golden, messages)) : [];
  expect(rows.map(({ row }) => row['body'])).toEqual(['Your code is XXXXXX', 'Ваш код: XXXX', 'Hello 3']);
});

test('imports of format 1, one of them taken out again, are read as they were recorded', async () => {
  const golden = 'test/golden/incident-v1-imports';
  const { code, said } = await verify(golden);
  expect([code, said]).toEqual([
    0,
    expect.stringMatching(/note: .*messages-0002.*deleted on purpose[\s\S]*ok: 6 records/),
  ]);
  const incidents = createIncidentStore({ anchors: memoryAnchors(), clock });
  const opened = await incidents.open(golden, { patience: 0, viewOnly: 'looking' });
  const { records } = opened.journal;
  const rejected = { file: 'evidence/rejected-0001.jsonl', rows: 1 };
  expect(recordedImports(records)).toMatchObject([
    { file: 'right.jsonl', rows: 3, bad: 1, unnamed: 1, leftOut: [{ sid: other, rows: 1 }], rejected },
    { file: 'wrong.jsonl', rows: 1, bad: 1, accounts: [{ sid: account, rows: 1 }], deleted: clock.now() },
  ]);
  expect(recordedImports(records)[0]).not.toHaveProperty('deleted');
  expect(heldImports(records).map(({ file }) => file)).toEqual(['right.jsonl']);
  const store = storeIn(place.path);
  const rows = await all(store.rows(opened, ['messages']));
  expect(rows.map((one) => one.row['sid'])).toEqual([1, 2, 4].map(sidOf));
  expect(await store.rejected(opened, rejected.file)).toMatchObject({ count: 1, rows: [{ row: 'what', line: 5 }] });
});

test.each([
  ['slices that are no list', { slices: 'all' }],
  ['a slice without rows', { slices: [{ account, complete: true, line: 1, pages: [] }] }],
  ['a size that is none', { bytes: -1 }],
])('a capture with %s is a problem: nobody counts its rows', async (_, wrong) => {
  const { opened, folder } = await collected();
  const [first] = captures(opened);
  if (!first) throw new Error('nothing was collected');
  await opened.journal.append({ ...captureEntry(first), ...wrong });
  await opened.journal.close();
  expect(unreadableCaptures(opened.journal.records)).toEqual([5]);
  const { code, said } = await verify(folder);
  expect(said).toContain('problem: journal.jsonl line 5: a capture that cannot be read as one');
  expect(code).toBe(1);
});
