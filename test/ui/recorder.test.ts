import { expect, test } from 'vitest';
import { applyPlan } from '../../src/core/contain/apply.ts';
import { makePlan } from '../../src/core/contain/plan.ts';
import type { JsonObject } from '../../src/core/model/json.ts';
import { actions } from '../../src/core/registry.ts';
import type { ActiveIncident } from '../../src/ui/activeIncident.ts';
import { createRecorder } from '../../src/ui/recorder.ts';
import type { OpenConnection } from '../../src/ui/session.ts';
import { connection, type LeverWorld, withLevers } from '../core/contain/leverWorld.ts';
import { mainSid } from '../simulator/smallWorld.ts';

const none: ActiveIncident = {
  current: undefined,
  onDidChange: () => ({ dispose: () => {} }),
  open: () => Promise.reject(new Error('not asked for')),
  close: async () => {},
  restore: async () => {},
  hold: (work) => work(),
  dispose: () => {},
};

function opened(at: LeverWorld): OpenConnection {
  return {
    connection,
    twilio: at.twilio,
    files: {
      rows: () => {
        throw new Error('not asked for');
      },
    },
    journal: { append: at.journal.append, records: async () => [...at.records] },
    exclusively: (work) => work(),
    dispose: () => {},
  };
}

async function closing(at: LeverWorld) {
  const action = actions.find(({ id }) => id === 'closeSmsCountry');
  if (!action) throw new Error('there is no such lever');
  return makePlan(action, [{ kind: 'smsCountry', account: mainSid, name: 'Russia', iso: 'RU' }], at.planning);
}

const outcomes = (records: readonly JsonObject[]) => records.filter(({ type }) => type === 'outcome').length;

test('what was interrupted while no incident was open is settled from the account’s own journal, once', async () => {
  await withLevers(async (at) => {
    const open = opened(at);
    await applyPlan(await closing(at), { connectionId: connection.id, ...at });
    at.records.splice(at.records.findIndex(({ type }) => type === 'outcome'));
    const settled = await createRecorder(none).settle(open, at.clock);
    expect(settled.map(({ result }) => result)).toEqual(['done']);
    expect(outcomes(at.records)).toBe(1);
    expect(await createRecorder(none).settle(open, at.clock)).toEqual([]);
  });
});

test('what is under way in this window is not settled beside it', async () => {
  await withLevers(async (at) => {
    const open = opened(at);
    const recorder = createRecorder(none);
    const plan = await closing(at);
    await recorder.record(plan, open, async (journal) => {
      await applyPlan(plan, { connectionId: connection.id, ...at, journal });
      at.records.splice(at.records.findIndex(({ type }) => type === 'outcome'));
      expect(await recorder.settle(open, at.clock)).toEqual([]);
    });
    expect(await recorder.settle(open, at.clock)).toHaveLength(1);
  });
});
