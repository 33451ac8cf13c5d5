import { describe, expect, it } from 'vitest';
import { mainSid, sid, subSid } from '../smallWorld.ts';
import { ask, withSimulator } from './client.ts';

const post = (form: string) => ({ method: 'POST', form });

describe('keys', () => {
  it('are gone at once, for signing too, and leave an event', async () => {
    await withSimulator(async (simulator, world) => {
      const own = sid('SK', 102);
      const credential = { user: own, password: `secret-of-${own}` };
      const path = `/2010-04-01/Accounts/${mainSid}/Keys/${own}.json`;
      expect(await ask(simulator, path, { method: 'DELETE', ...credential })).toMatchObject({ status: 204, text: '' });
      expect(await ask(simulator, path)).toMatchObject({ status: 404, body: { code: 20404 } });
      expect(await ask(simulator, `/2010-04-01/Accounts/${mainSid}/Messages.json`, credential)).toMatchObject({
        status: 401,
      });
      expect(world.mainAccount.events.at(-1)).toMatchObject({
        type: 'account-api-keys.deleted',
        resourceSid: own,
        actorSid: own,
        actorType: 'api-key',
      });
    });
  });

  it('of a subaccount are deleted with the token of its parent', async () => {
    await withSimulator(async (simulator, world) => {
      const path = `/2010-04-01/Accounts/${subSid}/Keys/${sid('SK', 201)}.json`;
      expect((await ask(simulator, path, { method: 'DELETE' })).status).toBe(204);
      expect(world.sub.keys).toHaveLength(2);
      expect(world.sub.events.at(-1)).toMatchObject({ actorSid: mainSid });
    });
  });
});

describe('SMS geo-permissions', () => {
  const host = 'accounts.twilio.com' as const;
  const path = '/v1/Messaging/GeoPermissions';

  it('answer 200 and say for each country whether it was changed', async () => {
    await withSimulator(async (simulator, world) => {
      const items = [
        { country_code: 'RU', type: 'country', enabled: false },
        { country_code: 'NG', type: 'country', enabled: true },
      ];
      const form = items.map((one) => `Permissions=${encodeURIComponent(JSON.stringify(one))}`).join('&');
      const { status, body } = await ask(simulator, path, { host, method: 'PATCH', form });
      expect(status).toBe(200);
      expect(body['permissions']).toMatchObject([
        { country_code: 'RU', enabled: false, error_code: 0 },
        { country_code: 'NG', error_code: 30649 },
      ]);
      expect([world.mainAccount.smsGeo.get('RU'), world.mainAccount.smsGeo.get('NG')]).toEqual([false, false]);
      expect(world.mainAccount.events.filter(({ type }) => type === 'sms-geographic-permissions.updated')).toHaveLength(
        1,
      );
    });
  });

  it('leave no event where nothing changed', async () => {
    await withSimulator(async (simulator, world) => {
      const before = world.mainAccount.events.length;
      const form = `Permissions=${encodeURIComponent('{"country_code":"RU","type":"country","enabled":true}')}`;
      expect((await ask(simulator, path, { host, method: 'PATCH', form })).status).toBe(200);
      expect(world.mainAccount.events).toHaveLength(before);
    });
  });

  it.each(['', 'Permissions=x', 'Permissions=5', 'Permissions=%7B%7D'])('refuse the body "%s"', async (form) => {
    await withSimulator(async (simulator) => {
      expect(await ask(simulator, path, { host, method: 'PATCH', form })).toMatchObject({ status: 400 });
    });
  });
});

describe('Auth Tokens', () => {
  const host = 'accounts.twilio.com' as const;

  it('are rotated: the secondary works next to the primary, then instead of it', async () => {
    await withSimulator(async (simulator, world) => {
      const account = `/2010-04-01/Accounts/${mainSid}.json`;
      const created = await ask(simulator, '/v1/AuthTokens/Secondary', { host, method: 'POST' });
      const password = String(created.body['secondary_auth_token']);
      expect(password).toMatch(/^[0-9a-f]{32}$/);
      expect((await ask(simulator, account, { password })).status).toBe(200);
      expect((await ask(simulator, account)).status).toBe(200);
      const promoted = await ask(simulator, '/v1/AuthTokens/Promote', { host, method: 'POST' });
      expect(promoted.body['auth_token']).toBe(password);
      expect((await ask(simulator, account)).status).toBe(401);
      expect((await ask(simulator, account, { password })).status).toBe(200);
      expect(world.mainAccount.events.at(-1)).toMatchObject({ type: 'account-auth-token.promoted' });
    });
  });

  it('need a secondary to promote or delete', async () => {
    await withSimulator(async (simulator) => {
      expect((await ask(simulator, '/v1/AuthTokens/Promote', { host, method: 'POST' })).status).toBe(400);
      expect((await ask(simulator, '/v1/AuthTokens/Secondary', { host, method: 'DELETE' })).status).toBe(404);
    });
  });
});

describe('the safe list', () => {
  it('knows duplicates and what is missing', async () => {
    const place = { host: 'accounts.twilio.com' as const };
    const path = '/v1/SafeList/Numbers';
    await withSimulator(async (simulator) => {
      const add = () => ask(simulator, path, { ...place, ...post('PhoneNumber=%2B18001234xxx') });
      expect((await add()).status).toBe(201);
      expect(await add()).toMatchObject({ status: 400, body: { code: 60411 } });
      const query = `${path}?PhoneNumber=%2B18001234xxx`;
      expect((await ask(simulator, query, place)).status).toBe(200);
      expect((await ask(simulator, query, { ...place, method: 'DELETE' })).status).toBe(204);
      expect(await ask(simulator, query, place)).toMatchObject({ status: 404, body: { code: 20404 } });
    });
  });
});

describe('voice dialing permissions', () => {
  it('change for the countries and classes named, and count those', async () => {
    await withSimulator(async (simulator, world) => {
      const items = [
        { iso_code: 'LV', low_risk_numbers_enabled: 'false' },
        { iso_code: 'GB', high_risk_special_numbers_enabled: true },
        { iso_code: 'XX', low_risk_numbers_enabled: false },
      ];
      const reply = await ask(simulator, '/v1/DialingPermissions/BulkCountryUpdates', {
        host: 'voice.twilio.com',
        ...post(`UpdateRequest=${encodeURIComponent(JSON.stringify(items))}`),
      });
      expect(reply).toMatchObject({ status: 201, body: { update_count: 2 } });
      expect(world.mainAccount.voiceGeo.get('LV')).toEqual({
        lowRisk: false,
        highRiskSpecial: false,
        highRiskTollfraud: false,
      });
      expect(world.mainAccount.voiceGeo.get('GB')).toMatchObject({ lowRisk: true, highRiskSpecial: true });
    });
  });
});

describe('calls', () => {
  it('are ended once', async () => {
    await withSimulator(async (simulator) => {
      const path = `/2010-04-01/Accounts/${mainSid}/Calls/${sid('CA', 102)}.json`;
      expect((await ask(simulator, path, post('Status=completed'))).body).toMatchObject({
        status: 'completed',
        duration: '60',
      });
      expect(await ask(simulator, path, post('Status=completed'))).toMatchObject({
        status: 400,
        body: { code: 21220 },
      });
      expect((await ask(simulator, path, post('Status=paused'))).status).toBe(400);
    });
  });
});

describe('exports', () => {
  it('leave out the last two days', async () => {
    const place = { host: 'bulkexports.twilio.com' as const };
    await withSimulator(async (simulator) => {
      const job = (end: string) =>
        ask(simulator, '/v1/Exports/Messages/Jobs', {
          ...place,
          ...post(`StartDay=2026-11-10&EndDay=${end}&FriendlyName=x`),
        });
      expect((await job('2026-11-20')).status).toBe(400);
      expect((await job('2026-11-19')).status).toBe(201);
      expect((await ask(simulator, '/v1/Exports/Messages/Days/2026-11-20', place)).status).toBe(404);
      const file = await ask(simulator, '/v1/Exports/Messages/Days/2026-11-19', place);
      expect(file).toMatchObject({ status: 307, headers: { location: file.body['redirect_to'] } });
    });
  });
});
