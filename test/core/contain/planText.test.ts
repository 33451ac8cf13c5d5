import { expect, test } from 'vitest';
import { cliText } from '../../../src/core/contain/cliText.ts';
import { makePlan } from '../../../src/core/contain/plan.ts';
import { isExpired, planLifetime } from '../../../src/core/contain/planAge.ts';
import { captureText, planText } from '../../../src/core/contain/planText.ts';
import type { Target } from '../../../src/core/contain/target.ts';
import { actions } from '../../../src/core/registry.ts';
import { mainSid, noon, subSid } from '../../simulator/smallWorld.ts';
import { connection, type LeverWorld, withLevers } from './leverWorld.ts';

async function plan(at: LeverWorld, id: string, ...targets: Target[]) {
  const action = actions.find((one) => one.id === id);
  if (!action) throw new Error(`no lever is called ${id}`);
  return makePlan(action, targets, at.planning);
}
const text = async (at: LeverWorld, id: string, ...targets: Target[]) =>
  planText(await plan(at, id, ...targets), connection, noon);
const russia = (account = subSid): Target => ({ kind: 'smsCountry', account, name: 'Russia', iso: 'RU' });

test('a plan names the account it acts on, and the one signed in to', async () => {
  await withLevers(async (at) => {
    at.world.sub.smsGeo.set('RU', true);
    const own = await text(at, 'closeSmsCountry', russia());
    expect(own).toContain(`- Acts on: \`Production OTP\` (${subSid}), a subaccount`);
    expect(own).toContain(`- Signed in as: \`Northwind Pharmacy\` (${mainSid})`);
    const two = await text(at, 'closeSmsCountry', russia(), russia(mainSid));
    expect(two).toContain(`\`Northwind Pharmacy\` (${mainSid}), the account signed in to`);
  });
});

test('what the demo promises of an undo ends with the demo', async () => {
  await withLevers(async (at) => {
    const closing = await plan(at, 'closeSmsCountry', russia());
    const made = { ...closing, action: { ...closing.action, reversibility: 'reversible' as const } };
    expect(planText(made, { ...connection, demo: false }, noon)).toContain('also after a reload and in another window');
    const demo = planText(made, { ...connection, demo: true }, noon);
    expect(demo).toContain('until the demo is started anew');
    expect(demo).not.toContain('after a reload');
  });
});

test('an account whose name cannot be read is named by its SID, and the plan is made all the same', async () => {
  await withLevers(async (at) => {
    const made = await plan(at, 'closeSmsCountry', russia());
    expect(planText({ ...made, accounts: [{ account: subSid, name: '' }] }, connection, noon)).toContain(
      `- Acts on: ${subSid}, a subaccount`,
    );
  });
});

test('requests that name no account say whose they are, in the plan and as commands', async () => {
  await withLevers(async (at) => {
    const made = await plan(at, 'rotateAuthToken', { kind: 'authToken', account: subSid, name: 'Production OTP' });
    expect(planText(made, connection, noon)).toContain(
      `Exactly these requests are sent, for account ${subSid}:\n\n    POST https://accounts.twilio.com/v1/AuthTokens/Secondary\n`,
    );
    expect(cliText(made).split('\n')[0]).toBe(`# with a profile of account ${subSid}:`);
    const named = await plan(at, 'suspendSubaccount', {
      kind: 'subaccount',
      account: subSid,
      name: 'Production OTP',
      status: 'active',
    });
    expect(cliText(named)).not.toContain('#');
  });
});

test('suspending says what can no longer be read afterwards', async () => {
  await withLevers(async (at) => {
    const target = { kind: 'subaccount', account: subSid, name: 'Production OTP', status: 'active' } as const;
    expect(await text(at, 'suspendSubaccount', target)).toMatch(
      /Can no longer be read: .*audit log.*Collect its evidence first/,
    );
  });
});

test('a plan is good for ten minutes, and not when the clock was set back by more', () => {
  const created = noon;
  expect(
    [0, planLifetime, planLifetime + 1, -planLifetime, -planLifetime - 1].map((after) =>
      isExpired({ created }, created + after),
    ),
  ).toEqual([false, false, true, false, true]);
});

test('what is captured before the first request is told, and when nothing is, why', () => {
  expect(captureText(true, true)).toContain('two seconds at most');
  expect(captureText(true, false)).toContain('none is open');
  expect(captureText(false, true)).toContain('as you chose');
});
