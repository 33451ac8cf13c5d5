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
  const reading = [2, 3, 4].map(read);
  const later = keeper.run({ kind: 'pack', page: 1, places, bodies: 'masked' }).then(() => ended.push('pack 1'));
  await Promise.all([...reading, later]);
  expect(ended).toHaveLength(4);
  expect(ended.at(-1)).toBe('pack 1');
});
