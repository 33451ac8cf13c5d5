import { expect, test } from 'vitest';
import { applyPlan } from '../../src/core/contain/apply.ts';
import { makePlan } from '../../src/core/contain/plan.ts';
import { changesText } from '../../src/core/contain/planSummary.ts';
import { actions } from '../../src/core/registry.ts';
import { outcomeText } from '../../src/ui/containmentText.ts';
import { connection, withLevers } from '../core/contain/leverWorld.ts';
import { mainSid } from '../simulator/smallWorld.ts';

test('a plan counts its changes as the toast does when they are made: by what is changed, not by step', async () => {
  await withLevers(async (at) => {
    at.world.mainAccount.smsGeo.set('DE', true);
    const action = actions.find(({ id }) => id === 'closeSmsCountry');
    if (!action) throw new Error('there is no such lever');
    const countries = [
      ['Russia', 'RU'],
      ['Germany', 'DE'],
    ] as const;
    const targets = countries.map(([name, iso]) => ({ kind: 'smsCountry', account: mainSid, name, iso }) as const);
    const plan = await makePlan(action, targets, at.planning);
    const { outcomes } = await applyPlan(plan, { connectionId: connection.id, ...at });
    const changes = changesText([plan]);
    expect(changes).toBe('2 changes');
    expect(outcomeText([{ plan, outcomes, undo: undefined }])).toMatch(new RegExp(`^2 of ${changes} done\\. `));
  });
});
