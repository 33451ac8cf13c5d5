import { describe, expect, it } from 'vitest';
import { connect, failure, head, json, messages, noMessages, serve, serveBytes, suspend } from './loopback.ts';

describe('changes', () => {
  it('are sent once, with their form, and their reply is read', async () => {
    const { port, seen } = await serve((_seen, response) => json(response, { sid: 'AC2', status: 'suspended' }));
    const reply = await connect(port).twilio.send(suspend);
    expect(reply.body).toEqual({ sid: 'AC2', status: 'suspended' });
    expect(seen).toHaveLength(1);
    expect(seen[0]).toMatchObject({ method: 'POST', body: 'Status=suspended', host: 'api.twilio.com' });
  });

  it('are sent again after 429 only', async () => {
    const { port, seen } = await serve((_seen, response, count) =>
      count < 3 ? json(response, { code: 20429 }, 429) : json(response, { status: 'suspended' }),
    );
    await connect(port).twilio.send(suspend);
    expect(seen).toHaveLength(3);
  });

  it.each([500, 502, 503, 504, 408])('with an unclear answer (%i) are never sent again', async (status) => {
    const { port, seen } = await serve((_seen, response) => json(response, {}, status));
    const error = await failure(connect(port).twilio.send(suspend));
    expect(error.code).toBe('outcome-unknown');
    expect(error.message).toContain('may or may not have taken effect');
    expect(seen).toHaveLength(1);
  });

  it.each<[string, string]>([
    ['reset', ''],
    ['cut reply', head('200 OK', 'Content-Length: 500')],
    ['web page', `${head('200 OK', 'Content-Length: 6')}<html>`],
    ['redirect', head('302 Found', 'Location: http://x.example/\r\nContent-Length: 0')],
  ])('that end in a %s have an unknown outcome and are never sent again', async (_what, bytes) => {
    const { port, asked } = await serveBytes(bytes, (socket) => socket.end());
    expect((await failure(connect(port).twilio.send(suspend))).code).toBe('outcome-unknown');
    expect(asked()).toBe(1);
  });

  it('that never left say so and are not tried again', async () => {
    const { twilio, logged } = connect(1);
    const error = await failure(twilio.send(suspend));
    expect(error.code).toBe('network');
    expect(logged).toHaveLength(1);
  });

  it('never travel on a connection kept from a read', async () => {
    const ports: (number | undefined)[] = [];
    const { port } = await serve((_seen, response) => {
      ports.push(response.socket?.remotePort);
      json(response, { ...noMessages, status: 'suspended' });
    });
    const { twilio } = connect(port);
    await twilio.page(messages);
    await twilio.page(messages);
    await twilio.send(suspend);
    expect(ports[0]).toBe(ports[1]);
    expect(ports[2]).not.toBe(ports[1]);
  });

  it('are not allowed through a read, nor reads through a change', async () => {
    const { port, seen } = await serve((_seen, response) => json(response, {}));
    const { twilio } = connect(port);
    expect((await failure(twilio.page(suspend))).code).toBe('not-allowed');
    expect((await failure(twilio.send(messages))).code).toBe('not-allowed');
    expect((await failure(twilio.send({ ...suspend, form: { Status: 'closed' } }))).code).toBe('not-allowed');
    expect(seen).toHaveLength(0);
  });
});
