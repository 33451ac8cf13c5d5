import { expect, test } from 'vitest';
import { applyPlan } from '../../../src/core/contain/apply.ts';
import { makePlan } from '../../../src/core/contain/plan.ts';
import type { NewVerifyLimitTarget } from '../../../src/core/contain/target.ts';
import { limitInstructions } from '../../../src/core/contain/verifyLimit.ts';
import type { JsonObject } from '../../../src/core/model/json.ts';
import { actions } from '../../../src/core/registry.ts';
import { mainSid, noon, type SmallWorld, sid } from '../../simulator/smallWorld.ts';
import { connection, withLevers } from './leverWorld.ts';

const limit: NewVerifyLimitTarget = {
  kind: 'newVerifyLimit',
  account: mainSid,
  name: 'end_user_ip_address',
  service: sid('VA', 101),
  max: '5',
  interval: '600',
};

function lever() {
  const found = actions.find(({ id }) => id === 'createVerifyLimit');
  if (!found) throw new Error('there is no such lever');
  return found;
}

function limitsOf({ mainAccount }: SmallWorld) {
  return mainAccount.verifyServices[0]?.rateLimits ?? [];
}

test('a limit whose bucket could not be made is told as half done, and a new plan makes the bucket alone', async () => {
  await withLevers(async (at) => {
    at.simulator.faults.add({
      fault: { kind: 'serverError', status: 500, acted: false },
      operationId: 'CreateBucket',
      times: 5,
    });
    const context = { connectionId: connection.id, ...at };
    const { outcomes } = await applyPlan(await makePlan(lever(), [limit], at.planning), context);
    expect([outcomes[0]?.result, limitsOf(at.world).map(({ buckets }) => buckets.length)]).toEqual(['unknown', [0]]);
    at.simulator.faults.clear();
    const again = await makePlan(lever(), [limit], at.planning);
    expect(again.items[0]?.requests).toEqual([]);
    expect((await applyPlan(again, context)).outcomes[0]?.result).toBe('done');
    expect(limitsOf(at.world).map(({ buckets }) => buckets.map(({ max, interval }) => [max, interval]))).toEqual([
      [[5, 600]],
    ]);
  });
});

test('a limit of this name that allows something else is left alone', async () => {
  await withLevers(async (at) => {
    const [service] = at.world.mainAccount.verifyServices;
    const buckets = [{ sid: sid('BL', 1), max: 9, interval: 60, created: noon }];
    if (service) service.rateLimits = [{ sid: sid('RK', 1), uniqueName: limit.name, created: noon, buckets }];
    const plan = await makePlan(lever(), [limit], at.planning);
    expect(plan.refused[0]?.reason).toContain('9 in 60 s');
  });
});

test('the code the application needs names the service and the limit', () => {
  const text = limitInstructions(limit);
  expect(text.split(limit.service)).toHaveLength(4);
  expect(text.split(limit.name)).toHaveLength(4);
});

test('a limit that somebody gave a bucket meanwhile gets no second one', () => {
  const reading = (items: readonly JsonObject[]) => ({ body: {}, items, complete: true });
  const limits = reading([{ sid: sid('RK', 1), unique_name: limit.name }]);
  const found = (buckets: readonly JsonObject[]) => lever().sweep?.found({ limits, buckets: reading(buckets) }, limit);
  expect([found([]), found([{ max: 9, interval: 60 }])]).toEqual([[sid('RK', 1)], []]);
});
