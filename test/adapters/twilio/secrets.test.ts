import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { createKnownSecrets } from '../../../src/adapters/twilio/knownSecrets.ts';
import { stripSecrets } from '../../../src/adapters/twilio/stripSecrets.ts';
import {
  connect,
  events,
  failure,
  json,
  keySid,
  main,
  messages,
  serve,
  serveBytes,
  sub,
  suspend,
  token,
  withKey,
} from './loopback.ts';

const subToken = 'decade00decade00decade00decade00';

/** Every form in which a secret might be printed. */
function forms(): readonly string[] {
  return [token, subToken].flatMap((secret) => [
    secret,
    secret.toUpperCase(),
    Buffer.from(secret).toString('base64').replace(/=+$/, ''),
    ...[main, sub, keySid].map((user) => Buffer.from(`${user}:${secret}`).toString('base64').replace(/=+$/, '')),
    encodeURIComponent(`${main}:${secret}`),
    [...secret].reverse().join(''),
    Buffer.from(secret).toString('hex'),
  ]);
}

function everyForm(value: unknown): string {
  const error = value instanceof Error ? `${value.stack} ${value.message} ${inspect(value.cause)}` : '';
  const shown = inspect(value, { depth: Number.POSITIVE_INFINITY, showHidden: true, getters: true });
  return [
    shown,
    JSON.stringify(value),
    String(value),
    error,
    JSON.stringify(Object.getOwnPropertyDescriptors(Object(value))),
  ].join('\n');
}

function expectClean(...values: readonly unknown[]): void {
  const text = values.map(everyForm).join('\n');
  for (const form of forms()) expect(text.includes(form), `holds ${form}`).toBe(false);
}

describe('credentials', () => {
  it('are found by this test when they are there', () => {
    expect(() =>
      expectClean({ headers: { authorization: `Basic ${Buffer.from(`${main}:${token}`).toString('base64')}` } }),
    ).toThrow();
  });

  it('are not on the Twilio object', async () => {
    const { port } = await serve((_seen, response) =>
      json(response, { events: [], auth_token: subToken, status: 'active' }),
    );
    const { twilio } = connect(port);
    await twilio.page({ ...events, account: sub });
    expectClean(twilio, twilio.page, twilio.send, twilio.dispose);
  });

  it.each([200, 302, 400, 401, 403, 404, 429, 500])('are in no error and no log line after HTTP %i', async (status) => {
    const { port } = await serve((one, response) =>
      json(response, { code: 1, message: one.authorization, echo: token, auth_token: subToken }, status),
    );
    for (const connection of [withKey, { ...withKey, credential: { kind: 'authToken' as const } }]) {
      const { twilio, logged } = connect(port, { connection });
      const errors = await Promise.all([
        failure(twilio.page(messages)),
        failure(twilio.page({ ...messages, account: sub }).then(() => Promise.reject(new Error('fine')))),
      ]);
      const change = await twilio.send(suspend).catch((error: unknown) => error);
      expectClean(errors, change, logged);
      expect(logged.length).toBeGreaterThan(0);
    }
  });

  it.each(['', 'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{', 'garbage\r\n\r\n'])(
    'are in no error after a broken connection (%j)',
    async (bytes) => {
      const { port } = await serveBytes(bytes, (socket) => socket.destroy());
      const { twilio, logged } = connect(port);
      expectClean(await failure(twilio.page(messages)), await failure(twilio.send(suspend)), logged);
    },
  );

  it('are not in the error for a malformed one', () => {
    const canary = `${token}\n`;
    let error: unknown;
    try {
      connect(1, { secret: canary });
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toMatchObject({ code: 'bad-input' });
    expectClean(error);
  });
});

describe('secrets in replies', () => {
  it('are left out in every spelling and depth before anybody sees the reply', async () => {
    const { port } = await serve((_seen, response) =>
      json(response, {
        accounts: [{ sid: sub, auth_token: subToken, Auth_Token: subToken, friendly_name: `my token is ${token}` }],
        deep: [
          { a: { secondary_auth_token: subToken, authToken: subToken, secret: 1, 'PRIMARY-AUTH-TOKEN': subToken } },
        ],
        access_token: { nested: subToken },
        sip_auth_password: 'p',
        client_secret: 's',
      }),
    );
    const page = await connect(port).twilio.page({ operation: 'listAccounts', account: main });
    expectClean(page);
    expect(page.items).toEqual([{ sid: sub, friendly_name: 'my token is [removed]' }]);
    expect(page.body).toEqual({ accounts: page.items, deep: [{ a: {} }] });
  });

  it('are blanked once they were borrowed, for whichever account the reply is', async () => {
    const basic = Buffer.from(`${sub}:${subToken}`).toString('base64');
    const { port } = await serve((one, response) =>
      json(
        response,
        one.path.endsWith(`${sub}.json`)
          ? { auth_token: subToken, status: 'active' }
          : {
              events: [
                { basic, subToken, unpadded: basic.replace(/=+$/, ''), backwards: [...subToken].reverse().join('') },
              ],
            },
      ),
    );
    const { twilio } = connect(port);
    await twilio.page({ ...events, account: sub });
    const page = await twilio.page(events);
    const removed = '[removed]';
    expect(page.items).toEqual([{ basic: removed, subToken: removed, unpadded: removed, backwards: removed }]);
  });

  it('are told from fields that only sound like them', () => {
    const body = { page_token: 'x', token_type: 'y', credential_sid: 'CR1', passwordless: true, next_page_uri: null };
    expect(stripSecrets(body, createKnownSecrets())).toEqual({ body, removed: {} });
  });

  it('are counted by the field they stood in, whatever place its row has', () => {
    const known = createKnownSecrets();
    known.add(token);
    const body = {
      accounts: [
        { sid: 'AC1', auth_token: 'x', name: 'a' },
        { sid: 'AC2', auth_token: 'y', name: `key ${token}` },
      ],
      [token]: { secret: 1 },
    };
    expect(stripSecrets(body, known)).toEqual({
      body: {
        accounts: [
          { sid: 'AC1', name: 'a' },
          { sid: 'AC2', name: 'key [removed]' },
        ],
        [token]: {},
      },
      removed: { 'accounts.auth_token': 2, 'accounts.name': 1, '[removed].secret': 1 },
    });
  });

  it('that a reply names in a thousand ways do not fill the record', () => {
    const body = Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`${'x'.repeat(500)}${i}_secret`, i]));
    const { removed = {} } = stripSecrets(body, createKnownSecrets()) ?? {};
    expect(Object.values(removed).reduce((sum, count) => sum + count, 0)).toBe(1000);
    expect(JSON.stringify(removed).length).toBeLessThan(20_000);
  });

  it('do not hide behind __proto__, which is left out as well', () => {
    const body = JSON.parse('{"__proto__":{"admin":true},"a":{"__proto__":[1],"constructor":2}}');
    const clean = stripSecrets(body, createKnownSecrets())?.body;
    expect(JSON.stringify(clean)).toBe('{"a":{"constructor":2}}');
    expect(Object.getPrototypeOf(clean)).toBe(Object.prototype);
    expect(clean?.['admin']).toBeUndefined();
  });
});
