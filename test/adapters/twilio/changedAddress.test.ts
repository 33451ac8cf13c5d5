import type base from 'twilio/lib/base/BaseTwilio.js';
import { describe, expect, it, vi } from 'vitest';
import { connect, failure, json, messages, noMessages, serve, suspend } from './loopback.ts';

const sdk = vi.hoisted(() => ({ edge: '', region: '' }));

// Twilio's own client, but one that has found an edge or region somewhere, as it would in TWILIO_EDGE and TWILIO_REGION.
vi.mock('twilio/lib/base/BaseTwilio.js', async (original) => {
  const actual = await original<{ default: typeof base }>();
  class Client extends actual.default.Client {
    override setOpts(options?: base.ClientOpts) {
      super.setOpts({ ...options, ...sdk });
    }
  }
  return { default: { Client } };
});

describe('a request whose address the SDK changes', () => {
  it.each([
    { edge: 'sydney', region: '' },
    { edge: '', region: 'au1' },
    { edge: 'evil.example/', region: '' },
  ])('is not sent: %j', async (found) => {
    Object.assign(sdk, found);
    const { port, seen } = await serve((_seen, response) => json(response, noMessages));
    const { twilio, logged } = connect(port);
    for (const work of [twilio.page(messages), twilio.send(suspend)]) {
      const error = await failure(work);
      expect(error.code).toBe('not-allowed');
      expect(error.message).toContain('was changed on its way out');
    }
    expect(seen).toEqual([]);
    expect(logged).toEqual([]);
  });

  it('is sent when the SDK changes nothing, so that this test can fail', async () => {
    Object.assign(sdk, { edge: '', region: '' });
    const { port, seen } = await serve((_seen, response) => json(response, noMessages));
    await connect(port).twilio.page(messages);
    expect(seen).toHaveLength(1);
  });
});
