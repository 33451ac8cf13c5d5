import { describe, expect, test } from 'vitest';
import { applyPlan } from '../../../src/core/contain/apply.ts';
import { interruptedIn, settleInterrupted } from '../../../src/core/contain/interrupted.ts';
import { makePlan } from '../../../src/core/contain/plan.ts';
import { type Undoable, undoable } from '../../../src/core/contain/undo.ts';
import { recordedUndos } from '../../../src/core/contain/undoFromJournal.ts';
import { leverStates } from '../../../src/core/incidentView/leverStates.ts';
import type { JsonObject } from '../../../src/core/model/json.ts';
import { containmentSteps } from '../../../src/core/rca/containmentSteps.ts';
import { actions } from '../../../src/core/registry.ts';
import { noon, subSid } from '../../simulator/smallWorld.ts';
import { journal } from '../incidentView/journal.ts';
import { actionOf, type LeverCase, leverCases } from './leverCases.ts';
import { connection, held, type LeverWorld, withLevers } from './leverWorld.ts';

/** What a journal on disk would hold: it adds when. */
const recorded = (records: readonly JsonObject[]): readonly JsonObject[] =>
  records.map((record, place) => ({ ...record, at: new Date(noon + place * 1000).toISOString() }));
const undosIn = (records: readonly JsonObject[], main: string = connection.account) =>
  recordedUndos(recorded(records), actions, { main, connectionId: connection.id });

/** What the window that did it would offer. */
async function done(one: LeverCase, at: LeverWorld): Promise<Undoable | undefined> {
  const plan = await makePlan(actionOf(one), [one.target], at.planning);
  const { outcomes } = await applyPlan(plan, { connectionId: connection.id, ...at });
  expect(outcomes.map(({ result }) => result)).toEqual(['done']);
  return undoable(plan, outcomes, actions);
}

async function takeBack(at: LeverWorld) {
  const [first] = undosIn(at.records);
  if (!first) throw new Error('the journal tells of nothing to undo');
  const { undoWith, targets, left } = first.undo;
  const plan = await makePlan(undoWith, targets, { ...at.planning, left });
  return { plan, ...(await applyPlan(plan, { connectionId: connection.id, ...at })) };
}

describe.each(leverCases.map((one) => [one.action, one] as const))('after a reload, %s', (_, one) => {
  test('is taken back from the journal alone, once, where it can be at all', async () => {
    await withLevers(async (at) => {
      one.prepare?.(at.world);
      const before = held(at.world);
      const offered = await done(one, at);
      const undos = undosIn(at.records);
      expect(undos.map(({ undo }) => undo)).toEqual(offered ? [{ ...offered, at: expect.any(Number) }] : []);
      if (!offered) return expect(one.undo).toBe(false);
      const { outcomes } = await takeBack(at);
      expect(outcomes.map(({ result }) => result)).toEqual(['done']);
      if (one.undo) expect(held(at.world)).toEqual(before);
      // What was taken back is not offered again, nor is the undo itself.
      expect(undosIn(at.records)).toEqual([]);
      // Neither view nor RCA calls it done, whatever the undo acted on.
      const told = journal(...at.records.map((record) => ({ type: 'outcome', ...record })));
      expect(leverStates(told, actions).get(one.action)?.state).toBe('undone');
      const step = containmentSteps(told, actions).find(({ id, outcome }) => id === one.action && outcome === 'done');
      expect(step?.undo).toMatch(/^undone/);
    });
  });

  if (one.undo && one.interfere)
    test('is not taken back when somebody else changed it since', async () => {
      await withLevers(async (at) => {
        one.prepare?.(at.world);
        await done(one, at);
        one.interfere?.(at.world);
        const sent = at.changes().length;
        const { plan } = await takeBack(at);
        expect(plan.items).toEqual([]);
        expect(at.changes()).toHaveLength(sent);
      });
    });
});

const suspension = leverCases.find(({ action }) => action === 'suspendSubaccount');

async function suspended(run: (records: readonly JsonObject[], at: LeverWorld) => void): Promise<void> {
  if (!suspension) throw new Error('there is no such case');
  await withLevers(async (at) => {
    suspension.prepare?.(at.world);
    await done(suspension, at);
    expect(undosIn(at.records)).toHaveLength(1);
    run(at.records, at);
  });
}

test('what another account did, what ended otherwise and what lacks the state that was left is not offered', async () => {
  await suspended((records) => {
    expect(undosIn(records, subSid)).toEqual([]);
    const changed = (change: JsonObject) =>
      undosIn(records.map((record) => (record['type'] === 'outcome' ? { ...record, ...change } : record)));
    expect(changed({ result: 'unknown' })).toEqual([]);
    expect(changed({ result: 'refused' })).toEqual([]);
    expect(changed({ undo: true })).toEqual([]);
    expect(undosIn(records.map(({ after, ...record }) => record))).toEqual([]);
    expect(undosIn(records.filter(({ type }) => type !== 'intent'))).toEqual([]);
  });
});

test('a record that names a target of another kind, or an action nobody knows, is no undo', async () => {
  await suspended((records) => {
    const intents = (change: JsonObject) =>
      undosIn(records.map((record) => (record['type'] === 'intent' ? { ...record, ...change } : record)));
    expect(intents({ on: { kind: 'apiKey', account: subSid, name: '', sid: 'SK1' } })).toEqual([]);
    expect(intents({ on: { kind: 'subaccount', account: 'AC1', name: '' } })).toEqual([]);
    expect(intents({ action: 'closeAccount' })).toEqual([]);
    expect(intents({ on: null })).toEqual([]);
  });
});

test('what was interrupted and found done can be taken back, too; an interrupted undo cannot', async () => {
  if (!suspension) throw new Error('there is no such case');
  await withLevers(async (at) => {
    suspension.prepare?.(at.world);
    await done(suspension, at);
    at.records.splice(at.records.findIndex(({ type }) => type === 'outcome'));
    expect(undosIn(at.records)).toEqual([]);
    await settleInterrupted(interruptedIn(at.records, actions), at);
    expect(undosIn(at.records).map(({ undo }) => undo.undoWith.id)).toEqual(['reactivateSubaccount']);
    await takeBack(at);
    at.records.pop();
    await settleInterrupted(interruptedIn(at.records, actions), at);
    expect(at.records.at(-1)).toMatchObject({ type: 'outcome', result: 'done', undo: true });
    expect(undosIn(at.records)).toEqual([]);
  });
});

test('what was created, interrupted and found done is undone when what was created is taken away', async () => {
  const creation = leverCases.find(({ action }) => action === 'createUsageTrigger');
  if (!creation) throw new Error('there is no such case');
  await withLevers(async (at) => {
    creation.prepare?.(at.world);
    await done(creation, at);
    at.records.splice(at.records.findIndex(({ type }) => type === 'outcome'));
    await settleInterrupted(interruptedIn(at.records, actions), at);
    await takeBack(at);
    const told = journal(...at.records.map((record) => ({ type: 'outcome', ...record })));
    expect(leverStates(told, actions).get(creation.action)?.state).toBe('undone');
  });
});
