import { describe, expect, it } from 'vitest';
import type { Mode } from '../../../src/core/model/connection.ts';
import { connect, failure, json, messages, noMessages, serve, serveBytes, suspend } from './loopback.ts';

describe('read-only mode', () => {
  it('lets no byte of a change out, not even a connection', async () => {
    const { port, asked } = await serveBytes('', (socket) => socket.destroy());
    const { twilio, logged } = connect(port, { mode: () => 'read-only' });
    const error = await failure(twilio.send(suspend));
    expect(error.code).toBe('read-only');
    expect(error.message).toContain('containment mode');
    expect(asked()).toBe(0);
    expect(logged).toEqual([]);
  });

  it.each([
    'Containment',
    'containment ',
    'contain',
    'read-only ',
    '',
    null,
    true,
    ['containment'],
    { mode: 'containment' },
  ])('is what anything but the exact word “containment” means: %j', async (odd) => {
    const { port, asked } = await serveBytes('', (socket) => socket.destroy());
    const mode: () => Mode = () => JSON.parse(JSON.stringify(odd));
    expect((await failure(connect(port, { mode }).twilio.send(suspend))).code).toBe('read-only');
    expect(asked()).toBe(0);
  });

  it('lets reads through', async () => {
    const { port } = await serve((_seen, response) => json(response, noMessages));
    await expect(connect(port, { mode: () => 'read-only' }).twilio.page(messages)).resolves.toMatchObject({
      items: [],
    });
  });

  it('is asked again before a change is repeated after 429', async () => {
    let mode: Mode = 'containment';
    const { port, seen } = await serve((_seen, response) => {
      mode = 'read-only';
      json(response, {}, 429);
    });
    const { twilio } = connect(port, { mode: () => mode });
    expect((await failure(twilio.send(suspend))).code).toBe('read-only');
    expect(seen).toHaveLength(1);
  });
});
