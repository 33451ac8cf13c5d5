import https from 'node:https';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTwilio } from '../../../src/adapters/twilio/createTwilio.ts';
import { operations } from '../../../src/core/twilio/operations.ts';
import { connect, events, failure, json, main, messages, noMessages, real, serve, suspend, token } from './loopback.ts';

const own = `/2010-04-01/Accounts/${main}/Messages.json`;

/** Links an attacker might get into a reply or a stored page. `trap` stands for a host that is not Twilio. */
function tricks(trap: string): readonly string[] {
  const outside = [
    `http://${trap}/`,
    `https://${trap}/`,
    `//${trap}/`,
    `///${trap}/`,
    `\\\\${trap}\\`,
    `/\\${trap}/`,
    `\\/${trap}/`,
    `@${trap}/`,
    `:443@${trap}/`,
    `.${trap}/`,
    `:pass@${trap}/`,
    `https:${trap}`,
    `https:/${trap}`,
    `HTTPS://${trap}`,
    `ftp://${trap}/`,
    `file:///etc/passwd`,
    `javascript:alert(1)`,
    `data:text/html,x`,
    `https://api.twilio.com@${trap}${own}`,
    `https://api.twilio.com:x@${trap}${own}`,
    `https://api.twilio.com.${trap}${own}`,
    `https://api.twilio.com%2e${trap}${own}`,
    `https://api.twilio.com\\@${trap}${own}`,
    `https://api.twilio.com%00.${trap}${own}`,
    `https://${trap}/https://api.twilio.com${own}`,
    `https://${trap}#https://api.twilio.com${own}`,
    `https://${trap}?https://api.twilio.com${own}`,
    `https://api.twіlio.com${own}`,
    `https://аpi.twilio.com${own}`,
    `https://api.twilio。com${own}`,
    `https://xn--pi-6kc.twilio.com${own}`,
    `https://api.twilio.co${own}`,
    `https://apiXtwilio.com${own}`,
    `https://evil.twilio.com${own}`,
    `https://monitor.twilio.com${own}`,
    `https://api.sydney.au1.twilio.com${own}`,
    `https://api.twilio.com:8443${own}`,
    `https://api.twilio.com:80${own}`,
    `http://api.twilio.com${own}`,
    `https://user@api.twilio.com${own}`,
    `https://api.twilio.com.${own}`,
    `https://127.0.0.1${own}`,
    `https://[::1]${own}`,
    `https://0x7f000001${own}`,
  ];
  const inside = [
    '',
    '/',
    '?PageToken=1',
    `${own}#fragment`,
    `${own}?a=1#fragment`,
    `${own}/../Keys.json`,
    `${own}/%2e%2e/Keys.json`,
    `${own}\\..\\Keys.json`,
    `/2010-04-01/Accounts/${main}/Keys.json`,
    `/2010-04-01/Accounts/AC${'9'.repeat(32)}/Messages.json`,
    `/2010-04-01/Accounts/../Accounts/${main}/Messages.json`,
    `/x/..${own}`,
    `/.${own}`,
    `/${own}`,
    `${own}/`,
    `${own};x=1`,
    `${own} HTTP/1.1\r\nHost: ${trap}\r\n\r\nGET /`,
    `${own}?a=1\r\nX-Original-Host: ${trap}`,
    `${own}?a=b c`,
    `${own}?\u0000`,
    `${own}\t?a=1`,
    `\n${own}`,
    ` ${own}`,
  ];
  return [...outside, ...outside.slice(0, 12).map((link) => `${link}${own}`), ...inside];
}

describe('an address that does not belong to its operation', () => {
  const original = https.request;
  let asked = 0;
  beforeEach(() => {
    asked = 0;
    Object.assign(https, {
      request: () => {
        asked += 1;
        throw new Error('the network was asked');
      },
    });
  });
  afterEach(() => {
    Object.assign(https, { request: original });
  });

  function onTwilio() {
    const quiet = { info: () => {}, error: () => {} };
    return createTwilio({
      connection: real,
      secret: token,
      mode: () => 'containment',
      route: { kind: 'twilio' },
      clock: { now: () => 0 },
      random: () => 0,
      delay: async () => {},
      log: quiet,
    });
  }

  it('reaches the network when it does belong, so that this test can fail', async () => {
    await failure(onTwilio().page({ ...messages, continueAt: `${own}?PageToken=x` }));
    expect(asked).toBe(1);
  });

  it('never leaves, however it is spelled', async () => {
    const links = tricks('evil.example').filter((link) => link !== '');
    expect(links.length).toBeGreaterThanOrEqual(60);
    for (const continueAt of links) {
      const error = await failure(onTwilio().page({ ...messages, continueAt }));
      expect([continueAt, error.code]).toEqual([continueAt, 'not-allowed']);
    }
    expect(asked).toBe(0);
  });

  it('never carries a change', async () => {
    const continueAt = `/2010-04-01/Accounts/${main}.json`;
    expect((await failure(onTwilio().send({ ...suspend, account: main, continueAt }))).code).toBe('not-allowed');
    expect(asked).toBe(0);
  });
});

describe('a next-page link of a reply', () => {
  it('never leads away: a trap sees nothing and only the operation is asked', async () => {
    const trap = await serve((_seen, response) => json(response, noMessages));
    for (const link of tricks(`127.0.0.1:${trap.port}`)) {
      const { port, seen } = await serve((_seen, response) =>
        json(response, { messages: [], events: [], next_page_uri: link, meta: { next_page_url: link } }),
      );
      const { twilio } = connect(port);
      for (const request of [messages, events]) {
        const page = await twilio.page(request).catch(() => undefined);
        if (page?.next) await failure(twilio.page(page.next));
      }
      expect(
        seen.map(({ path }) => path.split('?')[0]).filter((path) => path !== own && path !== '/v1/Events'),
      ).toEqual([]);
    }
    expect(trap.seen).toHaveLength(0);
  });
});

describe('route and connection', () => {
  const options = {
    secret: token,
    mode: () => 'read-only' as const,
    clock: { now: () => 0 },
    random: () => 0,
    delay: async () => {},
    log: { info: () => {}, error: () => {} },
  };
  it('refuses the simulator for a real account and Twilio for the demo', () => {
    expect(() => createTwilio({ ...options, connection: real, route: { kind: 'simulator', port: 9 } })).toThrow(
      'only ever talks to Twilio',
    );
    expect(() => createTwilio({ ...options, connection: { ...real, demo: true }, route: { kind: 'twilio' } })).toThrow(
      'built-in simulator',
    );
  });

  it.each([0, -1, 65_536, 1.5, Number.NaN])('refuses the port %d', (port) => {
    expect(() =>
      createTwilio({ ...options, connection: { ...real, demo: true }, route: { kind: 'simulator', port } }),
    ).toThrow('no valid port');
  });

  it('knows only hosts of Twilio', () => {
    for (const { host } of Object.values(operations)) expect(host).toMatch(/^[a-z]+\.twilio\.com$/);
  });
});
