import { createHash } from 'node:crypto';
import zlib from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../../src/core/errors.ts';
import { connect, failure, json, messages, noMessages, serve } from './loopback.ts';

const packed = zlib.gzipSync(JSON.stringify({ ...noMessages, messages: [{ sid: 'SM1', body: 'x'.repeat(2000) }] }));
const gzip = { 'Content-Type': 'application/json', 'Content-Encoding': 'gzip' };

describe('replies that can be used', () => {
  it.each([
    ['plain', JSON.stringify(noMessages), {}],
    ['gzip', packed, { 'Content-Encoding': 'gzip' }],
    [
      'two gzip members',
      Buffer.concat([zlib.gzipSync('{"messages":'), zlib.gzipSync('[]}')]),
      { 'Content-Encoding': 'gzip' },
    ],
    ['deflate', zlib.deflateSync(JSON.stringify(noMessages)), { 'Content-Encoding': 'deflate' }],
    ['with a byte order mark', `\uFEFF${JSON.stringify(noMessages)}`, {}],
  ])('reads a body sent %s', async (_how, body, headers) => {
    const { port } = await serve((_seen, response) => response.writeHead(200, headers).end(body));
    await expect(connect(port).twilio.page(messages)).resolves.toMatchObject({ status: 200 });
  });

  it('gives the request id, the server time, the items and the next page', async () => {
    const next = '/2010-04-01/Accounts/AC11111111111111111111111111111111/Messages.json?PageToken=PB1';
    const { port, seen } = await serve((_seen, response) =>
      json(response, { messages: [{ sid: 'SM1' }], next_page_uri: next }, 200, {
        'Twilio-Request-Id': 'RQ12ab',
        Date: 'Sat, 21 Nov 2026 10:00:00 GMT',
      }),
    );
    const page = await connect(port).twilio.page(messages);
    expect(page.requestId).toBe('RQ12ab');
    expect(page.serverTime).toBe(Date.parse('2026-11-21T10:00:00Z'));
    expect(page.items).toEqual([{ sid: 'SM1' }]);
    expect(page.next?.continueAt).toBe(next);
    expect(seen[0]).toMatchObject({ host: 'api.twilio.com', method: 'GET' });
    expect(seen[0]?.path).toMatch(/Messages\.json\?PageSize=1000$/);
  });
});

describe('the proof of a reply', () => {
  const page = { messages: [{ sid: 'SM1', auth_token: 'c0de' }], next_page_uri: null };
  const text = JSON.stringify(page);
  it.each([
    ['plain', Buffer.from(text), {}],
    ['gzip', zlib.gzipSync(text), { 'Content-Encoding': 'gzip' }],
  ])('is the hash of the body before anything was removed, and how it was asked for: %s', async (_, body, headers) => {
    const { port } = await serve((_seen, response) => response.writeHead(200, headers).end(body));
    const { proof, items } = await connect(port, { clock: { now: () => 1234 } }).twilio.page(messages);
    expect(items).toEqual([{ sid: 'SM1' }]);
    expect(proof).toEqual({
      request: `GET https://api.twilio.com/2010-04-01/Accounts/${messages.account}/Messages.json?PageSize=1000`,
      receivedAt: 1234,
      sha256: createHash('sha256').update(text).digest('hex'),
      bytes: text.length,
      removed: { 'messages.auth_token': 1 },
    });
  });
});

describe('replies that cannot be used', () => {
  const flipped = Buffer.from(packed);
  flipped[30] = (flipped[30] ?? 0) ^ 0xff;
  it.each<[string, string | Buffer, Record<string, string>, string]>([
    ['half a gzip stream with a matching length', packed.subarray(0, packed.length / 2), gzip, 'bad-reply'],
    ['a gzip stream without its last byte', packed.subarray(0, -1), gzip, 'bad-reply'],
    ['a gzip stream with a flipped byte', flipped, gzip, 'bad-reply'],
    ['a gzip stream with text after it', Buffer.concat([packed, Buffer.from('tail')]), gzip, 'bad-reply'],
    ['a gzip stream with zeros after it', Buffer.concat([packed, Buffer.alloc(9)]), gzip, 'bad-reply'],
    ['plain text called gzip', '{"messages":[]}', gzip, 'bad-reply'],
    ['an encoding that was not asked for', '{"messages":[]}', { 'Content-Encoding': 'br' }, 'bad-reply'],
    ['a web page', '<html>log in</html>', { 'Content-Type': 'text/html' }, 'bad-reply'],
    ['null', 'null', {}, 'bad-reply'],
    ['a list', '[]', {}, 'bad-reply'],
    ['an object without the list', '{}', {}, 'bad-reply'],
    ['nothing', '', {}, 'bad-reply'],
    ['half of the JSON', '{"messages":[{"sid":', {}, 'bad-reply'],
    ['JSON that is 100,000 levels deep', `{"messages":[${'['.repeat(1e5)}${']'.repeat(1e5)}]}`, {}, 'bad-reply'],
  ])('refuses %s', async (_what, body, headers, code) => {
    const { port, seen } = await serve((_seen, response) => response.writeHead(200, headers).end(body));
    const error = await failure(connect(port).twilio.page(messages));
    expect(error).toBeInstanceOf(UserError);
    expect(error.code).toBe(code);
    expect(seen).toHaveLength(1);
  });

  it('says that a web page is probably a login of the network', async () => {
    const { port } = await serve((_seen, response) => response.end('\n <!doctype html>'));
    expect((await failure(connect(port).twilio.page(messages))).message).toContain('captive portal');
  });

  it('stops at the limit of a body that unpacks to far more', async () => {
    const spaces = zlib.gzipSync(Buffer.alloc(64 * 2 ** 20, 0x20));
    const gigabyte = Buffer.concat(Array.from({ length: 17 }, () => spaces));
    expect(gigabyte.length).toBeLessThan(1.2 * 2 ** 20);
    const { port } = await serve((_seen, response) => response.writeHead(200, gzip).end(gigabyte));
    const before = process.memoryUsage.rss();
    expect((await failure(connect(port).twilio.page(messages))).code).toBe('too-large');
    expect(process.memoryUsage.rss() - before).toBeLessThan(300 * 2 ** 20);
  });

  it('stops reading at the limit of the wire', async () => {
    let written = 0;
    const { port } = await serve((_seen, response) => {
      response.writeHead(200, { 'Content-Type': 'application/json' });
      const chunk = Buffer.alloc(2 ** 20, 0x20);
      const more = () => {
        if (written > 200 || response.destroyed) return;
        written += 1;
        response.write(chunk, () => setImmediate(more));
      };
      more();
    });
    expect((await failure(connect(port).twilio.page(messages))).code).toBe('too-large');
    expect(written).toBeLessThan(60);
  });

  it.each([301, 302, 303, 307, 308])('does not follow a redirect (%i)', async (status) => {
    const trap = await serve((_seen, response) => json(response, noMessages));
    const { port, seen } = await serve((_seen, response) =>
      response.writeHead(status, { Location: `http://127.0.0.1:${trap.port}/steal` }).end(),
    );
    const error = await failure(connect(port).twilio.page(messages));
    expect(error.code).toBe('bad-reply');
    expect(error.message).toContain('redirect');
    expect(seen).toHaveLength(1);
    expect(trap.seen).toHaveLength(0);
  });
});
