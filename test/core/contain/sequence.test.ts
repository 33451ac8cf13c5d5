import { expect, test } from 'vitest';
import { applyPlan } from '../../../src/core/contain/apply.ts';
import type { AttackedAccount } from '../../../src/core/contain/excess.ts';
import { applyPlans, makePlans } from '../../../src/core/contain/sequence.ts';
import { suggestions } from '../../../src/core/contain/suggestions.ts';
import { UserError } from '../../../src/core/errors.ts';
import { actions } from '../../../src/core/registry.ts';
import { mainSid, noon, sid, subSid } from '../../simulator/smallWorld.ts';
import { connection, type LeverWorld, withLevers } from './leverWorld.ts';

const offered = (at: LeverWorld, attacked?: readonly AttackedAccount[]) =>
  suggestions(
    actions,
    { scope: { account: mainSid, main: mainSid, now: noon }, name: connection.name, twilio: at.twilio },
    attacked,
  );
const toRussia = (at: LeverWorld) => at.world.mainAccount.messages.change(sid('SM', 100), { to: '+79581110001' });
const applied = (at: LeverWorld, plans: Awaited<ReturnType<typeof makePlans>>) =>
  applyPlans(plans, (plan) => applyPlan(plan, { connectionId: connection.id, ...at }), at.clock);

test('levers are offered in the guide’s order, countries only where traffic goes, and nothing is changed by that', async () => {
  await withLevers(async (at) => {
    toRussia(at);
    const { steps, unread } = await offered(at);
    expect(unread).toEqual([]);
    const order = steps.map(({ action }) => action.id);
    expect([...new Set(order)]).toEqual([
      'rotateAuthToken',
      'createReplacementKey',
      'deleteApiKey',
      'closeSmsCountry',
      'closeVoiceCountry',
      'suspendSubaccount',
      'endLiveCalls',
    ]);
    const names = (id: string) => steps.filter(({ action }) => action.id === id).map(({ label }) => label);
    expect(names('closeSmsCountry')).toEqual(['Russia']);
    expect(names('closeVoiceCountry')).toEqual(['Latvia, in Northwind Pharmacy']);
    expect(names('deleteApiKey')).toEqual(['standard key', 'main key', 'restricted key']);
    expect(at.changes()).toEqual([]);
  });
});

test('where it is known which account is attacked, its surging countries are offered, and no others', async () => {
  await withLevers(async (at) => {
    toRussia(at);
    at.world.mainAccount.messages.change(sid('SM', 101), { to: '+447400123456', direction: 'outbound-api' });
    const excess = new Map([['RU', 412]]);
    const attacked = [
      { account: subSid, name: 'Production OTP', excess },
      { account: mainSid, name: 'Main', excess: new Map([['RU', 7]]) },
    ];
    const { steps } = await offered(at, attacked);
    const countries = steps.filter(({ action }) => action.id === 'closeSmsCountry');
    expect(countries.map(({ label, reason }) => `${label}: ${reason}`)).toEqual([
      'Russia, in Production OTP: RU · 412 messages more than expected',
      expect.stringMatching(/^Russia, in Main: RU · 7 messages more than expected, /),
    ]);
    expect(countries[0]?.targets.map(({ account }) => account)).toEqual([subSid]);
  });
});

test('a key made lately can be deleted alone, without those the customer uses', async () => {
  await withLevers(async (at) => {
    const [key] = at.world.mainAccount.keys;
    if (!key) throw new Error('the world has no key');
    Object.assign(key, { created: noon - 3_600_000 });
    const { steps } = await offered(at);
    const own = steps.filter(({ action }) => action.id === 'deleteApiKey');
    expect(own.map(({ label, targets }) => [label, targets.length])).toEqual([
      [key.friendlyName, 1],
      ['main key', 1],
      ['restricted key', 1],
    ]);
  });
});

test('what cannot be read is named, and the rest is offered', async () => {
  await withLevers(async (at) => {
    at.simulator.faults.add({ fault: { kind: 'unauthorized' }, operationId: 'FetchMessagingGeopermissions' });
    const { steps, unread } = await offered(at);
    expect(unread).toEqual([expect.stringContaining('Close Country for SMS')]);
    expect(steps.length).toBeGreaterThan(0);
  });
});

test('all of them are carried out one after the other, the new token signing what comes after it', async () => {
  await withLevers(async (at) => {
    toRussia(at);
    const { steps } = await offered(at);
    const own = steps.filter(
      ({ action, targets }) => action.id !== 'rotateAuthToken' || targets[0]?.account === mainSid,
    );
    const { plans } = await applied(
      at,
      (await makePlans(own, at.planning)).filter(({ items }) => items.length > 0),
    );
    const results = plans.flatMap(({ plan, outcomes }) => outcomes.map(({ result }) => [plan.action.id, result]));
    expect(results.filter(([, result]) => result !== 'done' && result !== 'already')).toEqual([]);
    const { mainAccount, sub } = at.world;
    // All keys are gone but the one that was made to take their place.
    expect(mainAccount.keys.map(({ friendlyName }) => friendlyName)).toEqual(['Replacement 2026-11-21T12:00Z']);
    expect([mainAccount.smsGeo.get('RU'), sub.status]).toEqual([false, 'suspended']);
    expect(mainAccount.authToken).not.toBe('token-of-1');
  });
});

const step = (id: string, target: Parameters<typeof makePlans>[0][number]['targets'][number]) => {
  const action = actions.find((one) => one.id === id);
  if (!action) throw new Error(`no lever is called ${id}`);
  return { action, targets: [target] };
};

test('one that is refused does not keep the next from being done; one that ends unclearly does', async () => {
  await withLevers(async (at) => {
    const made = await makePlans(
      [
        step('deleteApiKey', { kind: 'apiKey', account: mainSid, name: '', sid: sid('SK', 101) }),
        step('closeSmsCountry', { kind: 'smsCountry', account: mainSid, name: '', iso: 'RU' }),
        step('suspendSubaccount', { kind: 'subaccount', account: subSid, name: '', status: 'active' }),
      ],
      at.planning,
    );
    at.simulator.faults.add({ fault: { kind: 'serverError', acted: false }, operationId: 'DeleteKey' });
    const dead = { ...at.twilio, page: () => Promise.reject(new UserError('network', 'gone')) };
    let sent = false;
    const twilio = {
      page: (...request: Parameters<typeof at.twilio.page>) => (sent ? dead : at.twilio).page(...request),
      async send(...request: Parameters<typeof at.twilio.send>) {
        sent = request[0].operation === 'updateSmsGeoPermission';
        return at.twilio.send(...request);
      },
    };
    const { plans } = await applied({ ...at, twilio }, made);
    expect(plans.map(({ outcomes }) => outcomes[0]?.result)).toEqual(['refused', 'unknown', 'not-tried']);
    expect(at.world.sub.status).toBe('active');
  });
});

test('after the record failed no further plan is tried', async () => {
  await withLevers(async (at) => {
    const made = await makePlans(
      [
        step('closeSmsCountry', { kind: 'smsCountry', account: mainSid, name: '', iso: 'RU' }),
        step('closeSmsCountry', { kind: 'smsCountry', account: mainSid, name: '', iso: 'GB' }),
      ],
      at.planning,
    );
    const journal = { append: () => Promise.reject(new UserError('not-allowed', 'disk full')) };
    const { plans, failure } = await applied({ ...at, journal }, made);
    expect(plans.map(({ outcomes }) => outcomes[0]?.result)).toEqual(['not-tried', 'not-tried']);
    expect([failure?.message, at.changes()]).toEqual(['disk full', []]);
  });
});

test('a plan that is refused as a whole does not hide what those before it did', async () => {
  await withLevers(async (at) => {
    const made = await makePlans(
      [
        step('closeSmsCountry', { kind: 'smsCountry', account: mainSid, name: '', iso: 'RU' }),
        step('closeSmsCountry', { kind: 'smsCountry', account: mainSid, name: '', iso: 'GB' }),
      ],
      at.planning,
    );
    const [first, second] = made;
    if (!first || !second) throw new Error('there are no plans');
    const { plans } = await applied(at, [first, first, second]);
    expect(plans.map(({ outcomes }) => [outcomes[0]?.result, outcomes[0]?.sentence])).toEqual([
      ['done', expect.any(String)],
      ['not-tried', expect.stringContaining('carried out already')],
      ['done', expect.any(String)],
    ]);
    // The first one has nothing before it to be hidden.
    await expect(applied(at, [first])).rejects.toThrow('carried out already');
  });
});
