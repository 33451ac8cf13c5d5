import { randomBytes } from 'node:crypto';
import { deflateSync, gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { type ReadingLimits, readReply } from '../../../src/adapters/twilio/readReply.ts';

const limits: ReadingLimits = { body: 2 ** 22 };
const ways: readonly ReadingLimits[] = [limits, { ...limits, atOneGo: true }];

const reply = (wire: Buffer, encoding = 'gzip') =>
  ({ kind: 'reply', status: 200, headers: { 'content-encoding': encoding }, wire }) as const;

/** The reply with another number of bytes at its end, where gzip has it. */
function claiming(wire: Buffer, size: number): Buffer {
  const other = Buffer.from(wire);
  other.writeUInt32LE(size, wire.length - 4);
  return other;
}

const body = { messages: Array.from({ length: 300 }, (_, n) => ({ sid: `SM${n}`, body: 'Grüße 😀 '.repeat(n % 40) })) };
const wire = gzipSync(JSON.stringify(body));

test('a body is the same read at one go and off this thread, in either encoding and of any size', async () => {
  const bodies = [{}, { sid: 'x' }, body, { random: randomBytes(50_000).toString('hex') }];
  for (const one of bodies)
    for (const [encoding, pack] of [
      ['gzip', gzipSync],
      ['x-gzip', gzipSync],
      ['deflate', deflateSync],
    ] as const) {
      const [elsewhere, here] = await Promise.all(
        ways.map((way) => readReply(reply(pack(JSON.stringify(one)), encoding), way)),
      );
      expect(elsewhere).toMatchObject({ kind: 'answer', body: one });
      expect(here).toEqual(elsewhere);
    }
});

test('a body that was cut, or came with more or another size than it says, is no answer, however it is read', async () => {
  const cuts = Array.from({ length: 60 }, (_, n) => wire.subarray(0, Math.floor((n * wire.length) / 60)));
  const spoiled = [
    ...cuts.slice(1),
    ...Array.from({ length: 20 }, (_, n) => wire.subarray(0, n + 1)),
    ...[0, 1, 0xffffffff, 2 ** 31, 5_000_000].map((size) => claiming(wire, size)),
    Buffer.concat([wire, Buffer.from('more')]),
    Buffer.concat([wire, Buffer.alloc(8)]),
    gzipSync('[]'),
    gzipSync('{"sid":"SM1"'),
  ];
  for (const way of ways)
    for (const one of spoiled)
      expect(await readReply(reply(one), way)).toMatchObject({
        breakage: expect.stringMatching(/^(?:encoding|not-json)$/),
      });
});

test('what unpacks to more than is let in is refused, whatever size it claims', async () => {
  const bomb = gzipSync(`{"a":"${'0'.repeat(2 ** 23)}"}`);
  for (const way of ways)
    for (const one of [bomb, claiming(bomb, 10), claiming(bomb, 0)])
      expect(await readReply(reply(one), way)).toMatchObject({ kind: 'unreadable', breakage: 'too-large' });
});

test('a reply that claims to be huge gets room for what it can be', async () => {
  const small = claiming(gzipSync('{"sid":"SM1"}'), 0xffffffff);
  const large = claiming(gzipSync(JSON.stringify({ a: randomBytes(20_000).toString('base64') })), 0xffffffff);
  const roomFor = async (one: Buffer, times: number) => {
    const before = process.memoryUsage().arrayBuffers;
    const reading = Array.from({ length: times }, () => readReply(reply(one), limits));
    const taken = process.memoryUsage().arrayBuffers - before;
    for (const read of await Promise.all(reading)) expect(read).toMatchObject({ breakage: 'encoding' });
    return taken / 2 ** 20 / times;
  };
  expect(await roomFor(small, 100)).toBeLessThan(0.2);
  expect(await roomFor(large, 5)).toBeLessThan(3);
});
