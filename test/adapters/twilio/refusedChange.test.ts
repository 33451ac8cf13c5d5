import { beforeEach, describe, expect, it, vi } from 'vitest';
import { ofAccount } from '../../../src/adapters/twilio/limits.ts';
import type { Mode } from '../../../src/core/model/connection.ts';
import { connect, failure, json, serve, suspend } from './loopback.ts';

/** What the transport set in motion, in order. */
const steps = vi.hoisted((): string[] => []);

vi.mock('../../../src/adapters/twilio/credentials.ts', async (original) => {
  const { createCredentials } = await original<typeof import('../../../src/adapters/twilio/credentials.ts')>();
  return {
    createCredentials: (...given: Parameters<typeof createCredentials>) => {
      const credentials = createCredentials(...given);
      const signing: typeof credentials.signing = (request) => {
        steps.push('credential');
        return credentials.signing(request);
      };
      return { ...credentials, signing };
    },
  };
});

vi.mock('../../../src/adapters/twilio/limiter.ts', async (original) => {
  const { createLimiter } = await original<typeof import('../../../src/adapters/twilio/limiter.ts')>();
  return {
    createLimiter: (...given: Parameters<typeof createLimiter>) => {
      const limiter = createLimiter(...given);
      const enter: typeof limiter.enter = (first, cancel) => {
        steps.push('slot');
        return limiter.enter(first, cancel);
      };
      return { limit: limiter.limit, enter };
    },
  };
});

vi.mock('twilio/lib/base/BaseTwilio.js', async (original) => {
  steps.push('SDK');
  return original();
});

describe('a change', () => {
  beforeEach(() => {
    steps.length = 0;
  });

  async function send(mode: Mode) {
    const { port, seen } = await serve((_seen, response) => json(response, { status: 'suspended' }));
    const { twilio, logged, waits } = connect(port, { mode: () => mode });
    const outcome = await twilio.send(suspend).then(
      () => 'sent',
      (error: { code?: string }) => error.code,
    );
    return { outcome, seen, logged, waits };
  }

  it('sets nothing at all in motion in read-only mode: no credential, no slot, no SDK', async () => {
    expect(await send('read-only')).toEqual({ outcome: 'read-only', seen: [], logged: [], waits: [] });
    expect(steps).toEqual([]);
  });

  it('does all that in containment mode, so that this test can fail', async () => {
    expect((await send('containment')).outcome).toBe('sent');
    expect(steps).toEqual(['credential', 'slot', 'slot', 'SDK']);
  });

  it('is refused at once, however busy the account is', async () => {
    const { port, seen } = await serve(() => {});
    const { twilio } = connect(port, { mode: () => 'read-only' });
    const reads = Array.from({ length: 3 * ofAccount.start }, () =>
      failure(twilio.page({ operation: 'fetchAccount', account: suspend.account })),
    );
    await vi.waitUntil(() => seen.length === ofAccount.start);
    expect((await failure(twilio.send(suspend))).code).toBe('read-only');
    twilio.dispose();
    await Promise.all(reads);
  });
});
