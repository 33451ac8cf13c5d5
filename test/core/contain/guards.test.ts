import { describe, expect, test } from 'vitest';
import { applyPlan } from '../../../src/core/contain/apply.ts';
import { mostTargets } from '../../../src/core/contain/plan.ts';
import { planLifetime } from '../../../src/core/contain/planAge.ts';
import { UserError } from '../../../src/core/errors.ts';
import type { AccountSid } from '../../../src/core/model/sid.ts';
import { sid } from '../../simulator/smallWorld.ts';
import { type DirectLever, directLever } from './directLevers.ts';
import { type LeverCase, leverCases } from './leverCases.ts';
import { thingOf } from './targetWorld.ts';

type End = (at: DirectLever, one: LeverCase) => Promise<readonly string[]>;

/** How each item ended; a plan that is refused as a whole ends as the code says. */
async function apply(at: DirectLever, plan: Parameters<DirectLever['apply']>[0]): Promise<readonly string[]> {
  try {
    return await at.apply(plan);
  } catch (reason) {
    if (reason instanceof UserError) return [reason.code];
    throw reason;
  }
}

const view = ({ world }: DirectLever, { target }: LeverCase) => JSON.stringify(thingOf(world, target).view() ?? null);

/** Somebody changes the target: to what is not wanted either, where there are more than two states. */
function change(at: DirectLever, one: LeverCase): void {
  const before = view(at, one);
  one.interfere?.(at.world);
  for (let way = 0; way < 8 && view(at, one) === before; way += 1) thingOf(at.world, one.target).change(way);
  if (view(at, one) === before) thingOf(at.world, one.target).remove();
  expect(view(at, one)).not.toBe(before);
}

/** What is not there cannot go: then its account does. */
function remove(at: DirectLever, { target }: LeverCase): void {
  const thing = thingOf(at.world, target);
  const before = JSON.stringify(thing.view() ?? null);
  thing.remove();
  const account = at.world.accounts.get(target.account);
  if (JSON.stringify(thing.view() ?? null) === before && account) account.status = 'closed';
}

const ends: Readonly<Record<string, End>> = {
  async changed(at, one) {
    const plan = await at.plan();
    change(at, one);
    return apply(at, plan);
  },
  async gone(at, one) {
    const plan = await at.plan();
    remove(at, one);
    return apply(at, plan);
  },
  async 'already so'(at) {
    const [plan, other] = [await at.plan(), await at.plan()];
    await at.apply(other);
    const done = at.twilio.changes.length;
    const end = await apply(at, plan);
    at.twilio.changes.splice(0, done);
    return end;
  },
  async 'of another account'(at) {
    const plan = await at.plan();
    return apply({ ...at, apply: (made) => applyAs('another', at, made) }, plan);
  },
  async expired(at) {
    const plan = await at.plan();
    at.world.setNow(at.world.now() + planLifetime + 1);
    return apply(at, plan);
  },
  async replayed(at) {
    const plan = await at.plan();
    await at.apply(plan);
    at.twilio.changes.splice(0);
    return [...(await apply(at, plan)), ...(await apply(at, { ...plan, id: 'a copy' }))];
  },
};

async function applyAs(connectionId: string, at: DirectLever, plan: Parameters<DirectLever['apply']>[0]) {
  return (await applyPlan(plan, { ...at.context, connectionId })).outcomes.map(({ result }) => result);
}

/** What they are about changes by itself. */
const restless = ['endLiveCalls', 'cancelScheduledMessages'];

describe.each(Object.entries(ends))('a plan whose target is %s, or that is so itself', (what, end) => {
  const cases = leverCases.filter(({ action }) => what !== 'changed' || !restless.includes(action));
  test.each(cases.map((one) => [one.action, one] as const))('%s: sends nothing', async (_, one) => {
    const at = directLever(one);
    const results = await end(at, one);
    expect(at.twilio.changes).toEqual([]);
    expect(results.length).toBeGreaterThan(0);
    // What speaks against the plan itself is told before any target is looked at.
    const isOfPlan = ['of another account', 'expired', 'replayed'].includes(what);
    const expected = isOfPlan ? ['state-moved'] : ['refused', 'already'];
    expect(results.filter((result) => !expected.includes(result))).toEqual([]);
  });
});

test.each(leverCases.map((one) => [one.action, one] as const))(
  '%s in an account of somebody else is not planned',
  async (_, one) => {
    const at = directLever(one);
    const plan = await at.plan([{ ...one.target, account: sid('AC', 77) as AccountSid }]);
    expect([plan.items, at.twilio.changes]).toEqual([[], []]);
    expect(plan.refused).toHaveLength(1);
  },
);

test('the token of an account that is not active is not rotated, because its own requests are refused', async () => {
  for (const one of leverCases.filter(({ action }) => action === 'rotateAuthToken').slice(1)) {
    const at = directLever(one);
    at.world.sub.status = 'suspended';
    expect((await at.plan()).refused[0]?.reason).toContain('when the account is active again');
  }
});

test('a plan for more than anybody reviews is not made, and reads nothing', async () => {
  for (const one of leverCases.filter(({ action }) => action === 'deleteApiKey')) {
    const at = directLever(one);
    const keys = (many: number) =>
      Array.from({ length: many }, (_, place) => ({ ...one.target, sid: sid('SK', place) }));
    await expect(at.plan(keys(mostTargets + 1))).rejects.toThrow('choose fewer');
    expect([at.twilio.reads(), at.twilio.changes]).toEqual([0, []]);
    expect((await at.plan(keys(mostTargets))).refused).toHaveLength(mostTargets - 3);
  }
});
