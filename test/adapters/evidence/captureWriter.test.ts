import { execFile } from 'node:child_process';
import { mkdir, readdir, readFile, rename, rm, stat, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createCaptureWriter } from '../../../src/adapters/evidence/captureWriter.ts';
import { sha256 } from '../../../src/adapters/evidence/sha256.ts';
import type { OpenIncident } from '../../../src/core/evidence/incidentStore.ts';
import { privacyEntry } from '../../../src/core/evidence/privacy.ts';
import {
  account,
  all,
  captures,
  day,
  message,
  newIncident,
  other,
  proof,
  reopened,
  storeIn,
  writeSlice,
} from './captures.ts';
import { clock, freshFolder } from './journals.ts';

const folder = freshFolder();
const evidence = (opened: OpenIncident, name = '') => path.join(opened.folder, 'evidence', name);
const linesOf = async (opened: OpenIncident, name: string) =>
  gunzipSync(await readFile(evidence(opened, name)))
    .toString()
    .split('\n')
    .slice(0, -1);

test('a slice becomes lines of Twilio’s own JSON, and the journal tells where they came from', async () => {
  const opened = await newIncident(folder.path);
  const writer = await storeIn(folder.path).writer(opened);
  await writeSlice(writer, [[message(1), message(2)], [message(3)]]);
  expect(captures(opened)).toEqual([]);
  await writer.flush();
  const [capture] = captures(opened);
  expect(await linesOf(opened, 'messages-0001.jsonl.gz')).toEqual([1, 2, 3].map((n) => JSON.stringify(message(n))));
  expect(capture).toEqual({
    file: 'evidence/messages-0001.jsonl.gz',
    sha256: sha256(await readFile(evidence(opened, 'messages-0001.jsonl.gz'))),
    bytes: (await stat(evidence(opened, 'messages-0001.jsonl.gz'))).size,
    source: 'messages',
    slices: [
      {
        ...{ account, window: day, complete: true, line: 1, rows: 3 },
        pages: [
          { ...proof(0), rows: 2 },
          { ...proof(1), rows: 1 },
        ],
      },
    ],
  });
  await writer.close();
  expect(captures(opened)).toHaveLength(1);
  await opened.journal.close();
});

test('slices of many accounts and sources can be open at once; each keeps its rows together and in order', async () => {
  const opened = await newIncident(folder.path);
  const store = storeIn(folder.path);
  const writer = await createCaptureWriter(opened, { clock, mostHeld: 2000 });
  const write = async (n: number) => {
    const of = n % 2 === 0 ? account : other;
    const slice = writer.begin({ source: n % 3 === 0 ? 'calls' : 'messages', account: of });
    const pages = [0, 1, 2].map((page) => slice.page([message(n * 10 + page, { account_sid: of })], proof(page)));
    if (n % 7 === 0) return slice.drop();
    await Promise.all(pages);
    await slice.end({ complete: n % 5 !== 0, ...(n % 5 === 0 && { why: 'It broke off.' }) });
  };
  await Promise.all(Array.from({ length: 40 }, (_, n) => write(n + 1)));
  await writer.close();
  expect(captures(opened).length).toBeGreaterThan(2);
  const rows = await all(store.rows(opened, ['messages', 'calls']));
  const wanted = Array.from({ length: 40 }, (_, n) => n + 1).filter((n) => n % 7 !== 0);
  expect(rows).toHaveLength(wanted.length * 3);
  for (const row of rows) expect(row.account).toBe(row.row['account_sid']);
  const sids = rows.map(({ row }) => Number.parseInt(String(row['sid']).slice(2), 16));
  for (const n of wanted) {
    const at = sids.indexOf(n * 10);
    expect(sids.slice(at, at + 3)).toEqual([n * 10, n * 10 + 1, n * 10 + 2]);
  }
  const recorded = new Set(captures(opened).map(({ file }) => path.basename(file)));
  expect(new Set(await readdir(evidence(opened)))).toEqual(recorded);
  await opened.journal.close();
});

test('a reply that comes in pieces has one proof, however many they are and whatever its fields are called', async () => {
  const opened = await newIncident(folder.path);
  const writer = await storeIn(folder.path).writer(opened);
  const file = { ...proof(7), request: 'FILE messages.csv' };
  const slice = writer.begin({ source: 'messages', account });
  const body = 'Your code is 482910.';
  for (let piece = 0; piece < 30; piece += 1) {
    const names = Array.from({ length: 40 }, (_, n) => [`password ${piece * 40 + n}`, 1]);
    const removed = { ...Object.fromEntries(names), auth_token: 2, ['__proto__']: 1 };
    await slice.page([message(piece, { body })], { ...file, removed });
  }
  const next = { ...file, sha256: 'b'.repeat(64) };
  await slice.page([message(31)], next);
  await slice.page([message(32)], { ...next, receivedAt: next.receivedAt + 1 });
  await slice.end({ complete: false, why: 'It is a file.' });
  await writer.close();
  const [one, ...others] = captures(opened)[0]?.slices[0]?.pages ?? [];
  expect(one).toMatchObject({ request: 'FILE messages.csv', rows: 30, bytes: file.bytes });
  expect(one?.removed).toMatchObject({ auth_token: 60, 'one-time codes': 30, '…': expect.any(Number) });
  const counts = Object.values(one?.removed ?? {});
  expect(counts.length).toBeLessThanOrEqual(101);
  // Each counts, also those that are not named.
  expect(counts.reduce((sum, times) => sum + times, 0)).toBe(30 * (40 + 2 + 1 + 1));
  expect(others.map(({ rows, sha256: hash }) => [rows, hash[0]])).toEqual([
    [1, 'b'],
    [1, 'b'],
  ]);
  await opened.journal.close();
});

test('one-time codes do not reach the disk unless the person wants whole bodies for this incident', async () => {
  const opened = await newIncident(folder.path);
  const store = storeIn(folder.path);
  const body = 'Your code is 482910. Call +14155550100.';
  const first = await store.writer(opened);
  await writeSlice(first, [[message(1, { body })]]);
  await writeSlice(first, [[{ sid: 'NO1', alert_text: `ErrorCode=30007&Body=${encodeURIComponent(body)}` }]], {
    source: 'alerts',
  });
  await first.close();
  await opened.journal.append(privacyEntry('full'));
  const second = await store.writer(opened);
  await writeSlice(second, [[message(2, { body })]]);
  await second.close();
  const rows = await all(store.rows(opened, ['messages', 'alerts']));
  expect(rows.map(({ row }) => row['body'] ?? row['alert_text'])).toEqual([
    'Your code is XXXXXX. Call +14155550100.',
    `ErrorCode=30007&Body=${encodeURIComponent('Your code is XXXXXX. Call +14155550100.')}`,
    body,
  ]);
  expect(Object.keys(rows[0]?.row ?? {})).toEqual(Object.keys(message(1)));
  const removed = captures(opened).map(({ slices }) => slices[0]?.pages[0]?.removed);
  const others = { 'accounts.auth_token': 1 };
  expect(removed).toEqual([{ ...others, 'one-time codes': 1 }, { ...others, 'one-time codes': 1 }, others]);
  await opened.journal.close();
});

test('a file is finished after five seconds, or when the clock was set back, without being asked to', async () => {
  const opened = await newIncident(folder.path);
  let now = clock.now();
  const writer = await createCaptureWriter(opened, { clock: { now: () => now } });
  const step = async (n: number, later: number) => {
    now += later;
    await writeSlice(writer, [[message(n)]]);
    return captures(opened).map(({ slices }) => slices.length);
  };
  expect(await step(1, 0)).toEqual([]);
  expect(await step(2, 5001)).toEqual([1]);
  expect(await step(3, 1)).toEqual([1]);
  expect(await step(4, -60_000)).toEqual([1, 2]);
  await writer.close();
  await opened.journal.close();
});

test('a file is finished after 500 slices, so that no record of the journal becomes endless', async () => {
  const opened = await newIncident(folder.path);
  const writer = await createCaptureWriter(opened, { clock });
  for (let n = 0; n < 501; n += 1) await writer.begin({ source: 'keys', account }).end({ complete: true });
  expect(captures(opened).map(({ slices }) => slices.length)).toEqual([500]);
  await writer.close();
  expect(captures(opened).map(({ slices }) => slices.length)).toEqual([500, 1]);
  await opened.journal.close();
});

test('of what is too much to be held nothing is lost, and a slice of its own file is recorded when it ends', async () => {
  const opened = await newIncident(folder.path);
  const store = storeIn(folder.path);
  const writer = await createCaptureWriter(opened, { clock, mostHeld: 1000 });
  const [large, dropped] = [1, 2].map(() => writer.begin({ source: 'messages', account }));
  for (let n = 0; n < 20; n += 1) {
    await large?.page([message(n)], proof(n));
    await dropped?.page([message(100 + n)], proof(n));
  }
  expect(await readdir(evidence(opened))).toHaveLength(2);
  dropped?.drop();
  await large?.end({ complete: true });
  expect(captures(opened)).toMatchObject([{ slices: [{ line: 1, rows: 20 }] }]);
  await writer.close();
  expect(await readdir(evidence(opened))).toHaveLength(1);
  const rows = await all(store.rows(opened, ['messages']));
  expect(rows.map(({ row }) => row['sid'])).toEqual(Array.from({ length: 20 }, (_, n) => message(n)['sid']));
  await opened.journal.close();
});

test('an account without rows is recorded as such, in a file that every tool can open', async () => {
  const opened = await newIncident(folder.path);
  const writer = await storeIn(folder.path).writer(opened);
  await writeSlice(writer, [[]]);
  await writer.close();
  expect(await linesOf(opened, 'messages-0001.jsonl.gz')).toEqual([]);
  expect(captures(opened)[0]?.slices).toMatchObject([{ complete: true, rows: 0 }]);
  await opened.journal.close();
});

test('names are never used again, and what a crash left is put aside and named, never taken for evidence', async () => {
  const first = await newIncident(folder.path);
  const store = storeIn(folder.path);
  const writer = await store.writer(first);
  await writeSlice(writer, [[message(1)]]);
  await writer.close();
  await store.remove(first);
  await writeFile(evidence(first, 'messages-0002.jsonl.gz'), 'half a file');
  await writeFile(evidence(first, 'notes.txt'), 'the person’s own');
  const later = await reopened(first);
  const next = await storeIn(folder.path).writer(later);
  await writeSlice(next, [[message(2)]]);
  await next.close();
  expect((await readdir(evidence(later))).toSorted()).toEqual([
    'messages-0002.jsonl.gz',
    'messages-0002.jsonl.gz.unrecorded-1',
    'notes.txt',
  ]);
  expect(later.journal.records.find(({ type }) => type === 'unrecorded')).toMatchObject({
    names: ['messages-0002.jsonl.gz.unrecorded-1'],
  });
  expect((await all(store.rows(later, ['messages']))).map(({ row }) => row['sid'])).toEqual([message(2)['sid']]);
  await later.journal.close();
});

test('a second writer of the same window leaves the files of the first alone', async () => {
  const opened = await newIncident(folder.path);
  const store = storeIn(folder.path);
  const [one, two] = [await store.writer(opened), await store.writer(opened)];
  await writeSlice(one, [[message(1)]]);
  const three = await store.writer(opened);
  await writeSlice(two, [[message(2)]]);
  await expect(store.remove(opened)).rejects.toThrow('is being collected');
  for (const writer of [one, two, three]) await writer.close();
  expect(await all(store.rows(opened, ['messages']))).toHaveLength(2);
  await opened.journal.close();
});

describe('the folder “evidence”', () => {
  const refused = async (opened: OpenIncident, why: RegExp) => {
    await expect(storeIn(folder.path).writer(opened)).rejects.toThrow(why);
    await opened.journal.close();
  };
  test('is 0700 and its files 0600 whatever the umask', async () => {
    const before = process.umask(0);
    onTestFinished(() => void process.umask(before));
    const opened = await newIncident(folder.path);
    const writer = await storeIn(folder.path).writer(opened);
    await writeSlice(writer, [[message(1)]]);
    await writer.close();
    expect((await stat(evidence(opened))).mode & 0o777).toBe(0o700);
    expect((await stat(evidence(opened, 'messages-0001.jsonl.gz'))).mode & 0o777).toBe(0o600);
    await opened.journal.close();
  });
  test('is not written through a link', async () => {
    const opened = await newIncident(folder.path);
    const elsewhere = path.join(folder.path, 'elsewhere');
    await mkdir(elsewhere);
    await symlink(elsewhere, evidence(opened));
    await expect(storeIn(folder.path).remove(opened)).rejects.toThrow('a link');
    await refused(opened, /not a plain folder but a link/);
    expect(await readdir(elsewhere)).toEqual([]);
  });
  test('that is a file is refused', async () => {
    const opened = await newIncident(folder.path);
    await writeFile(evidence(opened), '');
    await refused(opened, /not a plain folder/);
  });
  test('exchanged while it is written ends the writing', async () => {
    const opened = await newIncident(folder.path);
    const writer = await storeIn(folder.path).writer(opened);
    await writeSlice(writer, [[message(1)]]);
    await rename(evidence(opened), path.join(folder.path, 'moved'));
    await mkdir(evidence(opened));
    await expect(writer.flush()).rejects.toThrow('moved or exchanged the folder');
    await expect(writer.begin({ source: 'calls', account }).end({ complete: true })).rejects.toThrow('moved');
    await expect(writer.close()).rejects.toThrow('moved');
    expect(captures(opened)).toEqual([]);
    await opened.journal.close();
  });
  test('of an incident that may not be written stays as it is', async () => {
    const opened = await newIncident(folder.path);
    await opened.journal.close();
    const journal = { ...opened.journal, readOnly: 'Restricted Mode.' };
    await expect(storeIn(folder.path).writer({ ...opened, journal })).rejects.toThrow('Restricted Mode');
    await expect(storeIn(folder.path).remove({ ...opened, journal })).rejects.toThrow('Restricted Mode');
    expect(await readdir(opened.folder)).not.toContain('evidence');
  });
  test('holding a pipe, a link or names of another Unicode form does not stop the collecting', async () => {
    const opened = await newIncident(folder.path);
    await mkdir(evidence(opened), { mode: 0o700 });
    await promisify(execFile)('mkfifo', [evidence(opened, 'messages-0001.jsonl.gz')]);
    await symlink('/dev/null', evidence(opened, 'messages-0003.jsonl.gz'));
    await writeFile(evidence(opened, 'u\u0308bersicht.jsonl.gz'), 'NFD');
    await writeFile(evidence(opened, '\u00fcbersicht.jsonl.gz'), 'NFC');
    const store = storeIn(folder.path);
    const writer = await store.writer(opened);
    await writeSlice(writer, [[message(1)]]);
    await writer.close();
    expect(await all(store.rows(opened, ['messages']))).toHaveLength(1);
    expect(await readdir(evidence(opened))).toHaveLength(5);
    await store.remove(opened);
    expect((await readdir(evidence(opened))).filter((name) => name.startsWith('messages'))).toEqual([]);
    await opened.journal.close();
  });
});

test('an incident in a folder whose name has another Unicode form is collected into and read', async () => {
  const place = path.join(folder.path, 'Bu\u0308ro');
  await mkdir(place);
  const opened = await newIncident(place);
  const store = storeIn(place);
  const writer = await store.writer(opened);
  await writeSlice(writer, [[message(1)]]);
  await writer.close();
  expect(await all(store.rows(opened, ['messages']))).toHaveLength(1);
  await rm(place, { recursive: true });
  await opened.journal.close();
});
