import { expect, test } from 'vitest';
import { applyPlan } from '../../../src/core/contain/apply.ts';
import { interruptedIn, settleInterrupted } from '../../../src/core/contain/interrupted.ts';
import { makePlan } from '../../../src/core/contain/plan.ts';
import { planText } from '../../../src/core/contain/planText.ts';
import type { Target } from '../../../src/core/contain/target.ts';
import { actions } from '../../../src/core/registry.ts';
import { mainSid } from '../../simulator/smallWorld.ts';
import { connection, type LeverWorld, withLevers } from './leverWorld.ts';

const name = 'Replacement 2026-11-21T12:00Z';
const key: Target = { kind: 'newApiKey', account: mainSid, name, allow: '' };

function lever() {
  const found = actions.find(({ id }) => id === 'createReplacementKey');
  if (!found) throw new Error('there is no such lever');
  return found;
}
const planned = (at: LeverWorld, target = key) => makePlan(lever(), [target], at.planning);
const apply = async (at: LeverWorld) =>
  (await applyPlan(await planned(at), { connectionId: connection.id, ...at })).outcomes[0];
const made = ({ world }: LeverWorld) => world.mainAccount.keys.find(({ friendlyName }) => friendlyName === name);

test('the secret of a new key goes to the place for secrets, and to no record, outcome or plan', async () => {
  await withLevers(async (at) => {
    const plan = await planned(at);
    const outcome = await apply(at);
    const secret = made(at)?.secret ?? 'none';
    expect(at.kept).toEqual([{ account: mainSid, kind: 'apiKey', keySid: made(at)?.sid, secret }]);
    const told = JSON.stringify([at.records, outcome, planText(plan, connection, at.clock.now())]);
    expect(told).not.toContain(secret);
    expect(outcome?.sentence).toBe('Done, and read back from Twilio.');
  });
});

test('a restricted key may do what was listed and nothing else', async () => {
  await withLevers(async (at) => {
    const allow = '/twilio/messaging/messages/create /twilio/verify/verifications/create';
    const plan = await planned(at, { ...key, allow });
    await applyPlan(plan, { connectionId: connection.id, ...at });
    expect(made(at)).toMatchObject({ kind: 'restricted', allow: allow.split(' ') });
  });
});

test('a permission that is none is refused before anything is sent', async () => {
  await withLevers(async (at) => {
    const plan = await planned(at, { ...key, allow: 'everything' });
    expect([plan.items, plan.refused.length, at.changes()]).toEqual([[], 1, []]);
  });
});

test('when the reply with the secret is lost, the key is said to be there and its secret perhaps lost', async () => {
  await withLevers(async (at) => {
    at.simulator.faults.add({ fault: { kind: 'reset', acted: true }, operationId: 'CreateNewKey', times: 1 });
    const outcome = await apply(at);
    expect(outcome?.result).toBe('done');
    expect(outcome?.sentence).toContain('delete this key and make another');
    expect(at.kept).toEqual([]);
    expect(at.world.mainAccount.keys.filter(({ friendlyName }) => friendlyName === name)).toHaveLength(1);
  });
});

test('the same is said of a key whose making was interrupted', async () => {
  await withLevers(async (at) => {
    await apply(at);
    const intents = at.records.filter(({ type }) => type === 'intent');
    const [outcome] = await settleInterrupted(interruptedIn(intents, actions), at);
    expect([outcome?.result, outcome?.sentence]).toEqual(['done', expect.stringContaining('make another')]);
  });
});

test('more keys than can be read mean that the new one could not be found again, so none is made', async () => {
  await withLevers(async (at) => {
    for (let more = 0; more < 10_001; more += 1)
      at.world.mainAccount.keys.push({
        sid: `SK${more.toString(16).padStart(32, 'f')}`,
        friendlyName: 'one of many',
        secret: '',
        created: 0,
        kind: 'standard',
        allow: [],
      });
    expect((await planned(at)).refused[0]?.reason).toContain('more keys than could be read');
  });
});
