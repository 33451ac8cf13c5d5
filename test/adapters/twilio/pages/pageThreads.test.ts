import { gunzipSync } from 'node:zlib';
import { expect, onTestFinished, test } from 'vitest';
import { createKeeper, type KeeperTask } from '../../../../src/adapters/twilio/pages/keeper.ts';
import type { PageThread } from '../../../../src/adapters/twilio/pages/pageThread.ts';
import { createPageThreads, type HeldPage } from '../../../../src/adapters/twilio/pages/pageThreads.ts';
import type { PageTask } from '../../../../src/adapters/twilio/pages/readPage.ts';
import type { JsonObject } from '../../../../src/core/model/json.ts';

/** A thread that is none, so that it starts, fails and ends when the test says so. */
function pretended() {
  const keeper = createKeeper();
  const asked: KeeperTask[] = [];
  const thread = {
    state: 'starting' as PageThread['state'],
    busy: 0,
    asked,
    failing: false,
    async ask(task: KeeperTask) {
      asked.push(structuredClone(task));
      if (thread.failing || thread.state === 'ended') throw new Error('it ended');
      return keeper.run(task);
    },
    end() {
      thread.state = 'ended';
    },
  };
  return thread;
}

const blank = (text: string) => text.replaceAll('first-secret', '[removed]');

function crew({ idle = 60_000, all = ['first-secret'] }: { idle?: number; all?: string[] } = {}) {
  const started: ReturnType<typeof pretended>[] = [];
  const start = () => {
    const thread = pretended();
    started.push(thread);
    return thread;
  };
  const threads = createPageThreads({ script: 'none', known: { all, blank }, idle, start });
  onTestFinished(() => threads.dispose());
  return { threads, started };
}

function task(rows: readonly JsonObject[], status = 200): PageTask {
  const wire = Buffer.from(JSON.stringify({ messages: rows, page: 0 }));
  return { source: 'messages', list: 'messages', status, headers: {}, wire, most: 2 ** 20 };
}

const rows = [1, 2, 3].map((n) => ({ sid: `SM${n}`, body: `Your code is 48291${n} first-secret` }));

async function awake(system = crew()) {
  expect(await system.threads.read(task(rows))).toBeUndefined();
  for (const thread of system.started) thread.state = 'ready';
  const page = (await system.threads.read(task(rows))) as HeldPage;
  expect(page.kind).toBe('page');
  return { ...system, page };
}

const linesOf = (member: Uint8Array | undefined) =>
  gunzipSync(member ?? new Uint8Array())
    .toString()
    .trim()
    .split('\n')
    .map((line): JsonObject => JSON.parse(line));

test('nothing starts before the first page, which is read by whoever asks; later ones come without their rows', async () => {
  const { threads, started } = crew();
  expect(started).toHaveLength(0);
  const { page } = await awake({ threads, started });
  expect(started.length).toBeLessThanOrEqual(2);
  expect(page.body).toEqual({ messages: [], page: 0 });
  expect(page).toMatchObject({ items: 3, odd: 0, last: 'SM3', removed: { 'messages.body': 3 } });
  expect(page.rows.table.rows).toBe(3);
});

test('the rows that are wanted are packed with secrets removed and codes masked', async () => {
  const { page } = await awake();
  const { member, removed } = await page.rows.pack(Uint32Array.of(0, 2), 'masked');
  expect(removed).toEqual({ 'one-time codes': 2 });
  expect(linesOf(member)).toEqual(['SM1', 'SM3'].map((sid) => ({ sid, body: 'Your code is XXXXXX [removed]' })));
});

test('a thread is told of each secret once, also of those that come later', async () => {
  const all = ['first-secret'];
  const { threads, started } = await awake(crew({ all }));
  all.push('second-secret');
  for (let n = 0; n < 6; n += 1) ((await threads.read(task(rows))) as HeldPage).rows.drop();
  for (const { asked } of started) {
    const told = asked.flatMap((one) => (one.kind === 'read' ? one.secrets : []));
    if (told.length > 0) expect(told).toEqual(all);
  }
  expect(started.flatMap(({ asked }) => asked).length).toBeGreaterThan(6);
});

test('a page whose thread ended is read again here, and packed as it would have been', async () => {
  const { started, page, threads } = await awake();
  const before = started.length;
  for (const thread of started) thread.end();
  const { member, removed } = await page.rows.pack(Uint32Array.of(1), 'masked');
  expect(linesOf(member)).toEqual([{ sid: 'SM2', body: 'Your code is XXXXXX [removed]' }]);
  expect(removed).toEqual({ 'one-time codes': 1 });
  // The next page finds other threads.
  await threads.read(task(rows));
  expect(started.length).toBeGreaterThan(before);
  for (const thread of started) thread.failing = true;
  expect(await threads.read(task(rows))).toBeUndefined();
});

test('a page is not lost with its thread where no other starts, nor after the account was left', async () => {
  const alone = await awake();
  for (const thread of alone.started) Object.assign(thread, { state: 'failed', failing: true });
  expect(linesOf((await alone.page.rows.pack(Uint32Array.of(0), 'full')).member)).toHaveLength(1);
  const left = await awake();
  left.threads.dispose();
  for (const thread of left.started) thread.end();
  expect(linesOf((await left.page.rows.pack(Uint32Array.of(0, 2), 'full')).member)).toHaveLength(2);
});

test('threads that would not start are not started again', async () => {
  const { threads, started } = crew();
  await threads.read(task(rows));
  const [first] = started;
  if (first) first.state = 'failed';
  const before = started.length;
  expect(await threads.read(task(rows))).toBeUndefined();
  expect(started).toHaveLength(before);
});

test('threads end when there was nothing to do for a while, and start again when there is', async () => {
  const { threads, started } = await awake(crew({ idle: 5 }));
  await expect.poll(() => started.every(({ state }) => state === 'ended')).toBe(true);
  const before = started.length;
  await threads.read(task(rows));
  expect(started.length).toBeGreaterThan(before);
});

test('disposed of, they read no more but let what was read be packed, and end then', async () => {
  const { threads, started, page } = await awake();
  threads.dispose();
  expect(await threads.read(task(rows))).toBeUndefined();
  expect(started.some(({ state }) => state === 'ended')).toBe(false);
  expect(linesOf((await page.rows.pack(Uint32Array.of(0), 'full')).member)).toHaveLength(1);
  page.rows.drop();
  expect(started.every(({ state }) => state === 'ended')).toBe(true);
});

test('a reply that cannot be read is told as it would be here', async () => {
  const { threads } = await awake();
  const web = { ...task(rows), wire: Buffer.from(`<html>${' '.repeat(30)}</html>`) };
  expect(await threads.read(web)).toEqual({ kind: 'unreadable', status: 200, breakage: 'web-page' });
  const bomb = { ...task(rows), most: 10 };
  expect(await threads.read(bomb)).toMatchObject({ kind: 'unreadable', breakage: 'too-large' });
});
