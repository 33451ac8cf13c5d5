import { expect, test } from 'vitest';
import { applyPlan } from '../../src/core/contain/apply.ts';
import { makePlan } from '../../src/core/contain/plan.ts';
import type { OpenedJournal, OpenIncident } from '../../src/core/evidence/incidentStore.ts';
import type { ChainRecord } from '../../src/core/evidence/record.ts';
import type { JsonObject } from '../../src/core/model/json.ts';
import { actions } from '../../src/core/registry.ts';
import type { ActiveIncident } from '../../src/ui/activeIncident.ts';
import { createRecorder } from '../../src/ui/recorder.ts';
import type { OpenConnection } from '../../src/ui/session.ts';
import { connection, type LeverWorld, withLevers } from '../core/contain/leverWorld.ts';
import { mainSid, subSid } from '../simulator/smallWorld.ts';

const none: ActiveIncident = {
  current: undefined,
  onDidChange: () => ({ dispose: () => {} }),
  onDidWork: () => ({ dispose: () => {} }),
  open: () => Promise.reject(new Error('not asked for')),
  close: async () => {},
  restore: async () => {},
  held: undefined,
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
    journal: {
      append: at.journal.append,
      records: async () => [...at.records],
      provenRecords: async () => [...at.records],
    },
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

const suspending = { kind: 'subaccount', account: subSid, name: 'Production OTP', status: 'active' } as const;

async function suspend(at: LeverWorld): Promise<void> {
  const action = actions.find(({ id }) => id === 'suspendSubaccount');
  if (!action) throw new Error('there is no such lever');
  await applyPlan(await makePlan(action, [suspending], at.planning), { connectionId: connection.id, ...at });
}
const dated = (records: readonly JsonObject[]) =>
  records.map((record, place): ChainRecord => {
    const chain = { seq: place + 1, at: '2026-11-21T12:00:00.000Z', prev: '', hash: '' };
    return { ...record, type: String(record['type']), ...chain };
  });

test('another window, or this one after a reload, can take back what the account’s journal tells of', async () => {
  await withLevers(async (at) => {
    await suspend(at);
    const open = { ...opened(at), journal: { ...opened(at).journal, provenRecords: async () => dated(at.records) } };
    const { undos, why } = await createRecorder(none).undos(open);
    expect([undos.map(({ undo }) => undo.undoWith.id), why]).toEqual([['reactivateSubaccount'], undefined]);
    const forged = {
      ...open,
      journal: { ...open.journal, provenRecords: async () => [], records: async () => dated(at.records) },
    };
    expect(await createRecorder(none).undos(forged)).toEqual({
      undos: [],
      why: 'What an incident recorded is undone while it is open: choose “Open Incident…” first.',
    });
  });
});

test('an incident’s journal is undone from only where this computer sealed it and may write it', async () => {
  await withLevers(async (at) => {
    await suspend(at);
    const open = { ...opened(at), journal: { ...opened(at).journal, provenRecords: async () => [] } };
    const withIncident = (change: Partial<OpenedJournal>) => {
      const journal = { records: dated(at.records), readOnly: undefined, unsealed: 0, ...change } as OpenedJournal;
      const current: OpenIncident = { folder: '/tmp/none', title: 'Pumping', incident: undefined, journal };
      return createRecorder({ ...none, dispose: () => {}, current }).undos(open);
    };
    expect((await withIncident({})).undos).toHaveLength(1);
    const unsealed = at.records.map((record) => ({ ...record, unsealed: true }));
    const foreign = await withIncident({
      records: dated(unsealed),
      unsealed: unsealed.length,
    });
    expect([foreign.undos, foreign.why]).toEqual([[], expect.stringMatching(/^Not sealed here: \d+ records/)]);
    const locked = await withIncident({ readOnly: 'Restricted Mode.' });
    expect([locked.undos, locked.why]).toEqual([[], 'Restricted Mode.']);
    expect(at.changes()).toHaveLength(
      at.records.filter(({ type }) => type === 'intent').flatMap((one) => one['requests']).length,
    );
  });
});

test('keys made here are told by what is sealed in the active incident and the account’s own journal', async () => {
  await withLevers(async (at) => {
    const outcome = { type: 'outcome', action: 'createReplacementKey', result: 'done' };
    const own = opened(at);
    const open = { ...own, journal: { ...own.journal, provenRecords: async () => [{ ...outcome, back: 'SK1' }] } };
    const records = dated([
      { ...outcome, back: 'SK2' },
      { ...outcome, back: 'SK3', unsealed: true },
    ]);
    const journal = { records, readOnly: undefined, unsealed: 1 } as Partial<OpenedJournal> as OpenedJournal;
    const current: OpenIncident = { folder: '/tmp/none', title: 'Pumping', incident: undefined, journal };
    expect([...(await createRecorder(none).own(open)).keys.made]).toEqual(['SK1']);
    const both = await createRecorder({ ...none, dispose: () => {}, current }).own(open);
    expect(both.keys.made).toEqual(new Set(['SK1', 'SK2']));
  });
});
