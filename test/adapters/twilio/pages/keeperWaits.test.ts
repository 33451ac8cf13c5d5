import { beforeEach, expect, test, vi } from 'vitest';
import { createKeeper } from '../../../../src/adapters/twilio/pages/keeper.ts';
import { readPage } from '../../../../src/adapters/twilio/pages/readPage.ts';
import { tableOf } from '../../../../src/core/evidence/collect/rowTable.ts';
import { messages } from '../../../../src/core/evidence/sources/messages.ts';
import type { JsonObject } from '../../../../src/core/model/json.ts';

const done = vi.hoisted((): string[] => []);
vi.mock('../../../../src/adapters/twilio/pages/readPage.ts');
vi.mock('../../../../src/adapters/evidence/captureWriterSlice.ts', () => ({
  packRowsHere(_source: string, _bodies: string, [row]: readonly JsonObject[]) {
    const sid = String(row?.['sid']);
    if (sid === '13') throw new Error('out of memory');
    done.push(`pack ${sid}`);
    return { removed: {} };
  },
}));

/** Pages a thread keeps, at most, before what waits is packed whatever is to be read. */
const mostKept = 6;

const head = { kind: 'page', status: 200, sha256: '', bytes: 0, body: {}, removed: {}, items: 1, odd: 0 } as const;
const task = { source: 'messages', list: 'messages', status: 200, headers: {}, most: 1 } as const;

beforeEach(() => {
  done.splice(0);
  // Each page says its number as the status it came with, and has one row, whose SID it is. The seventh cannot be read.
  vi.mocked(readPage).mockImplementation(async ({ status: page }) => {
    if (page === 7) throw new Error('out of memory');
    done.push(`read ${page}`);
    const rows = [{ sid: `${page}` }];
    return { head: { ...head, table: tableOf(messages, rows) }, rows };
  });
});

function keeper() {
  const { run } = createKeeper();
  return {
    read: (page: number) => run({ ...task, kind: 'read', page, secrets: [], wire: new Uint8Array(), status: page }),
    pack: (page: number) => run({ kind: 'pack', page, places: Uint32Array.of(0), bodies: 'masked' }),
    drop: (page: number) => run({ kind: 'drop', page }),
  };
}

test('what came before a page is packed is read before it, and pages are packed in the order that was asked for', async () => {
  const { read, pack } = keeper();
  await Promise.all([read(0), read(1)]);
  const packing = [pack(1), pack(0)];
  await Promise.all([read(2), read(3)]);
  expect(done).toEqual(['read 0', 'read 1', 'read 2', 'read 3']);
  await Promise.all(packing);
  expect(done.slice(4)).toEqual(['pack 1', 'pack 0']);
  await expect(pack(0), 'it is kept no longer').rejects.toThrow('not here');
});

test('between one page that is packed and the next, what came meanwhile is read', async () => {
  const { read, pack } = keeper();
  await Promise.all([read(0), read(1)]);
  const packing = [pack(0).then(() => read(2)), pack(1)];
  await Promise.all(packing);
  expect(done.slice(2)).toEqual(['pack 0', 'read 2', 'pack 1']);
});

test('while pages come without end no more than a few are kept, and none is packed twice', async () => {
  const { read, pack } = keeper();
  const packing: Promise<unknown>[] = [];
  for (let page = 20; page < 60; page += 1) {
    await read(page);
    packing.push(pack(page));
    const kept = done.reduce((sum, what) => sum + (what.startsWith('read') ? 1 : -1), 0);
    expect(kept).toBeLessThanOrEqual(mostKept);
  }
  await Promise.all(packing);
  const packed = done.filter((what) => what.startsWith('pack'));
  expect(packed).toEqual(Array.from({ length: 40 }, (_, n) => `pack ${20 + n}`));
});

test('pages that nobody asked to pack make no other wait, and dropping them makes room', async () => {
  const { read, pack, drop } = keeper();
  for (let page = 20; page < 32; page += 1) await read(page);
  for (let page = 20; page < 30; page += 1) await drop(page);
  await expect(pack(20)).rejects.toThrow('not here');
  const packing = pack(30);
  await read(32);
  expect(done.at(-1)).toBe('read 32');
  await packing;
  expect(done.at(-1)).toBe('pack 30');
});

test('a page that cannot be read or packed fails alone', async () => {
  const { read, pack } = keeper();
  await Promise.all([read(0), read(13), expect(read(7)).rejects.toThrow('out of memory')]);
  const packing = [pack(0), expect(pack(13)).rejects.toThrow('out of memory')];
  await expect(pack(7)).rejects.toThrow('not here');
  await Promise.all(packing);
  expect(done).toEqual(['read 0', 'read 13', 'pack 0']);
});
