import { describe, expect, test } from 'vitest';
import { applyPlan } from '../../../src/core/contain/apply.ts';
import { interruptedIn, settleInterrupted } from '../../../src/core/contain/interrupted.ts';
import { makePlan } from '../../../src/core/contain/plan.ts';
import { actions } from '../../../src/core/registry.ts';
import { operations } from '../../../src/core/twilio/operations.ts';
import { actionOf, type LeverCase, leverCases } from './leverCases.ts';
import { connection, held, type LeverWorld, withLevers } from './leverWorld.ts';

/** The process ends here: nothing that was to come happens, in this step or in any other. */
class Crash extends Error {}

/** `before`: what the step was to do is not done. `after`: it is done, and nobody hears of it. */
type When = 'before' | 'after';

/** The same ports, until the process ends at a step: a read, a change or a record. */
function mortal(at: LeverWorld, step: number, when: When) {
  let steps = 0;
  let dead = false;
  async function through<T>(work: () => Promise<T>): Promise<T> {
    if (dead) throw new Crash();
    const own = steps;
    steps += 1;
    if (own !== step) return work();
    dead = true;
    if (when === 'after') await work().catch(() => undefined);
    throw new Crash();
  }
  return {
    isDead: () => dead,
    context: {
      ...at,
      connectionId: connection.id,
      twilio: {
        page: (...request: Parameters<LeverWorld['twilio']['page']>) => through(() => at.twilio.page(...request)),
        send: (...request: Parameters<LeverWorld['twilio']['send']>) => through(() => at.twilio.send(...request)),
      },
      journal: {
        append: (entry: Parameters<LeverWorld['journal']['append']>[0]) => through(() => at.journal.append(entry)),
      },
    },
  };
}

/** Uses the lever and ends the process at the step; false when there was no such step. */
async function crashAt(one: LeverCase, at: LeverWorld, step: number, when: When): Promise<boolean> {
  one.prepare?.(at.world);
  const plan = await makePlan(actionOf(one), [one.target], at.planning);
  const { context, isDead } = mortal(at, step, when);
  await applyPlan(plan, context).catch((reason: unknown) => expect(reason).toBeInstanceOf(Crash));
  return isDead();
}

/** What the record says must be what Twilio holds, and nothing may have happened that it does not know of. */
function expectTheTruth(one: LeverCase, at: LeverWorld, before: ReturnType<typeof held>): void {
  const intents = at.records.filter(({ type }) => type === 'intent');
  const outcomes = at.records.filter(({ type }) => type === 'outcome');
  if (at.acted() > 0) expect(intents.length).toBeGreaterThan(0);
  if (intents.length > 0) expect(outcomes).toHaveLength(1);
  for (const { result } of outcomes) {
    if (result === 'done') expect(one.isDone(at.world)).toBe(true);
    else expect(one.isDone(at.world)).toBe(false);
    if (result === 'refused') expect(held(at.world)).toEqual(before);
  }
}

const most = 60;

describe.each(leverCases.map((one) => [one.action, one] as const))('a crash at any step of %s', (_, one) => {
  test.each(['before', 'after'] as const)(
    '%s it takes place is settled by reading, and nothing is sent again',
    async (when) => {
      let crashes = 0;
      for (let step = 0; step < most; step += 1) {
        let crashed = false;
        await withLevers(async (at) => {
          crashed = await crashAt(one, at, step, when);
          const before = held(at.world);
          const sent = at.changes().length;
          await settleInterrupted(interruptedIn(at.records, actions), at);
          expectTheTruth(one, at, before);
          expect(at.changes()).toHaveLength(sent);
        });
        if (!crashed) break;
        crashes += 1;
      }
      // Read, record, send, read back, record.
      expect(crashes).toBeGreaterThanOrEqual(5);
      expect(crashes).toBeLessThan(most);
    },
  );

  test('and another while that is settled lose nothing', async () => {
    for (let step = 0; step < most; step += 1) {
      let crashed = false;
      await withLevers(async (at) => {
        await crashAt(one, at, 4, 'after');
        const before = held(at.world);
        const { context, isDead } = mortal(at, step, 'after');
        await settleInterrupted(interruptedIn(at.records, actions), context).catch(() => undefined);
        crashed = isDead();
        await settleInterrupted(interruptedIn(at.records, actions), at);
        expectTheTruth(one, at, before);
      });
      if (!crashed) break;
    }
  });
});

describe.each(leverCases.map((one) => [one.action, one] as const))('a reply to %s that never comes', (_, one) => {
  const faults = [
    ...[true, false].flatMap((acted) => [
      { kind: 'reset', acted } as const,
      { kind: 'serverError', status: 500, acted } as const,
      { kind: 'serverError', status: 503, acted } as const,
    ]),
    { kind: 'hang', acted: true } as const,
    { kind: 'html' } as const,
  ];
  test.each(faults)('%j: what Twilio holds decides, and it is sent once', async (fault) => {
    await withLevers(async (at) => {
      one.prepare?.(at.world);
      const plan = await makePlan(actionOf(one), [one.target], at.planning);
      const requests = plan.items.flatMap((item) => [...item.sweep, ...item.requests]).length;
      const last = plan.items.flatMap(({ requests }) => requests).at(-1)?.operation ?? 'endCall';
      at.simulator.faults.add({ fault, operationId: operations[last].operationId, times: 1 });
      const { outcomes } = await applyPlan(plan, { connectionId: connection.id, ...at });
      const [outcome] = outcomes;
      expect(outcome?.result === 'done').toBe(one.isDone(at.world));
      // A sweep finds what is still there and asks once more; everything else is asked once.
      if (!plan.action.sweep) expect(at.changes()).toHaveLength(requests);
    });
  });
});
