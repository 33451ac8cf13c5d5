import { describe, expect, it } from 'vitest';
import type { TwilioRequest } from '../../../src/core/twilio/request.ts';
import {
  connect,
  events,
  failure,
  json,
  main,
  messages,
  noMessages,
  type Seen,
  serve,
  sub,
  suspend,
  token,
  withKey,
} from './loopback.ts';

const subEvents: TwilioRequest = { ...events, account: sub };

function signedBy(seen: Seen): string {
  return Buffer.from(seen.authorization?.replace('Basic ', '') ?? '', 'base64').toString();
}

/** A Twilio with one subaccount, whose token can be changed by somebody else. */
async function twilioWith(state: { subToken: string; status?: string }) {
  return serve((one, response) => {
    const own = signedBy(one) === `${sub}:${state.subToken}` && (state.status ?? 'active') === 'active';
    if (one.path.includes('.json') && signedBy(one) !== `${main}:${token}`) return json(response, { code: 20003 }, 401);
    if (one.path.endsWith(`${sub}.json`))
      return json(response, { sid: sub, auth_token: state.subToken, status: state.status ?? 'active' });
    if (one.host === 'monitor.twilio.com')
      return own ? json(response, { events: [] }) : json(response, { code: 20003 }, 401);
    return json(response, noMessages);
  });
}

describe('the main Auth Token', () => {
  it('signs for subaccounts on api.twilio.com itself', async () => {
    const { port, seen } = await twilioWith({ subToken: 'a'.repeat(32) });
    await connect(port).twilio.page({ ...messages, account: sub });
    expect(seen.map(signedBy)).toEqual([`${main}:${token}`]);
  });

  it('reads the subaccount’s own token once for all other hosts and requests', async () => {
    const { port, seen } = await twilioWith({ subToken: 'a'.repeat(32) });
    const { twilio } = connect(port);
    await Promise.all([twilio.page(subEvents), twilio.page(subEvents)]);
    await twilio.page(subEvents);
    expect(seen.map(({ host }) => host)).toEqual(['api.twilio.com', ...Array(3).fill('monitor.twilio.com')]);
    expect(seen.slice(1).map(signedBy)).toEqual(Array(3).fill(`${sub}:${'a'.repeat(32)}`));
  });

  it('reads the token anew, once, when somebody has changed it', async () => {
    const state = { subToken: 'a'.repeat(32) };
    const { port, seen } = await twilioWith(state);
    const { twilio } = connect(port);
    await twilio.page(subEvents);
    state.subToken = 'b'.repeat(32);
    await twilio.page(subEvents);
    expect(seen.map(({ host }) => host.split('.')[0])).toEqual(['api', 'monitor', 'monitor', 'api', 'monitor']);
  });

  it('is told that a suspended subaccount cannot be read, without trying for ever', async () => {
    const { port, seen } = await twilioWith({ subToken: 'a'.repeat(32), status: 'suspended' });
    const error = await failure(connect(port).twilio.page(subEvents));
    expect(error.code).toBe('account-suspended');
    expect(seen).toHaveLength(3);
  });

  it('is told so as well when it was suspended after its token was read', async () => {
    const state = { subToken: 'a'.repeat(32), status: 'active' };
    const { port } = await twilioWith(state);
    const { twilio } = connect(port);
    await twilio.page(subEvents);
    state.status = 'suspended';
    const error = await failure(twilio.page(subEvents));
    expect(error.code).toBe('account-suspended');
    expect(error.message).toContain('Subaccount AC…2222 is suspended');
  });

  it('remembers no failed reading of a token', async () => {
    let broken = true;
    const { port } = await serve((one, response) => {
      if (one.host === 'monitor.twilio.com') return json(response, { events: [] });
      return broken ? json(response, { code: 20404 }, 404) : json(response, { auth_token: 'a'.repeat(32) });
    });
    const { twilio } = connect(port);
    expect((await failure(twilio.page(subEvents))).code).toBe('not-found');
    broken = false;
    await expect(twilio.page(subEvents)).resolves.toMatchObject({ items: [] });
  });

  it('says so when Twilio does not show the token', async () => {
    const { port } = await serve((_seen, response) => json(response, { sid: sub, status: 'active' }));
    expect((await failure(connect(port).twilio.page(subEvents))).code).toBe('not-permitted');
  });

  it('says so when the account cannot be read', async () => {
    const { port } = await serve((_seen, response) => json(response, null));
    expect((await failure(connect(port).twilio.page(subEvents))).code).toBe('bad-reply');
  });

  it('lets one reader of a token stop without stopping the others', async () => {
    let release = () => {};
    const { port } = await serve((one, response) => {
      if (one.host === 'monitor.twilio.com') return json(response, { events: [] });
      release = () => json(response, { auth_token: 'a'.repeat(32) });
    });
    const { twilio } = connect(port);
    const abort = new AbortController();
    const first = failure(twilio.page(subEvents, abort.signal));
    const second = twilio.page(subEvents);
    abort.abort();
    expect((await first).name).toBe('Cancelled');
    await expect.poll(() => release.toString()).toContain('json');
    release();
    await expect(second).resolves.toMatchObject({ items: [] });
  });
});

describe('an API key', () => {
  it('signs for its own account with key and secret', async () => {
    const { port, seen } = await serve((_seen, response) => json(response, noMessages));
    await connect(port, { connection: withKey }).twilio.page(messages);
    expect(seen.map(signedBy)).toEqual([`SK${'3'.repeat(32)}:${token}`]);
  });

  it('is refused what belongs to a subaccount before anything is sent', async () => {
    const { port, seen } = await serve((_seen, response) => json(response, noMessages));
    const { twilio } = connect(port, { connection: withKey });
    for (const request of [subEvents, { ...messages, account: sub }]) {
      const error = await failure(twilio.page(request));
      expect(error.code).toBe('not-permitted');
      expect(error.message).toContain('Auth Token');
    }
    expect(seen).toHaveLength(0);
  });

  it('may try the Accounts resource, which a Main key reaches', async () => {
    const { port, seen } = await serve((_seen, response) => json(response, { status: 'suspended' }));
    await connect(port, { connection: withKey }).twilio.send(suspend);
    expect(seen).toHaveLength(1);
  });
});
