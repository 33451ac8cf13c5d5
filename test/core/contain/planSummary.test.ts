import { expect, test } from 'vitest';
import type { Plan } from '../../../src/core/contain/plan.ts';
import { makePlan } from '../../../src/core/contain/plan.ts';
import { plansText, stepTitle } from '../../../src/core/contain/planSummary.ts';
import { planText } from '../../../src/core/contain/planText.ts';
import type { Target } from '../../../src/core/contain/target.ts';
import { actions } from '../../../src/core/registry.ts';
import { mainSid, noon, sid, subSid } from '../../simulator/smallWorld.ts';
import { connection, type LeverWorld, withLevers } from './leverWorld.ts';

function plan(at: LeverWorld, id: string, ...targets: Target[]): Promise<Plan> {
  const action = actions.find((one) => one.id === id);
  if (!action) throw new Error(`no lever is called ${id}`);
  return makePlan(action, targets, at.planning);
}
const suspending: Target = { kind: 'subaccount', account: subSid, name: 'Production OTP', status: 'active' };
const rotating: Target = { kind: 'authToken', account: mainSid, name: 'Northwind Pharmacy' };
const closing = (account: typeof mainSid): Target => ({ kind: 'smsCountry', account, name: 'Russia', iso: 'RU' });

test('several steps begin with what they come to: requests, accounts, what stops, and what there is no way back from', async () => {
  await withLevers(async (at) => {
    at.world.sub.smsGeo.set('RU', true);
    const made = [
      await plan(at, 'rotateAuthToken', rotating),
      await plan(at, 'closeSmsCountry', closing(subSid)),
      await plan(at, 'suspendSubaccount', suspending),
    ];
    const text = plansText(made, connection, noon);
    const head = text.slice(0, text.indexOf('# Step 1'));
    const sent = made.flatMap(({ items }) => items).flatMap(({ sweep, requests }) => [...sweep, ...requests]).length;
    expect(head).toMatch(/^# 3 changes in 3 steps: nothing has been changed yet\n/);
    expect(head).toContain(`- Sends: ${sent} requests, and one more for each call under way that is found then\n`);
    expect(head).toContain(`\`Northwind Pharmacy\` (${mainSid}), the account signed in to`);
    expect(head).toContain(`\`Production OTP\` (${subSid}), a subaccount`);
    expect(head).toContain('- Cannot be undone: step 1\n');
    expect(head).toContain('- Perhaps not: step 2, ');
    expect(head).toContain(`- To confirm, you type the last four characters of ${mainSid}\n`);
    expect(head).toContain('   - Stops: `every program that signs with the old token, at once');
    expect(head).toContain('   - Stops: `everything Production OTP sends, receives and hosts');
    // Nothing of the steps themselves is left out.
    for (const { items } of made)
      for (const { target } of items)
        expect(text).toContain(`Exactly these requests are sent, for account ${target.account}`);
  });
});

test('each step is titled by what it acts on and where, so that no two read the same', async () => {
  await withLevers(async (at) => {
    at.world.sub.smsGeo.set('RU', true);
    const made = [
      await plan(at, 'closeSmsCountry', closing(mainSid)),
      await plan(at, 'closeSmsCountry', closing(subSid)),
      await plan(at, 'suspendSubaccount', suspending),
    ];
    expect(made.map(stepTitle)).toEqual([
      'Close Country for SMS: `Russia` in `Northwind Pharmacy`',
      'Close Country for SMS: `Russia` in `Production OTP`',
      'Suspend Subaccount: `Production OTP`',
    ]);
    const heads = plansText(made, connection, noon)
      .split('\n')
      .filter((line) => line.startsWith('# '));
    expect(heads.slice(1)).toEqual(made.map((one, index) => `# Step ${index + 1} of 3: ${stepTitle(one)}`));
  });
});

test('a step with nothing to do is counted apart, and one plan alone needs no summary', async () => {
  await withLevers(async (at) => {
    const nothing = await plan(at, 'deleteApiKey', {
      kind: 'apiKey',
      account: mainSid,
      name: 'gone',
      sid: sid('SK', 999),
    });
    const suspend = await plan(at, 'suspendSubaccount', suspending);
    const text = plansText([nothing, suspend], connection, noon);
    expect(text).toMatch(/^# \d+ changes? in 1 step: nothing/);
    expect(text).toContain('; 1 more step has nothing to do, and says why');
    expect(text).toContain('2. Suspend Subaccount: `Production OTP`');
    expect(plansText([suspend], connection, noon)).toBe(planText(suspend, connection, noon));
  });
});

test('names are inert in the summary', async () => {
  await withLevers(async (at) => {
    const evil = '[x](command:y)\n# Head';
    const made = [
      await plan(at, 'suspendSubaccount', { ...suspending, name: evil } as Target),
      await plan(at, 'rotateAuthToken', rotating),
    ];
    const heads = plansText(made, connection, noon)
      .split('\n')
      .filter((line) => line.startsWith('#'));
    expect(heads.filter((line) => /^# Head/.test(line))).toEqual([]);
  });
});
