import { expect, test } from 'vitest';
import { createTwilio } from '../../../src/adapters/twilio/createTwilio.ts';
import { delay } from '../../../src/adapters/twilio/delay.ts';
import { candidates, isWithinAccount } from '../../../src/core/contain/candidates.ts';
import { askedText, isConfirmed, typedConfirmation } from '../../../src/core/contain/confirmation.ts';
import { makePlan } from '../../../src/core/contain/plan.ts';
import { type Target, targetId } from '../../../src/core/contain/target.ts';
import type { AccountSid } from '../../../src/core/model/sid.ts';
import { actions } from '../../../src/core/registry.ts';
import { createDemoWorld, demoCredential, demoStory } from '../../../src/simulator/demo.ts';
import { startSimulator } from '../../../src/simulator/server/startSimulator.ts';
import { mainSid, noon, sid, subSid } from '../../simulator/smallWorld.ts';
import { connection, type LeverWorld, withLevers } from './leverWorld.ts';

function action(id: string) {
  const found = actions.find((one) => one.id === id);
  if (!found) throw new Error(`no lever is called ${id}`);
  return found;
}
const offered = async (at: LeverWorld, id: string) =>
  candidates(action(id), {
    scope: { account: mainSid, main: mainSid, now: noon },
    name: connection.name,
    twilio: at.twilio,
  });
const labels = async (at: LeverWorld, id: string) => (await offered(at, id)).map(({ label }) => label);

test('countries are those the action would change, the ones with most traffic first, and traffic is the reason', async () => {
  await withLevers(async (at) => {
    at.world.mainAccount.messages.change(sid('SM', 100), { to: '+79581110001' });
    const found = await offered(at, 'closeSmsCountry');
    expect(found.map(({ label }) => label)).toEqual(['Russia', 'United Kingdom', 'United States']);
    expect(found[0]?.reason).toBe('1 of the newest 5 messages');
    expect(await labels(at, 'openSmsCountry')).toEqual(['Nigeria']);
    expect(await labels(at, 'closeVoiceCountry')).toEqual(['Latvia', 'United Kingdom', 'United States']);
    expect(await labels(at, 'openVoiceCountry')).toEqual([]);
  });
});

test('keys and numbers are those of the account; subaccounts are those the action fits', async () => {
  await withLevers(async (at) => {
    expect(await labels(at, 'deleteApiKey')).toEqual(['standard key', 'main key', 'restricted key']);
    expect(await labels(at, 'releaseNumber')).toEqual(['+447911123410', '+14155550101']);
    expect(await labels(at, 'suspendSubaccount')).toEqual(['Production OTP']);
    expect(await labels(at, 'reactivateSubaccount')).toEqual(['Old test']);
    const [first, ...others] = await labels(at, 'endLiveCalls');
    expect([first, others.toSorted()]).toEqual(['Northwind Pharmacy', ['Old test', 'Production OTP']]);
  });
});

test('senders are offered to be taken out where they are in, and to be put in where they are not', async () => {
  await withLevers(async (at) => {
    expect(await labels(at, 'detachSender')).toEqual(['+14155550101']);
    expect(await labels(at, 'attachSender')).toEqual(['+447911123410']);
  });
});

test('what every account is one of needs no account chosen first', () => {
  expect(actions.filter((one) => !isWithinAccount(one)).map(({ on }) => on)).toEqual(
    expect.arrayContaining(['subaccount', 'liveCalls', 'authToken', 'scheduledMessages']),
  );
  expect(isWithinAccount(action('closeSmsCountry'))).toBe(true);
});

test('what cannot be undone is confirmed by the end of its SID, several by what is done to how many', async () => {
  await withLevers(async (at) => {
    const keys = (await offered(at, 'deleteApiKey')).map(({ target }) => target);
    const plan = (id: string, ...targets: readonly Target[]) => makePlan(action(id), targets, at.planning);
    const last = keys.filter(({ name }) => name === keys.at(-1)?.name);
    const asked = typedConfirmation([await plan('deleteApiKey', ...last)]);
    expect(asked).toEqual({ parts: [{ of: sid('SK', 103), expected: '0067' }] });
    if (!asked) throw new Error('nothing is asked');
    expect(['0067', ' 0067 ', '0066', '', '67'].map((typed) => isConfirmed(asked, typed))).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
    const calls = { kind: 'liveCalls', account: subSid, name: '' } as const;
    expect(typedConfirmation([await plan('endLiveCalls', calls)])?.parts[0]?.of).toBe(subSid);
    const country = { kind: 'smsCountry', account: mainSid, name: '', iso: 'RU' } as const;
    const closing = await plan('closeSmsCountry', country);
    expect(typedConfirmation([closing])).toBeUndefined();
    const token = { kind: 'authToken', account: mainSid, name: '' } as const;
    const deleting = await plan('deleteApiKey', ...keys);
    const all = typedConfirmation([await plan('rotateAuthToken', token), closing, deleting]);
    if (!all) throw new Error('nothing is asked');
    const [tail, many] = [mainSid.slice(-4), `delete ${deleting.items.length} keys`];
    expect(askedText(all)).toBe(`the last four characters of ${mainSid}, and “${many}”`);
    // Each irreversible step has its part: one alone, or another count, confirms nothing.
    const tried = [
      `${tail}, ${many}`,
      `${tail.toUpperCase()}  ${many}`,
      tail,
      many,
      `${many}, ${tail}`,
      `${tail}, delete 99 keys`,
    ];
    expect(tried.map((typed) => isConfirmed(all, typed))).toEqual([true, true, false, false, false, false]);
    expect(actions.filter((one) => one.reversibility === 'irreversible' && !one.several).map(({ id }) => id)).toEqual([
      'releaseNumber',
    ]);
    // One action in several steps is one part; a number that is lost for good is confirmed by itself.
    const [one, ...others] = keys;
    if (!one) throw new Error('there are no keys');
    const apart = [await plan('deleteApiKey', one), await plan('deleteApiKey', ...others)];
    expect(typedConfirmation(apart)?.parts).toEqual([{ expected: many }]);
    const numbers = (await offered(at, 'releaseNumber')).map(({ target }) => target);
    const releasing = await plan('releaseNumber', ...numbers);
    expect(releasing.items.length).toBeGreaterThan(1);
    expect(typedConfirmation([releasing])?.parts).toEqual(
      releasing.items.map(({ target }) => ({ of: targetId(target), expected: targetId(target).slice(-4) })),
    );
  });
});

test('SIP user names, event sinks, usage triggers and rate limits are those of the account, with what they belong to', async () => {
  await withLevers(async (at) => {
    const [service] = at.world.mainAccount.verifyServices;
    if (service) service.rateLimits = [{ sid: sid('RK', 1), uniqueName: 'by_ip', created: noon, buckets: [] }];
    const told = async (id: string) =>
      (await offered(at, id)).map(({ label, description }) => `${label} (${description})`);
    // Twilio calls this list by a name that secrets have elsewhere.
    expect(await told('removeSipCredential')).toEqual(['desk1 (Office phones)', 'desk2 (Office phones)']);
    expect(await told('removeEventSink')).toEqual(['Event archive (DG…0065 · webhook · active)']);
    expect(await told('removeUsageTrigger')).toEqual(['Daily spend (UT…0065 · https://pharmacy.example/spend)']);
    expect(await told('removeVerifyLimit')).toEqual(['by_ip (Login)']);
    expect(await told('createReplacementKey')).toEqual(['A standard key (Replacement 2026-11-21T12:00Z)']);
    expect(await told('createUsageTrigger')).toEqual([]);
  });
});

test('countries with most above what was expected come first, and that is said', async () => {
  await withLevers(async (at) => {
    at.world.mainAccount.messages.change(sid('SM', 100), { to: '+79581110001' });
    const scope = { account: mainSid, main: mainSid, now: noon };
    const excess = new Map([['US', 4200]]);
    const from = { scope, name: connection.name, twilio: at.twilio, excess };
    const found = await candidates(action('closeSmsCountry'), from);
    expect(found.map(({ label, reason }) => [label, reason])).toEqual([
      ['United States', '4,200 messages more than expected'],
      ['Russia', '1 of the newest 5 messages'],
      ['United Kingdom', undefined],
    ]);
  });
});

test('SIP users and event sinks of the demo are offered, what an intruder left first', async () => {
  const world = createDemoWorld({ now: () => noon });
  const simulator = await startSimulator({ world });
  const { main, supportVoice } = demoStory.accounts;
  const twilio = createTwilio({
    connection: { ...connection, account: main },
    secret: demoCredential.authToken,
    mode: () => 'read-only',
    route: { kind: 'simulator', port: simulator.port },
    clock: { now: () => noon },
    random: () => 0,
    delay,
    log: { info: () => {}, error: () => {} },
  });
  const inDemo = async (id: string, account: AccountSid) => {
    const found = await candidates(action(id), { scope: { account, main, now: noon }, name: '', twilio });
    return found.map(({ label, reason }) => [label, reason]);
  };
  const first = [demoStory.intruderSipUser, 'Created 3 h ago'];
  expect((await inDemo('removeSipCredential', supportVoice))[0]).toEqual(first);
  const sinks = await inDemo('removeEventSink', main);
  expect(sinks).toEqual([
    [demoStory.intruderSink.description, 'Created 3 h ago'],
    ['Event archive', undefined],
  ]);
  twilio.dispose();
  await simulator.stop();
});
