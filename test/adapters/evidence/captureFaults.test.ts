import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { checkCapture } from '../../../src/adapters/evidence/captureReader.ts';
import { createCaptureWriter } from '../../../src/adapters/evidence/captureWriter.ts';
import { openJournal } from '../../../src/adapters/evidence/journal.ts';
import { removeCaptures } from '../../../src/adapters/evidence/removeCaptures.ts';
import { sha256 } from '../../../src/adapters/evidence/sha256.ts';
import { UserError } from '../../../src/core/errors.ts';
import { importOf } from '../../../src/core/evidence/importRecord.ts';
import { all, captures, message, newIncident, proof, reopened, storeIn, writeSlice } from './captures.ts';
import { faultyFs } from './faultyFs.ts';
import { clock, freshFolder, memoryAnchors } from './journals.ts';

const folder = freshFolder();
const codes = ['EIO', 'ENOSPC', 'EDQUOT', 'EROFS', 'EMFILE', 'EACCES', 'EBUSY', 'EPERM'];

/** An incident whose journal and captures share a file system that fails once. A crash has left a file. */
async function faultyIncident(fs: ReturnType<typeof faultyFs>) {
  await rm(path.join(folder.path, 'incidents'), { recursive: true, force: true });
  const opened = await newIncident(folder.path);
  await opened.journal.close();
  await mkdir(path.join(opened.folder, 'evidence'), { mode: 0o700 });
  await writeFile(path.join(opened.folder, 'evidence', 'calls-0001.jsonl.gz'), 'half');
  const journal = await openJournal({ folder: opened.folder, id: 'one', anchors: memoryAnchors(), clock, fs });
  return { ...opened, journal };
}

/** Collects until something fails; the numbers of the messages it was told are kept. */
async function run(fs: ReturnType<typeof faultyFs>) {
  const opened = await faultyIncident(fs);
  const acknowledged: number[] = [];
  let failed = false;
  let recorded = 0;
  const attempt = async (work: () => Promise<void>, numbers: readonly number[]): Promise<void> => {
    try {
      await work();
      expect(failed, 'acknowledged after a failure').toBe(false);
      acknowledged.push(...numbers);
    } catch (reason) {
      expect(reason).toBeInstanceOf(UserError);
      if (!failed) recorded = opened.journal.records.length;
      failed = true;
      expect(opened.journal.records, 'recorded after a failure').toHaveLength(recorded);
    }
  };
  const writer = await createCaptureWriter(opened, { clock, fs, mostHeld: 150 }).catch((reason) => {
    expect(reason).toBeInstanceOf(UserError);
    return undefined;
  });
  if (writer) {
    for (const n of [1, 2])
      await attempt(async () => {
        await writeSlice(writer, [[message(n)]]);
        await writer.flush();
      }, [n]);
    await attempt(async () => {
      const large = writer.begin({ source: 'messages', account: message(0)['account_sid'] as never });
      await large.page([message(90)], proof());
      await large.page([message(91)], proof());
      large.drop();
      await writer.flush();
    }, []);
    await attempt(async () => {
      await writeSlice(writer, [[message(3)], [message(4)]]);
      await writer.flush();
    }, [3, 4]);
    await attempt(() => writer.close(), []);
  }
  return { opened, acknowledged, failed: failed || !writer };
}

test.each(codes)(
  '%s at any call while collecting: nothing more is kept, nothing that was kept is lost',
  async (code) => {
    const reached = new Set<string>();
    for (let failing = 1; ; failing += 1) {
      const fs = faultyFs(failing, code);
      const { opened, acknowledged, failed } = await run(fs);
      const call = fs.calls[failing - 1];
      if (call !== undefined) reached.add(call);
      if (call !== undefined && call !== 'close') expect(failed, `${call} ${failing}`).toBe(true);
      const later = await reopened(opened);
      expect(later.journal.readOnly).toBeUndefined();
      for (const capture of captures(later)) expect(await checkCapture(later.folder, capture)).toBeUndefined();
      const store = storeIn(folder.path);
      const kept = (await all(store.rows(later, ['messages']))).map(({ row }) => String(row['sid']));
      for (const n of acknowledged) expect(kept.filter((sid) => sid === message(n)['sid'])).toHaveLength(1);
      expect(kept).not.toContain(message(90)['sid']);
      // Whatever was left half-way does not stand in the way of going on.
      const writer = await store.writer(later);
      await writeSlice(writer, [[message(5)]]);
      await writer.close();
      expect(await all(store.rows(later, ['messages']))).toHaveLength(kept.length + 1);
      await later.journal.close();
      if (call === undefined) break;
    }
    const expected = ['close', 'flush', 'flushFolder', 'fstat', 'lstat', 'open', 'read', 'readdir', 'rename', 'unlink'];
    expect([...reached].toSorted()).toEqual([...expected, 'write'].toSorted());
  },
);

test.each(codes)(
  '%s at any call while deleting: the journal knows before a file goes, and deleting again ends it',
  async (code) => {
    for (let failing = 1; ; failing += 1) {
      await rm(path.join(folder.path, 'incidents'), { recursive: true, force: true });
      const opened = await newIncident(folder.path);
      const store = storeIn(folder.path);
      const writer = await store.writer(opened);
      for (const n of [1, 2]) {
        await writeSlice(writer, [[message(n)]]);
        await writer.flush();
      }
      await writer.close();
      const fs = faultyFs(failing, code);
      const failure = await removeCaptures(fs, opened).then(
        () => undefined,
        (reason) => reason,
      );
      const call = fs.calls[failing - 1];
      if (call !== undefined) expect(failure).toBeInstanceOf(UserError);
      for (const capture of captures(opened)) expect(await checkCapture(opened.folder, capture)).toBeUndefined();
      await store.remove(opened);
      expect(await faultyFs(0, code).list(path.join(opened.folder, 'evidence'))).toEqual([]);
      expect(opened.journal.records.filter(({ type }) => type === 'evidence-deleted')).toHaveLength(1);
      await opened.journal.close();
      if (call === undefined) break;
    }
  },
);

test('a file, its name and what is in it are durable before its record is', async () => {
  const fs = faultyFs(Number.POSITIVE_INFINITY, 'none');
  const opened = await faultyIncident(fs);
  const writer = await createCaptureWriter(opened, { clock, fs });
  const before = fs.calls.length;
  await writeSlice(writer, [[message(1)]]);
  await writer.close();
  expect(fs.calls.slice(before)).toEqual([
    ...['open', 'write', 'flush', 'lstat', 'lstat', 'fstat', 'flushFolder', 'close'],
    ...['fstat', 'lstat', 'write', 'flush'],
  ]);
  await opened.journal.close();
});

test('EIO at any call while importing: said in a sentence, and what is on record is whole', async () => {
  const file = path.join(folder.path, 'two.jsonl');
  await writeFile(file, `${JSON.stringify(message(1))}\nwhat\n`);
  for (let failing = 1; ; failing += 1) {
    const fs = faultyFs(failing, 'EIO');
    const opened = await faultyIncident(fs);
    const failed = await storeIn(folder.path, { fs })
      .importLogs(opened, [file])
      .then(
        () => undefined,
        (reason: unknown) => reason,
      );
    if (failed) expect(failed).toBeInstanceOf(UserError);
    const later = await reopened(opened);
    const imports = later.journal.records.flatMap((record) => importOf(record) ?? []);
    if (!failed) expect(imports).toHaveLength(1);
    for (const one of imports) {
      expect(await all(storeIn(folder.path).rows(later, ['messages']))).toHaveLength(one.rows);
      const aside = await readFile(path.join(later.folder, one.rejected?.file ?? ''));
      expect(sha256(aside)).toBe(one.rejected?.sha256);
    }
    await later.journal.close();
    if (fs.calls.length < failing) break;
  }
});
