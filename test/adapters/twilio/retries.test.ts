import { describe, expect, it } from 'vitest';
import { connect, events, failure, head, json, messages, noMessages, serve, serveBytes, suspend } from './loopback.ts';

describe('connections that break', () => {
  it.each<[string, string]>([
    ['a body shorter than its Content-Length', `${head('200 OK', 'Content-Length: 500')}{"messages":[]}`],
    ['a chunked body that never ends', `${head('200 OK', 'Transfer-Encoding: chunked')}4\r\n{"me\r\n`],
    ['headers and nothing else', head('200 OK', 'Content-Length: 10')],
    ['no bytes at all', ''],
  ])('reads again after %s, five times in all', async (_what, bytes) => {
    const { port, asked } = await serveBytes(bytes, (socket) => socket.destroy());
    const error = await failure(connect(port).twilio.page(messages));
    expect(error.code).toBe('network');
    expect(asked()).toBe(5);
  });

  it('reads again after a reset and gets it', async () => {
    const { port } = await serve((_seen, response, count) =>
      count < 3 ? response.socket?.resetAndDestroy() : json(response, noMessages),
    );
    await expect(connect(port).twilio.page(messages)).resolves.toMatchObject({ items: [] });
  });

  it('gives up on a server that is silent', async () => {
    const { port, asked } = await serveBytes('', () => {});
    const error = await failure(connect(port, { limits: { idle: 40 } }).twilio.page(messages));
    expect(error.code).toBe('network');
    expect(error.message).toContain('in time');
    expect(asked()).toBe(5);
  });

  it('gives up on a server that sends a byte now and then for ever', async () => {
    const { port } = await serveBytes(head('200 OK', 'Content-Length: 5000'), (socket) => {
      const drip = setInterval(() => (socket.destroyed ? clearInterval(drip) : socket.write(' ')), 10);
    });
    const error = await failure(connect(port, { limits: { idle: 500, total: 80 } }).twilio.page(messages));
    expect(error.code).toBe('network');
    expect(error.message).toContain('in time');
  });

  it('says when something else than HTTP answers', async () => {
    const { port } = await serveBytes('SSH-2.0-OpenSSH_9.2\r\n', (socket) => socket.end());
    expect((await failure(connect(port).twilio.page(messages))).code).toBe('bad-reply');
  });

  it('says when nobody listens', async () => {
    const { port } = await serve(() => {});
    const { twilio } = connect(port === 1 ? 2 : 1);
    const error = await failure(twilio.page(messages));
    expect(error.code).toBe('network');
    expect(error.message).toContain('refused the connection');
  });
});

describe('throttled and failing reads', () => {
  it.each([500, 502, 503, 504, 429])('are read again after %i', async (status) => {
    const { port, seen } = await serve((_seen, response, count) =>
      count < 5 ? json(response, {}, status) : json(response, noMessages),
    );
    await connect(port).twilio.page(messages);
    expect(seen).toHaveLength(5);
  });

  it.each([400, 401, 403, 404])('are not read again after %i', async (status) => {
    const { port, seen } = await serve((_seen, response) => json(response, {}, status));
    const error = await failure(connect(port).twilio.page(events));
    expect(error.status).toBe(status);
    expect(seen).toHaveLength(1);
  });

  it.each<[string | undefined, number]>([
    [undefined, 0],
    ['0', 0],
    ['-1', 0],
    ['NaN', 0],
    ['1e9', 0],
    ['3', 3000],
    ['2147484', 60_000],
    ['Thu, 01 Jan 1970 00:00:00 GMT', 0],
    ['Fri, 01 Jan 2100 00:00:00 GMT', 60_000],
  ])('wait as long as Retry-After %s asks', async (header, wait) => {
    const { port } = await serve((_seen, response, count) =>
      count === 1 ? json(response, {}, 429, header ? { 'Retry-After': header } : {}) : json(response, noMessages),
    );
    const { twilio, waits } = connect(port);
    await twilio.page(messages);
    expect(waits).toEqual(wait > 0 ? [wait] : []);
  });

  it('are given up after five times 429', async () => {
    const { port, seen } = await serve((_seen, response) =>
      json(response, { code: 20429 }, 429, { 'Twilio-Concurrent-Requests': 'many' }),
    );
    expect((await failure(connect(port).twilio.page(messages))).code).toBe('throttled');
    expect(seen).toHaveLength(5);
  });
});

describe('stopping', () => {
  it('ends a read at once when it is cancelled', async () => {
    const { port } = await serve(() => {});
    const { twilio } = connect(port);
    const abort = new AbortController();
    const read = failure(twilio.page(messages, abort.signal));
    setTimeout(() => abort.abort(), 30);
    expect((await read).name).toBe('Cancelled');
  });

  it('ends reads and reports sent changes as unknown when the account is left', async () => {
    const { port, seen } = await serve((one) => one.method === 'POST' && twilio.dispose());
    const { twilio } = connect(port);
    const read = failure(twilio.page(messages));
    const change = failure(twilio.send(suspend));
    expect((await read).name).toBe('Cancelled');
    expect((await change).code).toBe('outcome-unknown');
    expect((await failure(twilio.page(messages))).name).toBe('Cancelled');
    expect(seen.filter(({ method }) => method === 'POST')).toHaveLength(1);
  });
});
