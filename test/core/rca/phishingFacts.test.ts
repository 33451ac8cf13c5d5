import { expect, test } from 'vitest';
import type { CapturedRow } from '../../../src/core/evidence/evidenceStore.ts';
import { readPhishing } from '../../../src/core/rca/phishingFacts.ts';
import { account, message } from '../../adapters/evidence/captures.ts';

const file = 'evidence/messages-0001.jsonl.gz';
const rows = (...list: Parameters<typeof message>[]): CapturedRow[] =>
  list.map((one, i) => ({ source: 'messages', account, row: message(...one), file, line: i + 1 }));
const phish = (n: number) => `Your account was locked. Confirm within ${n} hours: https://twillio-support.com/v/${n}`;
const from = Date.parse('2026-11-20T00:00:00Z');
const scope = { from, to: from + 86_400_000, idOf: (name: string) => (name === file ? 'E4' : undefined) };

test('counts all messages of the cited texts, what was delivered of them, and to how many', async () => {
  const captured = rows(
    [1, { body: phish(1), to: '+14155550001', status: 'delivered' }],
    [2, { body: phish(2), to: '+14155550001', status: 'delivered' }],
    [3, { body: phish(3), to: '+14155550002', status: 'undelivered' }],
    [4, { body: 'Your order is on its way, see you soon.', status: 'delivered' }],
    [5, { body: phish(5), direction: 'inbound' }],
  );
  expect(await readPhishing(captured, { ...scope, cited: new Set(['E4:2']) })).toEqual({
    messages: 3,
    delivered: 2,
    recipients: 2,
    reached: 1,
    citations: ['E4'],
  });
  expect(await readPhishing(captured, { ...scope, cited: new Set(['E4:9']) })).toBeUndefined();
  expect(await readPhishing(captured, { ...scope, to: from, cited: new Set(['E4:2']) })).toBeUndefined();
});
