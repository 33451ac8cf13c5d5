import { expect, test } from 'vitest';
import { applyPlan } from '../../../src/core/contain/apply.ts';
import { interruptedIn, settleInterrupted } from '../../../src/core/contain/interrupted.ts';
import { makePlan } from '../../../src/core/contain/plan.ts';
import type { Target } from '../../../src/core/contain/target.ts';
import { actions } from '../../../src/core/registry.ts';
import { mainSid, sid } from '../../simulator/smallWorld.ts';
import { connection, withLevers } from './leverWorld.ts';

const sink: Target = { kind: 'eventSink', account: mainSid, name: 'Event archive', sid: sid('DG', 101) };

test('a sink that stays when its subscriptions are gone is not told as untouched, at once or after a crash', async () => {
  await withLevers(async (at) => {
    const action = actions.find(({ id }) => id === 'removeEventSink');
    if (!action) throw new Error('there is no such lever');
    at.simulator.faults.add({
      fault: { kind: 'serverError', status: 500, acted: false },
      operationId: 'DeleteSink',
      times: 1,
    });
    const plan = await makePlan(action, [sink], at.planning);
    const { outcomes } = await applyPlan(plan, { connectionId: connection.id, ...at });
    expect(at.world.mainAccount.sinks?.map(({ subscriptions }) => subscriptions)).toEqual([[]]);
    const settled = await settleInterrupted(
      interruptedIn(
        at.records.filter(({ type }) => type === 'intent'),
        actions,
      ),
      at,
    );
    expect([...outcomes, ...settled].map(({ result }) => result)).toEqual(['unknown', 'unknown']);
  });
});
