import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { createKeeper } from '../../../../src/adapters/twilio/pages/keeper.ts';

const body = JSON.stringify({
  messages: Array.from({ length: 2000 }, (_, i) => ({ sid: `SM${i}`, body: `Your code is ${100_000 + i}.` })),
});
const wire = gzipSync(body);
const places = Uint32Array.from({ length: 2000 }, (_, place) => place);

it('a page is packed once no other waits to be read', async () => {
  const keeper = createKeeper();
  const ended: string[] = [];
  const read = (page: number) =>
    keeper
      .run({
        ...({ kind: 'read', page, secrets: [], source: 'messages', list: 'messages', status: 200 } as const),
        ...{ headers: { 'content-encoding': 'gzip', 'content-type': 'application/json' }, wire, most: 2 ** 24 },
      })
      .then(() => ended.push(`read ${page}`));
  await read(1);
  ended.length = 0;
  const reading = [2, 3, 4, 5].map(read);
  const later = keeper.run({ kind: 'pack', page: 1, places, bodies: 'masked' }).then(() => ended.push('pack 1'));
  await Promise.all([...reading, later]);
  expect(ended).toHaveLength(5);
  expect(ended.at(-1)).toBe('pack 1');
});

it('a page is packed although others are read without end, once many are kept', async () => {
  const keeper = createKeeper();
  const ended: string[] = [];
  const task = { kind: 'read', secrets: [], source: 'messages', list: 'messages', status: 200 } as const;
  const headers = { 'content-encoding': 'gzip', 'content-type': 'application/json' };
  const read = (page: number) =>
    keeper.run({ ...task, page, headers, wire, most: 2 ** 24 }).then(() => ended.push(`read ${page}`));
  await read(1);
  // One is always being read: the next is begun before the one before has ended.
  let before = read(2);
  const packing = keeper.run({ kind: 'pack', page: 1, places, bodies: 'masked' }).then(() => ended.push('pack'));
  for (let page = 3; page < 30; page += 1) {
    const next = read(page);
    await before;
    before = next;
  }
  await Promise.all([before, packing]);
  expect(ended.at(-1)).toBe('read 29');
});
