import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
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
const mostKept = 4;

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

/** Until nothing goes on any more by itself. */
const turn = () => new Promise((resolve) => setImmediate(resolve));

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

test('where too many are kept, the next ones are read as others are dropped, packed or turn out to be none', async () => {
  const { read, pack, drop } = keeper();
  for (let page = 20; page < 20 + mostKept; page += 1) await read(page);
  const later = [read(40), expect(read(7)).rejects.toThrow('out of memory'), read(41), read(42)];
  await turn();
  expect(done).toHaveLength(mostKept);
  await drop(20);
  await turn();
  expect(done.slice(mostKept)).toEqual(['read 40']);
  await drop(20);
  await turn();
  expect(done.slice(mostKept), 'dropped once').toEqual(['read 40']);
  await pack(21);
  await turn();
  expect(done.slice(mostKept + 1)).toEqual(['pack 21', 'read 41']);
  await pack(22);
  await Promise.all(later);
  expect(done.slice(mostKept + 3)).toEqual(['pack 22', 'read 42']);
  const last = read(43);
  await turn();
  expect(done.at(-1), 'as many are kept as before').toBe('read 42');
  await drop(40);
  await last;
});

test('pages that somebody forgot do not stop the others for good', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  const { read, pack, drop } = keeper();
  for (let page = 20; page < 20 + mostKept; page += 1) await read(page);
  const later = [read(40), read(41)];
  vi.advanceTimersByTime(4000);
  await turn();
  expect(done).toHaveLength(mostKept);
  vi.advanceTimersByTime(2000);
  await Promise.all(later);
  // Those that were read beyond are not counted as room.
  await drop(20);
  await drop(21);
  await drop(22);
  await read(43);
  const last = read(44);
  await turn();
  expect(done.at(-1)).toBe('read 43');
  await pack(40);
  await last;
  expect(done.slice(mostKept + 3)).toEqual(['pack 40', 'read 44']);
});

test('a page that cannot be read or packed fails alone', async () => {
  const { read, pack } = keeper();
  await Promise.all([read(0), read(13), expect(read(7)).rejects.toThrow('out of memory')]);
  const packing = [pack(0), expect(pack(13)).rejects.toThrow('out of memory')];
  await expect(pack(7)).rejects.toThrow('not here');
  await Promise.all(packing);
  expect(done).toEqual(['read 0', 'read 13', 'pack 0']);
});
