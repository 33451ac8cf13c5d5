import { describe, expect, it } from 'vitest';
import type { HandedOut } from '../../../src/core/ports.ts';
import type { TwilioRequest } from '../../../src/core/twilio/request.ts';
import { connect, failure, json, main, messages, noMessages, type Seen, serve, sub, token } from './loopback.ts';

const made = 'd'.repeat(32);
const create: TwilioRequest = { operation: 'createSecondaryToken', account: main };
const promote: TwilioRequest = { operation: 'promoteSecondaryToken', account: main };

function signedBy(seen: Seen): string {
  return Buffer.from(seen.authorization?.replace('Basic ', '') ?? '', 'base64').toString();
}

/** A Twilio whose main token can be rotated; `lost` breaks the promotion's reply after it was done. */
async function rotating({ lost = false, primary = token } = {}) {
  const state = { primary };
  const served = await serve((one, response) => {
    const taken = [state.primary, made].some((secret) => signedBy(one) === `${main}:${secret}`);
    if (!taken) return json(response, { code: 20003 }, 401);
    if (one.path.endsWith('/Secondary')) return json(response, { account_sid: main, secondary_auth_token: made }, 201);
    if (one.path.endsWith('/Promote')) {
      state.primary = made;
      return lost ? response.destroy() : json(response, { account_sid: main, auth_token: made });
    }
    if (one.path.includes('/Accounts/') && one.path.endsWith(`${main}.json`))
      return json(response, { sid: main, auth_token: state.primary, status: 'active' });
    return json(response, noMessages);
  });
  return { ...served, state };
}

describe('a secret that Twilio shows once', () => {
  it('is kept before the reply is given, and is not in the reply', async () => {
    const { port } = await rotating();
    const kept: HandedOut[] = [];
    const { twilio, logged } = connect(port, { keep: async (one) => void kept.push(one) });
    const replies = [await twilio.send(create), await twilio.send(promote)];
    expect(kept).toEqual([
      { account: main, kind: 'secondaryToken', secret: made },
      { account: main, kind: 'token', secret: made },
    ]);
    expect(JSON.stringify(replies) + logged.join()).not.toContain(made);
  });

  it('is not asked for when there is no place to keep it', async () => {
    const { port, seen } = await rotating();
    expect((await failure(connect(port).twilio.send(create))).message).toContain('no place to keep');
    expect(seen).toEqual([]);
  });

  it('that cannot be kept is a failure, without the secret in it', async () => {
    const { port } = await rotating();
    const keep = () => Promise.reject(new Error(`storage is full: ${made}`));
    const error = await failure(connect(port, { keep }).twilio.send(create));
    expect(error.message).toContain('secret storage did not take');
    expect(`${error.stack}${JSON.stringify(error)}`).not.toContain(made);
  });

  it('missing from the reply is a failure', async () => {
    const { port } = await serve((_, response) => json(response, { account_sid: main }, 201));
    const kept: HandedOut[] = [];
    const { twilio } = connect(port, { keep: async (one) => void kept.push(one) });
    await failure(twilio.send(create));
    expect(kept).toEqual([]);
  });
});

describe('a rotated token', () => {
  it('signs from then on', async () => {
    const { port, seen } = await rotating();
    const { twilio } = connect(port, { keep: async () => {} });
    await twilio.send(create);
    await twilio.send(promote);
    await twilio.page(messages);
    expect(signedBy(seen[2] as Seen)).toBe(`${main}:${made}`);
  });

  it('is found again when the promotion’s reply was lost, and is kept as the account’s own', async () => {
    const { port } = await rotating({ lost: true });
    const kept: HandedOut[] = [];
    const { twilio } = connect(port, { keep: async (one) => void kept.push(one) });
    await twilio.send(create);
    expect((await failure(twilio.send(promote))).code).toBe('outcome-unknown');
    await twilio.page({ operation: 'fetchAccount', account: main });
    expect(kept.at(-1)).toEqual({ account: main, kind: 'token', secret: made });
  });

  it('is found again after a restart, from what was kept before the promotion', async () => {
    const { port } = await rotating({ primary: made });
    const kept: HandedOut[] = [];
    const { twilio } = connect(port, { standby: made, keep: async (one) => void kept.push(one) });
    expect((await twilio.page(messages)).status).toBe(200);
    expect(kept.map(({ kind }) => kind)).toEqual(['token']);
  });

  it('never has a change sent again with it', async () => {
    const { port, seen } = await rotating({ primary: 'e'.repeat(32) });
    const { twilio } = connect(port, { standby: made, keep: async () => {} });
    await failure(twilio.send({ operation: 'updateAccountStatus', account: sub, form: { Status: 'suspended' } }));
    expect(seen).toHaveLength(1);
  });
});

it('two tokens have different marks, which hold nothing of them', async () => {
  const { port, state } = await rotating();
  const { twilio } = connect(port);
  const mark = async () => (await twilio.page({ operation: 'fetchAccount', account: main })).tokenMark ?? '';
  const first = await mark();
  expect(await mark()).toBe(first);
  expect(first).toMatch(/^[0-9a-f]{8}$/);
  expect(token).not.toContain(first);
  state.primary = 'f'.repeat(32);
  const other = connect(port, { secret: 'f'.repeat(32) }).twilio;
  expect((await other.page({ operation: 'fetchAccount', account: main })).tokenMark).not.toBe(first);
});

it('a form sent with PATCH says that it is one', async () => {
  let type: string | undefined;
  const { port, server, seen } = await serve((_, response) => json(response, { permissions: [] }));
  server.on('request', ({ headers }) => {
    type = headers['content-type'];
  });
  const form = { Permissions: '{"country_code":"RU","type":"country","enabled":false}' };
  await connect(port).twilio.send({ operation: 'updateSmsGeoPermission', account: main, form });
  expect([seen[0]?.method, type]).toEqual(['PATCH', 'application/x-www-form-urlencoded']);
  expect(new URLSearchParams(seen[0]?.body).get('Permissions')).toBe(form.Permissions);
});

it('the secret of a new key is kept with the key’s SID, and does not take the place of the credential in use', async () => {
  const keySid = `SK${'3'.repeat(32)}`;
  const { port, seen } = await serve((one, response) =>
    one.path === '/v1/Keys'
      ? json(response, { sid: keySid, friendly_name: 'New', secret: 'only shown once' }, 201)
      : json(response, { code: 20003 }, 401),
  );
  const kept: HandedOut[] = [];
  const { twilio, logged } = connect(port, { keep: async (one) => void kept.push(one) });
  const form = { AccountSid: main, FriendlyName: 'New' };
  const reply = await twilio.send({ operation: 'createKey', account: main, form });
  expect(kept).toEqual([{ account: main, kind: 'apiKey', keySid, secret: 'only shown once' }]);
  expect(JSON.stringify(reply) + logged.join()).not.toContain('only shown once');
  await failure(twilio.page(messages));
  expect(seen.map(signedBy)).toEqual([`${main}:${token}`, `${main}:${token}`]);
});

it('a list that Twilio calls credentials is a list, and what is secret in it is taken out', async () => {
  const rows = [{ sid: `CR${'1'.repeat(32)}`, username: 'desk', password: 'hush', credentials: ['hush'] }];
  const { port } = await serve((_, response) => json(response, { credentials: rows }));
  const path = { CredentialListSid: `CL${'1'.repeat(32)}` };
  const { items } = await connect(port).twilio.page({ operation: 'listSipCredentials', account: main, path });
  expect(items).toEqual([{ sid: `CR${'1'.repeat(32)}`, username: 'desk' }]);
});
