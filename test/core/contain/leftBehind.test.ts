import { expect, test } from 'vitest';
import { type Takeover, takeoverOf } from '../../../src/core/contain/asked.ts';
import { makePlan } from '../../../src/core/contain/plan.ts';
import { suggestions } from '../../../src/core/contain/suggestions.ts';
import { UserError } from '../../../src/core/errors.ts';
import { actions } from '../../../src/core/registry.ts';
import { event, hour, mainSid, noon, sid, subSid } from '../../simulator/smallWorld.ts';
import { connection, type LeverWorld, withLevers } from './leverWorld.ts';

const day = 24 * hour;
const window = { from: noon - day, to: noon };
const sure: Takeover = { window, confirmed: true };
const foreign = { ip: '203.0.113.66', source: 'api' } as const;
const left = ['removeSipCredential', 'resetWebhooks', 'clearWebhooks', 'removeEventSink'];

/** The log knows the customer's own address since long ago; since an hour somebody else set things up, in both accounts. */
function intrude({ mainAccount, sub }: LeverWorld['world'], by: { readonly ip?: string } = foreign): void {
  for (const [index, account] of [mainAccount, sub].entries()) {
    const [number] = account.numbers;
    const credential = account.sipCredentials?.[1];
    const sink = account.sinks?.[0];
    if (!number || !credential || !sink) throw new Error('the world has too little in it');
    const rewrite = (previous: string, updated: string) => ({
      type: 'phone-number.updated',
      changes: { voice_url: { previous, updated } },
    });
    const named = (at: number, what: string, parts: Parameters<typeof event>[3]) =>
      event(sid('AE', 900 + 10 * index + account.events.length), at, what, parts);
    account.events.push(named(noon - 25 * day, account.sid, {}));
    account.events.push(
      named(noon - 9 * day, number.sid, rewrite('https://old.example', 'https://pharmacy.example/v')),
    );
    account.events.push(
      named(noon - hour, number.sid, { ...rewrite('https://pharmacy.example/v', 'https://evil.example'), ...by }),
    );
    account.events.push(
      named(noon - hour, number.sid, { ...rewrite('https://evil.example', 'https://evil.example/2'), ...by }),
    );
    Object.assign(number, { voiceUrl: 'https://evil.example/2' });
    Object.assign(credential, { created: noon - hour });
    Object.assign(sink, { created: noon - hour });
    account.events.push(named(noon - hour, credential.sid, { type: 'sip-credential.created', ...by }));
    account.events.push(named(noon - hour, sink.sid, { type: 'sink.created', ...by }));
  }
}

function all(at: LeverWorld, takeover: Takeover | undefined, attacked: boolean) {
  return suggestions(
    actions,
    { scope: { account: mainSid, main: mainSid, now: noon }, name: connection.name, twilio: at.twilio },
    attacked ? [{ account: subSid, name: 'Production OTP', excess: new Map([['RU', 412]]), onlyHere: new Set() }] : [],
    new Set(['account-takeover']),
    takeover,
  );
}
async function proposed(at: LeverWorld, takeover: Takeover | undefined, attacked = true) {
  const { steps } = await all(at, takeover, attacked);
  return steps.filter(({ action }) => left.includes(action.id));
}
const told = (steps: Awaited<ReturnType<typeof proposed>>) =>
  steps.map(({ action, targets: [target], picked }) => [action.id, target?.account, picked]);

test('a takeover is confirmed, likely, or none to look for traces of', () => {
  const of = (grade: 'confirmed' | 'likely' | 'possible') => takeoverOf([{ type: 'account-takeover', grade }], window);
  expect(of('confirmed')).toEqual({ window, confirmed: true });
  expect(of('likely')).toEqual({ window, confirmed: false });
  expect(of('possible')).toBeUndefined();
});

test('what a new address set up in the window is chosen, in the main account and where the fraud runs; clearing is offered beside resetting', async () => {
  await withLevers(async (at) => {
    intrude(at.world);
    const steps = await proposed(at, sure);
    expect(told(steps)).toEqual(
      left.flatMap((id) => [mainSid, subSid].map((account) => [id, account, id !== 'clearWebhooks'])),
    );
    expect(steps[0]?.reason).toMatch(/by API from 203\.0\.113\.66, an address new to the account$/);
    expect(at.changes()).toEqual([]);
  });
});

test('webhooks that were cleared here are nothing to take back; what somebody else did to the number before is', async () => {
  await withLevers(async (at) => {
    const { mainAccount } = at.world;
    const [number] = mainAccount.numbers;
    if (!number) throw new Error('the world has no number');
    const cleared = { voice_url: { previous: 'https://pharmacy.example/v', updated: '' } };
    const rewritten = { voice_url: { previous: 'https://pharmacy.example/v', updated: 'https://evil.example' } };
    const parts = { type: 'phone-number.updated', ...foreign };
    mainAccount.events.push(event(sid('AE', 990), noon - 25 * day, mainAccount.sid, {}));
    mainAccount.events.push(event(sid('AE', 991), noon - hour, number.sid, { ...parts, changes: cleared }));
    const own = { account: mainSid, target: number.sid, from: noon - hour, to: noon - hour + 1000 };
    const ownChanges = [{ ...own, action: 'clearWebhooks', after: { 'Voice URL': '' } }];
    const numbers = async (takeover: Takeover) =>
      (await proposed(at, takeover, false)).filter(({ action }) => action.on === 'phoneNumber').length;
    expect(await numbers(sure)).toBe(2);
    expect(await numbers({ ...sure, ownChanges })).toBe(0);
    mainAccount.events.push(event(sid('AE', 992), noon - 2 * hour, number.sid, { ...parts, changes: rewritten }));
    expect(await numbers({ ...sure, ownChanges })).toBe(2);
  });
});

test('a reset goes back to before the window, not to before an older change of the customer’s own', async () => {
  await withLevers(async (at) => {
    intrude(at.world);
    const [reset] = (await proposed(at, sure)).filter(({ action }) => action.id === 'resetWebhooks');
    if (!reset) throw new Error('no reset is proposed');
    const plan = await makePlan(reset.action, reset.targets, at.planning);
    expect(plan.items.map(({ requests }) => requests.map(({ form }) => form))).toEqual([
      [{ VoiceUrl: 'https://pharmacy.example/v' }],
    ]);
  });
});

test('a likely takeover, an address known from before, and a log that does not reach back choose nothing', async () => {
  await withLevers(async (at) => {
    intrude(at.world);
    const likely = await proposed(at, { window, confirmed: false });
    expect(likely).toHaveLength(8);
    expect(likely.filter(({ picked }) => picked)).toEqual([]);
    const long = await proposed(at, { window: { from: noon - 25 * day, to: noon }, confirmed: true });
    expect(long.filter(({ picked }) => picked)).toEqual([]);
  });
  await withLevers(async (at) => {
    intrude(at.world, {});
    const own = await proposed(at, sure);
    expect(own).toHaveLength(8);
    expect(own.filter(({ picked }) => picked)).toEqual([]);
  });
});

test('what was there before the window, and what no takeover is about, is not proposed', async () => {
  await withLevers(async (at) => {
    expect(await proposed(at, sure)).toEqual([]);
    intrude(at.world);
    expect(await proposed(at, undefined)).toEqual([]);
    expect(await proposed(at, { window: { from: noon - 3 * day, to: noon - 2 * day }, confirmed: true })).toEqual([]);
  });
});

test('an account that cannot be read hides nothing of the others: what is young is offered without being chosen, and it is told once', async () => {
  await withLevers(async (at) => {
    intrude(at.world);
    const twilio: LeverWorld['twilio'] = {
      ...at.twilio,
      page: async (request, cancel) => {
        if (request.operation === 'listEvents' && request.account === mainSid && !request.query?.['EventType'])
          throw new UserError('not-allowed', 'It may not be read.');
        return at.twilio.page(request, cancel);
      },
    };
    const { steps, unread } = await all({ ...at, twilio }, sure, false);
    expect(told(steps.filter(({ action }) => left.includes(action.id)))).toEqual([
      ['removeSipCredential', mainSid, false],
      ['removeSipCredential', subSid, true],
      ['resetWebhooks', subSid, true],
      ['clearWebhooks', subSid, false],
      ['removeEventSink', mainSid, false],
      ['removeEventSink', subSid, true],
    ]);
    expect(unread).toEqual(['Reset Webhooks of Number, in 1 of 2 accounts: It may not be read.']);
  });
});

test('only the webhooks of a subaccount are looked at where neither the fraud runs nor a new address was', async () => {
  await withLevers(async (at) => {
    intrude(at.world, {});
    const steps = await proposed(at, sure, false);
    expect(told(steps.filter(({ targets: [target] }) => target?.account === subSid))).toEqual([
      ['resetWebhooks', subSid, false],
      ['clearWebhooks', subSid, false],
    ]);
  });
});
