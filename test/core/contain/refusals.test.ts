import { expect, test } from 'vitest';
import { applyPlan } from '../../../src/core/contain/apply.ts';
import { makePlan } from '../../../src/core/contain/plan.ts';
import type { Target } from '../../../src/core/contain/target.ts';
import { actions } from '../../../src/core/registry.ts';
import { hour, mainSid, noon, sid, subSid } from '../../simulator/smallWorld.ts';
import { connection, type LeverWorld, withLevers } from './leverWorld.ts';

async function plan(at: LeverWorld, id: string, ...targets: Target[]) {
  const action = actions.find((one) => one.id === id);
  if (!action) throw new Error(`no lever is called ${id}`);
  return makePlan(action, targets, at.planning);
}
const key = (number: number, account = mainSid): Target => ({
  kind: 'apiKey',
  account,
  name: 'key',
  sid: sid('SK', number),
});
const sms = (iso: string, account = mainSid): Target => ({ kind: 'smsCountry', account, name: iso, iso });
const ends = async (at: LeverWorld, made: Awaited<ReturnType<typeof plan>>) =>
  (await applyPlan(made, { connectionId: made.connectionId, ...at })).outcomes;

test('the key that signs is left alone, and the others are deleted', async () => {
  const as = { ...connection, credential: { kind: 'apiKey', keySid: sid('SK', 102) } as const };
  await withLevers(
    async (at) => {
      const made = await plan(at, 'deleteApiKey', key(101), key(102), key(103));
      expect(made.refused.map(({ target, reason }) => [target, reason])).toEqual([
        [key(102), expect.stringContaining('lock you out')],
      ]);
      expect((await ends(at, made)).map(({ result }) => result)).toEqual(['done', 'done']);
      expect(at.world.mainAccount.keys.map((one) => one.sid)).toEqual([sid('SK', 102)]);
    },
    { as, secret: `secret-of-${sid('SK', 102)}` },
  );
});

test('a key that this credential does not see is not called deleted', async () => {
  await withLevers(async (at) => {
    const made = await plan(at, 'deleteApiKey', key(999));
    expect(made.refused[0]?.reason).toContain('does not show it');
  });
});

test('a high-risk country is refused before anything is sent, with the place in the Console', async () => {
  await withLevers(async (at) => {
    at.world.mainAccount.smsGeo.set('NG', true);
    const made = await plan(at, 'closeSmsCountry', sms('NG'), sms('RU'));
    expect(made.refused[0]?.reason).toContain('console.twilio.com');
    expect((await ends(at, made)).map(({ result }) => result)).toEqual(['done']);
  });
});

test('HTTP 200 with an error for the country is refused, and the next country is tried all the same', async () => {
  await withLevers(async (at) => {
    const made = await plan(at, 'closeSmsCountry', sms('RU'), sms('GB'));
    const twilio = {
      ...at.twilio,
      async send(...request: Parameters<typeof at.twilio.send>) {
        if (!JSON.stringify(request).includes('RU')) return at.twilio.send(...request);
        const refusal = { country_code: 'RU', error_code: 30649 };
        return {
          ...(await at.twilio.page({ operation: 'fetchAccount', account: mainSid })),
          body: { permissions: [refusal] },
        };
      },
    };
    const outcomes = await ends({ ...at, twilio }, made);
    expect(outcomes.map(({ result }) => result)).toEqual(['refused', 'done']);
    expect(outcomes[0]?.sentence).toContain('30649');
  });
});

test('a subaccount that follows the main account’s dialing permissions is sent there', async () => {
  await withLevers(async (at) => {
    const target: Target = { kind: 'voiceCountry', account: subSid, name: 'Latvia', iso: 'LV' };
    expect((await plan(at, 'closeVoiceCountry', target)).refused[0]?.reason).toContain(
      'follows the dialing permissions',
    );
  });
});

test('an API key may not rotate the token', async () => {
  const as = { ...connection, credential: { kind: 'apiKey', keySid: sid('SK', 102) } as const };
  await withLevers(
    async (at) => {
      const made = await plan(at, 'rotateAuthToken', { kind: 'authToken', account: mainSid, name: '' });
      expect(made.refused[0]?.reason).toContain('Sign in with the Account SID and Auth Token');
    },
    { as, secret: `secret-of-${sid('SK', 102)}` },
  );
});

test('calls that begin after the plan was made are ended too, and one that ended by itself is no failure', async () => {
  await withLevers(async (at) => {
    const made = await plan(at, 'endLiveCalls', { kind: 'liveCalls', account: subSid, name: '' });
    at.world.sub.calls.change(sid('CA', 201), { status: 'in-progress', duration: 0, at: noon - hour });
    const page = at.twilio.page.bind(at.twilio);
    const twilio = {
      ...at.twilio,
      async page(...request: Parameters<typeof page>) {
        const reply = await page(...request);
        at.world.sub.calls.change(sid('CA', 202), { status: 'completed' });
        return reply;
      },
    };
    expect((await ends({ ...at, twilio }, made)).map(({ result }) => result)).toEqual(['done']);
    expect(at.changes().some((line) => line.includes(sid('CA', 201)))).toBe(true);
  });
});

test('calls that keep coming are never called ended, and the rounds are limited', async () => {
  await withLevers(async (at) => {
    const made = await plan(at, 'endLiveCalls', { kind: 'liveCalls', account: subSid, name: '' });
    const send = at.twilio.send.bind(at.twilio);
    const twilio = {
      ...at.twilio,
      async send(...request: Parameters<typeof send>) {
        const reply = await send(...request);
        at.world.sub.calls.change(sid('CA', 202), { status: 'in-progress', duration: 0 });
        return reply;
      },
    };
    expect((await ends({ ...at, twilio }, made)).map(({ result }) => result)).toEqual(['unknown']);
    expect(at.changes()).toHaveLength(5);
    expect(at.records.filter(({ type }) => type === 'intent')).toHaveLength(5);
  });
});

test('a Main key that sees no calls of a subaccount suspends it all the same, and says so', async () => {
  const as = { ...connection, credential: { kind: 'apiKey', keySid: sid('SK', 102) } as const };
  await withLevers(
    async (at) => {
      const made = await plan(at, 'suspendSubaccount', {
        kind: 'subaccount',
        account: subSid,
        name: '',
        status: 'active',
      });
      expect(made.items[0]?.blastRadius.at(-1)?.value).toContain('could not be read');
      expect((await ends(at, made)).map(({ result }) => result)).toEqual(['done']);
    },
    { as, secret: `secret-of-${sid('SK', 102)}` },
  );
});

test('the new token is kept before the old one is given up, signs from then on, and is nowhere in the record', async () => {
  await withLevers(async (at) => {
    const made = await plan(at, 'rotateAuthToken', { kind: 'authToken', account: mainSid, name: '' });
    const send = at.twilio.send.bind(at.twilio);
    const keptAtPromotion: number[] = [];
    const twilio = {
      ...at.twilio,
      async send(...request: Parameters<typeof send>) {
        if (request[0].operation === 'promoteSecondaryToken') keptAtPromotion.push(at.kept.length);
        return send(...request);
      },
    };
    expect((await ends({ ...at, twilio }, made)).map(({ result }) => result)).toEqual(['done']);
    expect(keptAtPromotion).toEqual([1]);
    const token = at.world.mainAccount.authToken;
    expect(at.kept.map(({ kind, secret }) => [kind, secret])).toEqual([
      ['secondaryToken', token],
      ['token', token],
    ]);
    expect(JSON.stringify(at.records)).not.toContain(token);
    expect((await at.twilio.page({ operation: 'listMessages', account: mainSid })).status).toBe(200);
  });
});
