import { expect, test } from 'vitest';
import { sureTypes } from '../../../src/core/contain/asked.ts';
import type { AttackedAccount } from '../../../src/core/contain/excess.ts';
import { suggestions } from '../../../src/core/contain/suggestions.ts';
import { actions } from '../../../src/core/registry.ts';
import type { FraudType } from '../../../src/core/validate/signal.ts';
import { hour, mainSid, noon, sid, subSid } from '../../simulator/smallWorld.ts';
import { connection, type LeverWorld, withLevers } from './leverWorld.ts';

const offered = (at: LeverWorld, attacked: readonly AttackedAccount[], ...types: FraudType[]) =>
  suggestions(
    actions,
    { scope: { account: mainSid, main: mainSid, now: noon }, name: connection.name, twilio: at.twilio },
    attacked,
    new Set(types),
  );
const attackedSub = (onlyHere: readonly string[]): AttackedAccount => ({
  account: subSid,
  name: 'Production OTP',
  excess: new Map([['RU', 412]]),
  onlyHere: new Set(onlyHere),
});
const picked = ({ steps }: Awaited<ReturnType<typeof offered>>) =>
  steps.filter((step) => step.picked).map(({ action, targets }) => [action.id, targets[0]?.account, targets.length]);

test('only what is confirmed or likely chooses steps', () => {
  const verdicts = [
    { type: 'sms-pumping', grade: 'confirmed' },
    { type: 'toll-fraud', grade: 'possible' },
    { type: 'account-takeover', grade: 'likely' },
    { type: 'smishing', grade: 'cannot tell' },
  ] as const;
  expect([...sureTypes(verdicts)]).toEqual(['sms-pumping', 'account-takeover']);
});

test('without a verdict nothing is chosen beforehand', async () => {
  await withLevers(async (at) => {
    expect(picked(await offered(at, [attackedSub(['RU'])]))).toEqual([]);
  });
});

test('pumping closes the country where it surges, and in the main account where nobody else sends there; credentials are left alone', async () => {
  await withLevers(async (at) => {
    expect(picked(await offered(at, [attackedSub(['RU'])], 'sms-pumping'))).toEqual([
      ['closeSmsCountry', subSid, 1],
      ['closeSmsCountry', mainSid, 1],
    ]);
    expect(picked(await offered(at, [attackedSub([])], 'sms-pumping'))).toEqual([['closeSmsCountry', subSid, 1]]);
  });
});

test('a takeover with pumping asks for token, replacement, all keys, the country and the suspension of the subaccount that is used', async () => {
  await withLevers(async (at) => {
    expect(picked(await offered(at, [attackedSub([])], 'account-takeover', 'sms-pumping'))).toEqual([
      ['rotateAuthToken', mainSid, 1],
      ['createReplacementKey', mainSid, 1],
      ['deleteApiKey', mainSid, 3],
      ['closeSmsCountry', subSid, 1],
      ['suspendSubaccount', subSid, 1],
    ]);
    expect(at.changes()).toEqual([]);
  });
});

test('toll fraud of a subaccount closes the country in the account whose permissions decide, and ends the calls under way', async () => {
  await withLevers(async (at) => {
    const { mainAccount, sub } = at.world;
    for (const { sid: call } of [...mainAccount.calls.newestFirst(0, noon)])
      mainAccount.calls.change(call, { to: '+14155550199' });
    for (const { sid: call } of [...sub.calls.newestFirst(0, noon)])
      sub.calls.change(call, { to: '+37190012345', direction: 'outbound-api' });
    const { steps } = await offered(at, [], 'toll-fraud');
    const closing = steps.filter(({ action }) => action.id === 'closeVoiceCountry');
    expect(closing.map(({ label, reason, targets }) => [label, reason, targets[0]?.account])).toEqual([
      [
        'Latvia, in Northwind Pharmacy',
        expect.stringMatching(/^LV · \d+ of the newest calls of Production OTP go where toll fraud goes$/),
        // The simulated subaccount follows the main account.
        mainSid,
      ],
    ]);
    expect(picked({ steps, unread: [] })).toEqual([
      ['closeVoiceCountry', mainSid, 1],
      ['endLiveCalls', subSid, 1],
    ]);
  });
});

test('ordinary calls make no country look attacked', async () => {
  await withLevers(async (at) => {
    for (const account of [at.world.mainAccount, at.world.sub])
      for (const { sid: call } of [...account.calls.newestFirst(0, noon)])
        account.calls.change(call, { to: '+442079460000', direction: 'outbound-api' });
    const { steps } = await offered(at, [], 'toll-fraud');
    expect(picked({ steps, unread: [] })).toEqual([]);
  });
});

test('keys made lately are one decision and all of them another', async () => {
  await withLevers(async (at) => {
    const [first, second] = at.world.mainAccount.keys;
    if (!first || !second) throw new Error('the world has no keys');
    Object.assign(first, { created: noon - hour });
    Object.assign(second, { created: noon - 2 * hour });
    const { steps } = await offered(at, []);
    const own = steps.filter(({ action }) => action.id === 'deleteApiKey');
    expect(own.map(({ label, reason, targets }) => [label, reason, targets.length])).toEqual([
      ['The 2 made lately', `${first.friendlyName}, ${second.friendlyName}`, 2],
      ['All 3, but the one in use', `Made lately: ${first.friendlyName}, ${second.friendlyName}`, 3],
    ]);
    expect(own[0]?.targets.map((target) => target.kind === 'apiKey' && target.sid)).toEqual([
      sid('SK', 101),
      sid('SK', 102),
    ]);
  });
});
