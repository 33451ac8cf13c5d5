import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { packRows, packRowsHere } from '../../../src/adapters/evidence/captureWriterSlice.ts';

const rows = (count: number) =>
  Array.from({ length: count }, (_, n) => ({
    sid: `SM${n}`,
    body: `Your code is ${100_000 + n}. Grüße 😀`,
    price: null,
  }));

test('rows are packed the same here and off this thread, in memory of their own size that can be handed over', async () => {
  for (const count of [1, 1000, 3, 50_000]) {
    const [elsewhere, here] = [
      await packRows('messages', 'masked', rows(count)),
      packRowsHere('messages', 'masked', rows(count)),
    ];
    expect(here).toEqual(elsewhere);
    expect(here.removed).toEqual({ 'one-time codes': count });
    for (const { member } of [elsewhere, here]) {
      if (!member) throw new Error('no rows');
      expect(gunzipSync(member).toString().split('\n')).toHaveLength(count + 1);
      expect(member.buffer.byteLength).toBe(member.byteLength);
      // Small buffers of Node share memory that must stay where it is.
      expect(structuredClone(member, { transfer: [member.buffer] })).toEqual(expect.any(Uint8Array));
      expect(member.byteLength).toBe(0);
    }
  }
});

test('no rows are no member', async () => {
  expect(await packRows('messages', 'masked', [])).toEqual({ removed: {} });
  expect(packRowsHere('messages', 'masked', [])).toEqual({ removed: {} });
});
