import { expect, test } from 'vitest';
import type { JsonObject } from '../../src/core/model/json.ts';
import { textOf } from '../../src/core/model/json.ts';
import type { AccountSid } from '../../src/core/model/sid.ts';
import { readMore, unread } from '../../src/core/pages.ts';
import type { Twilio } from '../../src/core/ports.ts';
import { proof, sid } from './fakeTwilio.ts';

const request = { operation: 'listMessages', account: sid('AC', 0) as AccountSid } as const;

/** A list given page by page, which may overlap as they do when Twilio's list moves meanwhile. */
async function readAll(...given: readonly (readonly JsonObject[])[]) {
  const twilio: Twilio = {
    async page({ continueAt = '0' }) {
      const at = Number(continueAt);
      const next = at + 1 < given.length ? { next: { ...request, continueAt: String(at + 1) } } : {};
      return { status: 200, body: {}, proof, items: given[at] ?? [], ...next };
    },
    send: () => Promise.reject(new Error('nothing is sent here')),
  };
  let pages = unread<string>(request);
  while (pages.next) pages = await readMore(pages, twilio, (item) => textOf(item, 'body'));
  return pages;
}

test('an item that comes again on the next page, or on the same one, counts once', async () => {
  const item = (name: string) => ({ sid: name.toUpperCase(), body: name });
  const [a, b, c] = [item('a'), item('b'), item('c')];
  const { rows, unreadable } = await readAll([a, b, b], [b, c], [c]);
  expect(rows).toEqual(['a', 'b', 'c']);
  expect(unreadable).toBe(0);
});

test('an item that cannot be understood counts once too', async () => {
  const { rows, unreadable } = await readAll([{ sid: 'X' }], [{ sid: 'X' }, { sid: 'Y' }]);
  expect(rows).toEqual([]);
  expect(unreadable).toBe(2);
});

test('items without a SID cannot be told apart, so each counts', async () => {
  expect((await readAll([{ body: 'a' }], [{ body: 'a' }])).rows).toEqual(['a', 'a']);
});
