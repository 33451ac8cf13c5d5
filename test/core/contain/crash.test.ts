import { describe, expect, test } from 'vitest';
import { applyPlan } from '../../../src/core/contain/apply.ts';
import { makePlan } from '../../../src/core/contain/plan.ts';
import { operations } from '../../../src/core/twilio/operations.ts';
import { actionOf, leverCases } from './leverCases.ts';
import { connection, withLevers } from './leverWorld.ts';

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
