import { describe, expect, test } from 'vitest';
import { textOf } from '../../src/core/model/json.ts';
import { type ContinuedDemo, continueDemo, type DemoRecord } from '../../src/simulator/continuedDemo.ts';
import { demoCredential, demoStory } from '../../src/simulator/demo.ts';
import { type Asked, ask } from './server/client.ts';

const noon = Date.UTC(2026, 10, 21, 12);
const minute = 60_000;
const { main, productionOtp, supportVoice } = demoStory.accounts;

/** A demo as one window has it, and the record it leaves, as JSON. */
async function inWindow<T>(
  kept: { record: unknown },
  at: number,
  run: (demo: ContinuedDemo, request: (path: string, asked?: Asked) => ReturnType<typeof ask>) => Promise<T>,
): Promise<T> {
  let now = at;
  const demo = await continueDemo({ now: () => now, recorded: kept.record }, (record: DemoRecord) => {
    kept.record = JSON.parse(JSON.stringify(record));
  });
  // Every request comes a second after the one before.
  const request = (path: string, asked: Asked = {}) => {
    now += 1000;
    return ask(demo.simulator, path, { user: main, password: demo.token, ...asked });
  };
  try {
    return await run(demo, request);
  } finally {
    await demo.simulator.stop();
  }
}

/** What can be read of the demo, as text: everything that changes leave behind. */
async function readAll(request: (path: string, asked?: Asked) => ReturnType<typeof ask>): Promise<readonly string[]> {
  const account = (await request(`/2010-04-01/Accounts/${productionOtp}.json`)).text;
  const keys = (await request(`/v1/Keys?AccountSid=${main}&PageSize=50`, { host: 'iam.twilio.com' })).text;
  const events = (await request('/v1/Events?PageSize=20', { host: 'monitor.twilio.com' })).text;
  const messages = (await request(`/2010-04-01/Accounts/${productionOtp}/Messages.json?PageSize=20`)).text;
  // Links of pages name the port of this simulator.
  return [account, keys, events, messages].map((text) => text.replaceAll(/127\.0\.0\.1:\d+/g, 'here'));
}

describe('the demo', () => {
  test('goes on in the next window as it was left: changes, what they wrote into the log, and what was made', async () => {
    const kept: { record: unknown } = { record: undefined };
    const later = noon + 10 * minute;
    const left = await inWindow(kept, noon, async (_demo, request) => {
      const account = `/2010-04-01/Accounts/${productionOtp}.json`;
      expect((await request(account, { method: 'POST', form: 'Status=suspended' })).status).toBe(200);
      // Reading this leaves an event.
      const day = await request('/v1/Exports/Messages/Days/2026-11-18', { host: 'bulkexports.twilio.com' });
      expect(day.status).toBe(307);
      const policy = encodeURIComponent(JSON.stringify({ allow: ['/twilio/messaging/messages/list'] }));
      const form = `FriendlyName=replacement&KeyType=restricted&AccountSid=${main}&Policy=${policy}`;
      const made = await request('/v1/Keys', { host: 'iam.twilio.com', method: 'POST', form });
      expect(made.status).toBe(201);
      return { sid: textOf(made.body, 'sid') ?? 'none', shown: await readAll(request) };
    });
    // As if the window had never been closed: three requests of a second each were before what it shows.
    const again = await inWindow(kept, noon + 3000, (_demo, request) => readAll(request));
    expect(again).toEqual(left.shown);
    expect(again[0]).toContain('"suspended"');
    expect(again[1]).toContain(left.sid);
    expect(again[2]).toContain('api-key');
    // And what was done can be undone there.
    await inWindow(kept, later, async (_demo, request) => {
      const path = `/2010-04-01/Accounts/${productionOtp}.json`;
      expect((await request(path, { method: 'POST', form: 'Status=active' })).body['status']).toBe('active');
    });
    const undone = await inWindow(kept, later + minute, (_demo, request) => readAll(request));
    expect(undone[0]).toContain('"active"');
  });

  test('knows what happened after it began, and ends there what was ended', async () => {
    const kept: { record: unknown } = { record: undefined };
    const later = noon + 90 * minute;
    const calls = `/2010-04-01/Accounts/${supportVoice}/Calls`;
    await inWindow(kept, noon, async () => {});
    const live = await inWindow(kept, later, async (_demo, request) => {
      const sid = /CA[0-9a-f]{32}/.exec((await request(`${calls}.json?Status=in-progress`)).text)?.[0] ?? 'none';
      expect((await request(`${calls}/${sid}.json`, { method: 'POST', form: 'Status=completed' })).status).toBe(200);
      return sid;
    });
    await inWindow(kept, later + 5000, async (_demo, request) =>
      expect((await request(`${calls}/${live}.json`)).body).toMatchObject({ sid: live, status: 'completed' }),
    );
  });

  test('is signed in to with the token that was rotated to', async () => {
    const kept: { record: unknown } = { record: undefined };
    const host = 'accounts.twilio.com' as const;
    const second = await inWindow(kept, noon, async (demo, request) => {
      expect(demo.token).toBe(demoCredential.authToken);
      const { body } = await request('/v1/AuthTokens/Secondary', { host, method: 'POST' });
      return textOf(body, 'secondary_auth_token') ?? '';
    });
    await inWindow(kept, noon + minute, async (demo, request) => {
      expect(demo.secondaryToken).toBe(second);
      const promote = { host, method: 'POST', password: second };
      expect((await request('/v1/AuthTokens/Promote', promote)).status).toBe(200);
    });
    await inWindow(kept, noon + 2 * minute, async (demo, request) => {
      expect(demo.token).toBe(second);
      expect((await request(`/2010-04-01/Accounts/${main}.json`)).status).toBe(200);
    });
  });

  test.each([
    ['nothing is recorded', undefined],
    ['what is recorded is no record', { began: 'noon', changes: [] }],
    ['the record holds no changes', { began: noon, changes: [{ at: noon }] }],
    ['a change does not fit this world', { began: noon - minute, changes: [change({ by: 'AC0' })] }],
    ['a day is over, and the attack with it', { began: noon - 25 * 60 * minute, changes: [] }],
    ['the clock was set back', { began: noon + 60 * minute, changes: [] }],
  ])('begins anew when %s', async (_why, record) => {
    const kept: { record: unknown } = { record };
    await inWindow(kept, noon, async () => {});
    expect(kept.record).toEqual({ began: noon, changes: [] });
  });

  test('keeps no credential in its record', async () => {
    const kept: { record: unknown } = { record: undefined };
    await inWindow(kept, noon, (_demo, request) =>
      request(`/2010-04-01/Accounts/${productionOtp}.json`, { method: 'POST', form: 'Status=suspended' }),
    );
    expect(JSON.stringify(kept.record)).toContain('Status=suspended');
    expect(JSON.stringify(kept.record)).not.toContain(demoCredential.authToken);
  });
});

function change(changes: object) {
  const path = `/2010-04-01/Accounts/${main}.json`;
  return { at: noon, host: 'api.twilio.com', method: 'POST', path, body: '', by: main, ...changes };
}
