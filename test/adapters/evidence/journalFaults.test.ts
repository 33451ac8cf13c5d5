import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { createAccountJournal } from '../../../src/adapters/evidence/accountJournal.ts';
import { openJournal } from '../../../src/adapters/evidence/journal.ts';
import { faultyFs } from './faultyFs.ts';
import { clock, freshFolder, memoryAnchors } from './journals.ts';

const folder = freshFolder();
const file = () => path.join(folder.path, 'journal.jsonl');
const notes = [1, 2, 3, 4];

/** Appends notes until one is refused; what was acknowledged. Fails when one is acknowledged after a refusal. */
async function run(fs: ReturnType<typeof faultyFs>, anchors = memoryAnchors()): Promise<number[]> {
  const journal = await openJournal({ folder: folder.path, id: 'one', anchors, clock, fs });
  const acknowledged: number[] = [];
  let refused = false;
  for (const n of notes) {
    const ok = await journal.append({ type: 'note', n }).then(
      () => true,
      (reason) => {
        expect(reason.message).toMatch(/nothing (further )?is sent/);
        return false;
      },
    );
    expect(ok && refused).toBe(false);
    if (ok) acknowledged.push(n);
    else refused = true;
  }
  await journal.close();
  return acknowledged;
}

/** Lets the call of this number fail in a run; the call, or `undefined` when there are not so many. */
async function failAt(failing: number, code: string, torn: boolean): Promise<string | undefined> {
  for (const name of await readdir(folder.path)) await rm(path.join(folder.path, name));
  if (torn) await writeFile(file(), '{"torn');
  const anchors = memoryAnchors();
  const fs = faultyFs(failing, code);
  const acknowledged = await run(fs, anchors);
  const call = fs.calls[failing - 1];
  if (call !== undefined && call !== 'close') expect(acknowledged.length, call).toBeLessThan(notes.length);
  const after = await openJournal({ folder: folder.path, id: 'one', anchors, clock });
  await after.close();
  expect(after.readOnly).toBeUndefined();
  const kept = after.records.flatMap(({ n }) => (typeof n === 'number' ? [n] : []));
  expect(kept.slice(0, acknowledged.length)).toEqual(acknowledged);
  expect(kept.length).toBeLessThanOrEqual(acknowledged.length + 1);
  return call;
}

test.each(['EIO', 'ENOSPC', 'EDQUOT', 'EROFS', 'EMFILE', 'EACCES', 'EBUSY', 'EPERM'])(
  '%s at any call, with and without a torn tail: nothing is acknowledged afterwards, nothing acknowledged is lost',
  async (code) => {
    const reached = new Set<string>();
    for (const torn of [false, true])
      for (let failing = 1, call: string | undefined = ''; call !== undefined; failing += 1) {
        call = await failAt(failing, code, torn);
        if (call !== undefined) reached.add(call);
      }
    expect([...reached].toSorted()).toEqual(
      ['close', 'flush', 'flushFolder', 'fstat', 'lstat', 'open', 'read', 'truncate', 'write'].toSorted(),
    );
  },
);

test('a record is flushed before it is acknowledged, and so is the name of a new journal', async () => {
  const fs = faultyFs(Number.POSITIVE_INFINITY, 'none');
  const journal = await openJournal({ folder: folder.path, id: 'one', anchors: memoryAnchors(), clock, fs });
  await journal.append({ type: 'note' });
  expect(fs.calls.slice(2)).toEqual([
    ...['open', 'flushFolder'],
    ...['fstat', 'lstat', 'write', 'flush'],
    ...['fstat', 'lstat', 'write', 'flush'],
  ]);
  await journal.close();
});

test('the journal of an account is shared by windows, and ends in the window where a write failed', async () => {
  const anchors = memoryAnchors();
  const journal = (fs?: ReturnType<typeof faultyFs>) =>
    createAccountJournal({ folder: folder.path, account: 'AC1', anchors, clock, ...(fs && { fs }) });
  const [one, other] = [journal(), journal()];
  await Promise.all(notes.flatMap((n) => [one.append({ type: 'a', n }), other.append({ type: 'b', n })]));
  const written = () => readFile(file(), 'utf8').then((text) => text.trimEnd().split('\n').length);
  expect(await written()).toBe(9);
  const counted = faultyFs(Number.POSITIVE_INFINITY, 'EIO');
  await journal(counted).append({ type: 'c' });
  const broken = journal(faultyFs(counted.calls.indexOf('flush') + 1, 'EIO'));
  await expect(broken.append({ type: 'd' })).rejects.toThrow('could not be written');
  const size = await written();
  await expect(broken.append({ type: 'e' })).rejects.toThrow('could not be written');
  expect(await written()).toBe(size);
});
