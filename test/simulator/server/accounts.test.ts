import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../src/core/model/json.ts';
import { arrayTraffic } from '../../../src/simulator/arrayTraffic.ts';
import type { Simulator } from '../../../src/simulator/server/startSimulator.ts';
import { hour, mainSid, message, minute, noon, sid, smallWorld, subSid, suspendedSid } from '../smallWorld.ts';
import { ask, withSimulator } from './client.ts';

const update = (simulator: Simulator, own: string, form: string) =>
  ask(simulator, `/2010-04-01/Accounts/${own}.json`, { method: 'POST', form });

describe('accounts', () => {
  it('are filtered by exact name and by status', async () => {
    await withSimulator(async (simulator) => {
      const list = async (query: string) => {
        const { body } = await ask(simulator, `/2010-04-01/Accounts.json?${query}`);
        return (body['accounts'] as JsonObject[]).map((one) => one['sid']);
      };
      expect(await list('')).toEqual([suspendedSid, subSid, mainSid]);
      expect(await list('Status=suspended')).toEqual([suspendedSid]);
      expect(await list('FriendlyName=Production%20OTP')).toEqual([subSid]);
      expect(await list('FriendlyName=Production')).toEqual([]);
    });
  });

  it('show the token in clear, as Twilio does', async () => {
    await withSimulator(async (simulator) => {
      const { body } = await ask(simulator, `/2010-04-01/Accounts/${subSid}.json`);
      expect(body['auth_token']).toBe('token-of-2');
    });
  });

  it('can be suspended and reactivated, which leaves two events with the actor in the log of the parent', async () => {
    await withSimulator(async (simulator, world) => {
      expect((await update(simulator, subSid, 'Status=suspended')).body['status']).toBe('suspended');
      expect(world.sub.status).toBe('suspended');
      expect((await update(simulator, subSid, 'Status=active')).body['status']).toBe('active');
      expect(world.mainAccount.events.slice(-2)).toMatchObject([
        { type: 'account.updated', resourceSid: subSid, actorSid: mainSid, source: 'api', ip: '127.0.0.1' },
        { changes: { status: { previous: 'suspended', updated: 'active' } } },
      ]);
    });
  });

  it('send and receive nothing while they are suspended, and keep what went before', async () => {
    const world = smallWorld();
    const every = Array.from({ length: 240 }, (_, index) => message(sid('SM', index), noon - hour + index * minute));
    const sub = { ...world.sub, messages: arrayTraffic(every) };
    world.accounts.set(subSid, sub);
    await withSimulator(
      async (simulator) => {
        const path = `/2010-04-01/Accounts/${subSid}/Messages.json?PageSize=1000`;
        const count = async () => ((await ask(simulator, path)).body['messages'] as JsonObject[]).length;
        const usage = `/2010-04-01/Accounts/${subSid}/Usage/Records/Today.json?Category=sms`;
        expect(await count()).toBe(61);
        await update(simulator, subSid, 'Status=suspended');
        world.setNow(noon + hour);
        expect(await count()).toBe(61);
        await update(simulator, subSid, 'Status=active');
        world.setNow(noon + hour + 10 * minute);
        expect(await count()).toBe(71);
        const { body } = await ask(simulator, usage);
        expect(body['usage_records']).toMatchObject([{ count: '71' }]);
        const hidden = await ask(simulator, `/2010-04-01/Accounts/${subSid}/Messages/${sid('SM', 90)}.json`);
        expect(hidden.status).toBe(404);
      },
      { world },
    );
  });

  it.each([
    ['an unknown status', subSid, 'Status=frozen', 21475],
    ['the parent itself', mainSid, 'Status=suspended', 21477],
    ['what Twilio suspended', suspendedSid, 'Status=active', 21478],
    ['no field at all', subSid, '', 20422],
  ])('are not changed: %s', async (_, own, form, code) => {
    const world = smallWorld();
    world.suspended.suspendedByTwilio = true;
    await withSimulator(
      async (simulator) => {
        const before = world.accounts.get(own as typeof subSid)?.status;
        expect(await update(simulator, own, form)).toMatchObject({ status: 400, body: { code } });
        expect(world.accounts.get(own as typeof subSid)?.status).toBe(before);
        expect(simulator.log.at(-1)).toMatchObject({ mutation: true, acted: false, status: 400 });
      },
      { world },
    );
  });

  it('lose their numbers when they are closed, and stay closed', async () => {
    await withSimulator(async (simulator, world) => {
      await update(simulator, subSid, 'Status=closed');
      expect(world.sub.numbers).toEqual([]);
      expect(await update(simulator, subSid, 'Status=active')).toMatchObject({ body: { code: 21479 } });
      const below = await ask(simulator, `/2010-04-01/Accounts/${subSid}/Messages.json`);
      expect(below).toMatchObject({ status: 403, body: { code: 20005 } });
    });
  });
});
