import { describe, expect, test } from 'vitest';
import { sureTypes } from '../../../src/core/contain/asked.ts';
import type { AttackedAccount } from '../../../src/core/contain/excess.ts';
import { mergedKeys } from '../../../src/core/contain/keySteps.ts';
import { suggestions } from '../../../src/core/contain/suggestions.ts';
import { targetId } from '../../../src/core/contain/target.ts';
import { actions } from '../../../src/core/registry.ts';
import type { FraudType } from '../../../src/core/validate/signal.ts';
import { hour, mainSid, noon, sid, subSid } from '../../simulator/smallWorld.ts';
import { connection, type LeverWorld, withLevers } from './leverWorld.ts';

/** `more`: how sure an account takeover is, and the key that signs. */
const offering = (
  at: LeverWorld,
  attacked: readonly AttackedAccount[],
  types: readonly FraudType[],
  more: { readonly confirmed?: boolean; readonly keyInUse?: string; readonly ownKeys?: ReadonlySet<string> } = {},
) =>
  suggestions(
    actions,
    {
      scope: { account: mainSid, main: mainSid, now: noon, ...(more.ownKeys && { ownKeys: more.ownKeys }) },
      name: connection.name,
      twilio: at.twilio,
      ...(more.keyInUse !== undefined && { keyInUse: more.keyInUse }),
    },
    attacked,
    new Set(types),
    more.confirmed === undefined
      ? undefined
      : { window: { from: noon - 2 * hour, to: noon }, confirmed: more.confirmed },
  );
const offered = (at: LeverWorld, attacked: readonly AttackedAccount[], ...types: FraudType[]) =>
  offering(at, attacked, types);
const attackedSub = (onlyHere: readonly string[]): AttackedAccount => ({
  account: subSid,
  name: 'Production OTP',
  excess: new Map([['RU', 412]]),
  onlyHere: new Set(onlyHere),
});
/** Forty more keys in the main account; `sample` is its first. */
function withManyKeys({ world }: LeverWorld) {
  const { keys } = world.mainAccount;
  const [sample] = keys;
  if (!sample) throw new Error('the world has no keys');
  for (let number = 200; number < 240; number += 1)
    keys.push({ ...sample, sid: sid('SK', number), friendlyName: `key ${number}` });
  return { keys, sample };
}

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
    const found = await offering(at, [attackedSub([])], ['account-takeover', 'sms-pumping'], { confirmed: true });
    expect(picked(found)).toEqual([
      ['rotateAuthToken', mainSid, 1],
      ['createReplacementKey', mainSid, 1],
      ['deleteApiKey', mainSid, 1],
      ['deleteApiKey', mainSid, 1],
      ['deleteApiKey', mainSid, 1],
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

describe('keys', () => {
  const keysOf = ({ steps }: Awaited<ReturnType<typeof offered>>) =>
    steps.filter(({ action }) => action.id === 'deleteApiKey');
  const told = (found: Awaited<ReturnType<typeof offered>>) =>
    keysOf(found).map(({ label, picked: chosen, targets }) => [label, chosen, targets.length]);

  test('are a step each, with what marks them or that nothing does, those that are marked first', async () => {
    await withLevers(async (at) => {
      const [first, second, third] = at.world.mainAccount.keys;
      if (!first || !second || !third) throw new Error('the world has no keys');
      Object.assign(second, { created: noon - hour });
      const own = keysOf(await offering(at, [], ['account-takeover'], { confirmed: true }));
      expect(own.map(({ label }) => label)).toEqual([second, first, third].map(({ friendlyName }) => friendlyName));
      expect(own[0]?.reason).toMatch(/^Created 1 h ago.* · last use unknown · 1 h old · Main · SK…\w+$/);
      expect(own[1]?.reason).toMatch(/^no indicator · last use unknown · .* · Standard · SK…\w+$/);
      expect(at.changes()).toEqual([]);
    });
  });

  test('are all chosen when a takeover is confirmed, those marked when it is likely, none without one, and never the one in use', async () => {
    await withLevers(async (at) => {
      const [first, second, third] = at.world.mainAccount.keys;
      if (!first || !second || !third) throw new Error('the world has no keys');
      Object.assign(second, { created: noon - hour });
      const names = [second, first, third].map(({ friendlyName }) => friendlyName);
      const chosen = (...flags: boolean[]) => names.map((name, place) => [name, flags[place] ?? false, 1]);
      const takeover = ['account-takeover'] as const;
      expect(told(await offering(at, [], takeover, { confirmed: true }))).toEqual(chosen(true, true, true));
      expect(told(await offering(at, [], takeover, { confirmed: false }))).toEqual(chosen(true, false, false));
      expect(told(await offering(at, [], ['sms-pumping']))).toEqual(chosen(false, false, false));
      const own = await offering(at, [], takeover, { confirmed: true, keyInUse: first.sid });
      expect(told(own)).toEqual(chosen(true, false, true));
      expect(keysOf(own)[1]?.reason).toContain('in use by this sign-in');
    });
  });

  test('made here to replace the others are left alone, also among many', async () => {
    await withLevers(async (at) => {
      const { keys, sample } = withManyKeys(at);
      Object.assign(sample, { created: noon - hour });
      const made = new Set([sample.sid, sid('SK', 239)]);
      const found = keysOf(await offering(at, [], ['account-takeover'], { confirmed: true, ownKeys: made }));
      const chosen = found.filter((step) => step.picked).flatMap(({ targets }) => targets.map(targetId));
      expect(new Set(chosen)).toEqual(new Set(keys.map((key) => key.sid).filter((one) => !made.has(one))));
      expect(found.find(({ targets }) => targets.some((one) => targetId(one) === sample.sid))?.reason).toContain(
        'made by you with this extension, so it is left alone',
      );
    });
  });

  test('of which there are many are told one by one as far as somebody vouches for each, the rest together', async () => {
    await withLevers(async (at) => {
      const { keys } = withManyKeys(at);
      const found = await offering(at, [], ['account-takeover'], { confirmed: true });
      expect(told(found)).toHaveLength(21);
      expect(told(found).at(-1)).toEqual([`The other ${keys.length - 20}`, true, keys.length - 20]);
      const all = keysOf(found).flatMap(({ targets }) => targets.map(targetId));
      expect(new Set(all)).toEqual(new Set(keys.map((key) => key.sid)));
    });
  });

  test('that are chosen are deleted in one plan, in the place of the first', async () => {
    await withLevers(async (at) => {
      const { steps } = await offering(at, [], ['account-takeover'], { confirmed: true });
      const merged = mergedKeys(steps.filter((step) => step.picked));
      expect(merged.map(({ action, targets }) => [action.id, targets.length])).toEqual([
        ['rotateAuthToken', 1],
        ['createReplacementKey', 1],
        ['deleteApiKey', 3],
      ]);
    });
  });
});
