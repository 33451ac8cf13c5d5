import { describe, expect, test } from 'vitest';
import { applyPlan } from '../../../src/core/contain/apply.ts';
import { makePlan, type Plan } from '../../../src/core/contain/plan.ts';
import { planLifetime } from '../../../src/core/contain/planAge.ts';
import { planText } from '../../../src/core/contain/planText.ts';
import { undoable } from '../../../src/core/contain/undo.ts';
import { actions } from '../../../src/core/registry.ts';
import { describe as spell } from '../../../src/core/twilio/request.ts';
import { actionOf, type LeverCase, leverCases } from './leverCases.ts';
import { connection, held, type LeverWorld, withLevers } from './leverWorld.ts';

const planned = (plan: Plan) => plan.items.flatMap(({ sweep, requests }) => [...sweep, ...requests].map(spell));

/** What Twilio makes gets a SID that nobody can know before. */
const nameless = (line: string) => line.replace(/RK[0-9a-f]{32}/, 'RK…');

async function prepared(one: LeverCase, run: (at: LeverWorld, plan: Plan) => Promise<void>): Promise<void> {
  await withLevers(async (at) => {
    one.prepare?.(at.world);
    await run(at, await makePlan(actionOf(one), [one.target], at.planning));
  });
}

const apply = async (at: LeverWorld, plan: Plan) =>
  (await applyPlan(plan, { connectionId: connection.id, ...at })).outcomes.map(({ result }) => result);

test('every registered lever is tried here', () => {
  expect(actions.map(({ id }) => id).filter((id) => !leverCases.some(({ action }) => action === id))).toEqual([]);
});

describe.each(leverCases.map((one) => [one.action, one] as const))('%s', (_, one) => {
  test('is planned without changing anything, and the plan names each request', async () => {
    await prepared(one, async (at, plan) => {
      expect(plan.items).toHaveLength(1);
      expect(at.changes()).toEqual([]);
      const text = planText(plan, connection, at.clock.now());
      for (const line of planned(plan)) expect(text).toContain(`    ${line}\n`);
      expect(plan.items[0]?.blastRadius.length).toBeGreaterThan(0);
    });
  });

  test('sends what the plan says, letter for letter, and is done when Twilio holds it', async () => {
    await prepared(one, async (at, plan) => {
      expect(await apply(at, plan)).toEqual(['done']);
      // What a sweep found is sent at once, so it may arrive in another order.
      const all = [...planned(plan), ...(one.later ?? [])];
      expect(at.changes().map(nameless).toSorted()).toEqual(all.map(nameless).toSorted());
      const intended = at.records.filter(({ type }) => type === 'intent').flatMap(({ requests }) => requests);
      expect(intended.map(String).map(nameless)).toEqual(all.map(nameless));
      expect(one.isDone(at.world)).toBe(true);
    });
  });

  test('is not done again by the same plan, nor twice by two plans of the same change', async () => {
    await prepared(one, async (at, plan) => {
      const same = await makePlan(actionOf(one), [one.target], at.planning);
      await apply(at, plan);
      const before = at.changes().length;
      await expect(apply(at, plan)).rejects.toThrow('carried out already');
      await expect(apply(at, { ...plan, id: 'a copy' })).rejects.toThrow('carried out already');
      expect(await apply(at, same)).toEqual(['already']);
      expect(at.changes()).toHaveLength(before);
    });
  });

  test('is refused when its plan was looked at for too long', async () => {
    await prepared(one, async (at, plan) => {
      const late = { connectionId: connection.id, ...at, confirmedAt: at.clock.now() + planLifetime + 1 };
      await expect(applyPlan(plan, late)).rejects.toThrow('make the plan again');
      expect(at.changes()).toEqual([]);
      expect(at.records).toEqual([]);
    });
  });

  if (one.interfere)
    test('is refused when somebody else changed it after the plan was made', async () => {
      await prepared(one, async (at, plan) => {
        one.interfere?.(at.world);
        expect(await apply(at, plan)).toEqual(['refused']);
        expect(at.changes()).toEqual([]);
      });
    });

  test('is refused to what is on the protected list', async () => {
    await withLevers(async (at) => {
      one.prepare?.(at.world);
      const context = { ...at.planning, protectedNames: [` ${one.target.account.toLowerCase()} `] };
      const plan = await makePlan(actionOf(one), [one.target], context);
      expect(plan.items).toEqual([]);
      expect(plan.refused[0]?.reason).toContain('protected list');
    });
  });

  test('is undone only where the state before really comes back', async () => {
    await prepared(one, async (at, plan) => {
      const before = held(at.world);
      const { outcomes } = await applyPlan(plan, { connectionId: connection.id, ...at });
      const undo = undoable(plan, outcomes, actions);
      if (actionOf(one).reversibility === 'irreversible') expect(undo).toBeUndefined();
      if (!undo) return expect(one.undo).toBe(false);
      const back = await makePlan(undo.undoWith, undo.targets, { ...at.planning, left: undo.left });
      const ends = (await applyPlan(back, { connectionId: connection.id, ...at })).outcomes;
      expect(ends.map(({ result }) => result)).toEqual(['done']);
      // Taking back what was taken back would be doing it again: that is planned anew.
      expect(undoable(back, ends, actions)).toBeUndefined();
      if (one.undo) expect(held(at.world)).toEqual(before);
    });
  });

  if (one.undo && one.interfere)
    test('is not undone when somebody else changed it since', async () => {
      await prepared(one, async (at, plan) => {
        const { outcomes } = await applyPlan(plan, { connectionId: connection.id, ...at });
        const undo = undoable(plan, outcomes, actions);
        one.interfere?.(at.world);
        const sent = at.changes().length;
        if (!undo) throw new Error('it offers no undo');
        const back = await makePlan(undo.undoWith, undo.targets, { ...at.planning, left: undo.left });
        expect(back.items).toEqual([]);
        expect(at.changes()).toHaveLength(sent);
      });
    });
});
