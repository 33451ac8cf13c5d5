import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { createAccountJournal } from '../../src/adapters/evidence/accountJournal.ts';
import { openJournal } from '../../src/adapters/evidence/journal.ts';
import { sha256 } from '../../src/adapters/evidence/sha256.ts';
import { interruptedIn, settleInterrupted } from '../../src/core/contain/interrupted.ts';
import { recordedUndos } from '../../src/core/contain/undoFromJournal.ts';
import { sealRecord } from '../../src/core/evidence/chain.ts';
import type { ChainRecord, Head } from '../../src/core/evidence/record.ts';
import { leverStates } from '../../src/core/incidentView/leverStates.ts';
import type { JsonObject } from '../../src/core/model/json.ts';
import { containmentSteps } from '../../src/core/rca/containmentSteps.ts';
import { actions } from '../../src/core/registry.ts';
import { type DirectLever, directLever } from '../core/contain/directLevers.ts';
import { leverCases } from '../core/contain/leverCases.ts';
import { connection } from '../core/contain/leverWorld.ts';
import { mainSid, subSid } from '../simulator/smallWorld.ts';
import { clock, freshFolder, memoryAnchors } from './evidence/journals.ts';
import { anotherComputer } from './evidence/memoryAnchors.ts';

const folder = freshFolder();
const file = () => path.join(folder.path, 'journal.jsonl');
const id = `account-${mainSid}`;

function lever(action: string): DirectLever {
  const one = leverCases.find((one) => one.action === action);
  if (!one) throw new Error(`no lever is called ${action}`);
  return directLever(one);
}

/** A journal of two changes that were done and one that was interrupted, its lines, and the head that is remembered. */
async function honest() {
  const anchors = memoryAnchors();
  const journal = createAccountJournal({ folder: folder.path, account: mainSid, anchors, clock });
  const closing = lever('closeSmsCountry');
  await closing.apply(await closing.plan());
  const clearing = lever('clearWebhooks');
  await clearing.apply(await clearing.plan());
  const suspending = lever('suspendSubaccount');
  await suspending.apply(await suspending.plan());
  const interrupted = suspending.records.filter(({ type }) => type === 'intent');
  for (const entry of [...closing.records, ...clearing.records, ...interrupted])
    await journal.append({ ...entry, type: String(entry['type']) });
  return { anchors, lines: (await readFile(file(), 'utf8')).trimEnd().split('\n') };
}

/** Written anew with every hash right, as anybody can who can write the file. */
function resealed(lines: readonly string[]): readonly string[] {
  let head: Head | undefined;
  return lines.map((line) => {
    const {
      seq: _seq,
      at: _at,
      prev: _prev,
      hash: _hash,
      seal: _seal,
      ...entry
    }: JsonObject & { type: string } = JSON.parse(line);
    const sealed = sealRecord(entry, head, clock.now(), sha256);
    const { seq, hash } = JSON.parse(sealed) as Head;
    head = { seq, hash };
    return sealed;
  });
}

/** These lines, which nobody touched, and behind them entries with the right hashes. */
function appended(lines: readonly string[], entries: readonly JsonObject[]): readonly string[] {
  const all = [...lines];
  for (const { seq: _seq, at: _at, prev: _prev, hash: _hash, seal: _seal, ...entry } of entries) {
    const head = JSON.parse(all.at(-1) ?? '') as Head;
    all.push(sealRecord({ ...entry, type: String(entry['type']) }, head, clock.now(), sha256));
  }
  return all;
}

/** What a person is to be led to: other accounts, other states, other requests, other ends. */
const edits: Readonly<Record<string, (record: JsonObject) => JsonObject>> = {
  'another account': (record) => ({
    ...record,
    account: subSid,
    on: { ...(record['on'] as JsonObject), account: subSid },
  }),
  'another state before': (record) => ({ ...record, before: { status: 'closed', SMS: 'open' } }),
  'another state wanted': (record) => ({ ...record, wanted: { status: 'closed' } }),
  'other requests': (record) => ({
    ...record,
    requests: [`DELETE https://api.twilio.com/2010-04-01/Accounts/${mainSid}`],
  }),
  'another action': (record) => ({ ...record, action: 'reactivateSubaccount' }),
  'another end': (record) => ({ ...record, type: 'outcome', result: 'done', after: { SMS: 'closed' } }),
};

/** What a window does with a journal by itself: opens it, settles what is open, and looks for what can be undone. */
async function opened(anchors: ReturnType<typeof memoryAnchors>) {
  const at = lever('closeSmsCountry');
  const { readOnly } = await openJournal({ folder: folder.path, id, anchors, clock }).then(async (one) => {
    await one.close();
    return one;
  });
  const journal = createAccountJournal({ folder: folder.path, account: mainSid, anchors, clock });
  const left = interruptedIn(await journal.records(), actions);
  await settleInterrupted(left, { twilio: at.twilio, journal, clock }).catch(() => []);
  const undos = recordedUndos(await journal.provenRecords(), actions, { main: mainSid, connectionId: connection.id });
  // What it told of others is settled as unproven.
  const told = leverStates((await journal.records()) as readonly ChainRecord[], actions);
  const steps = containmentSteps((await journal.records()) as readonly ChainRecord[], actions);
  return { changes: at.twilio.changes, undos, readOnly, told, steps };
}

test('an honest journal is written on, and says what can be undone', async () => {
  const { anchors } = await honest();
  const { changes, undos, readOnly } = await opened(anchors);
  expect([changes, readOnly]).toEqual([[], undefined]);
  expect(undos.map(({ undo }) => undo.action.id).toSorted()).toEqual(['clearWebhooks', 'closeSmsCountry']);
});

describe('a journal that somebody changed', () => {
  test('in 60 ways and more causes no change, offers no undo, and is read-only with the reason', async () => {
    const { anchors, lines } = await honest();
    const kept = new Map(anchors.kept);
    let forgeries = 0;
    const forged = async (changed: readonly string[]) => {
      if (changed.join() === lines.join()) return;
      await writeFile(file(), `${changed.join('\n')}\n`);
      const { changes, undos, readOnly } = await opened(memoryAnchors(new Map(kept)));
      expect([changes, undos]).toEqual([[], []]);
      expect(readOnly).toMatch(/damaged at line \d|does not contain record \d/);
      forgeries += 1;
    };
    for (let place = 1; place < lines.length; place += 1) {
      const line = lines[place] ?? '';
      const variants = [
        lines.toSpliced(place, 1),
        lines.toSpliced(place, 0, line),
        ...Object.values(edits).map((edit) => lines.with(place, JSON.stringify(edit(JSON.parse(line))))),
      ];
      for (const variant of variants) await forged(variant);
      // Written anew, its hashes are right: what is remembered elsewhere tells.
      for (const variant of variants.filter((one) => one.length <= lines.length)) await forged(resealed(variant));
    }
    expect(forgeries).toBeGreaterThan(60);
  });

  test('and that nobody here sealed, as in a repository of somebody else, causes no change, offers no undo, proves nothing and is read-only', async () => {
    const { lines } = await honest();
    for (const edit of Object.values(edits)) {
      const all = lines.map((line, place) => (place === 0 ? line : JSON.stringify(edit(JSON.parse(line)))));
      await writeFile(file(), `${resealed(all).join('\n')}\n`);
      const { changes, undos, readOnly, told, steps } = await opened(memoryAnchors());
      expect([changes, undos]).toEqual([[], []]);
      expect(readOnly).toMatch(`Not sealed here: ${lines.length} of its ${lines.length} records`);
      expect([...told.values()].filter(({ state }) => state === 'done' || state === 'partly')).toEqual([]);
      expect(steps.filter(({ outcome }) => ['done', 'already so', 'undone'].includes(outcome))).toEqual([]);
    }
  });
});

test('records added with the right hashes behind those that are sealed cause no change, offer no undo and prove nothing', async () => {
  const { anchors, lines } = await honest();
  const real = await opened(memoryAnchors(new Map(anchors.kept)));
  let forgeries = 0;
  for (const [place, line] of lines.entries())
    for (const edit of Object.values(edits)) {
      const record: JsonObject = JSON.parse(line);
      if (place === 0) continue;
      const plan = { ...record, plan: 'forged', target: mainSid };
      const [intent, outcome] = [
        { ...edit(plan), type: 'intent' },
        { ...edit(plan), type: 'outcome', result: 'done', after: { SMS: 'closed', status: 'suspended' } },
      ];
      await writeFile(file(), `${appended(lines, [intent, outcome]).join('\n')}\n`);
      const found = await opened(memoryAnchors(new Map(anchors.kept)));
      expect([found.changes, found.undos.map(({ plan: id }) => id)]).toEqual([
        [],
        real.undos.map(({ plan: id }) => id),
      ]);
      expect(found.readOnly).toMatch(`Not sealed here: 2 of its ${lines.length + 2} records`);
      const claimed = found.steps.filter((step) => step.outcome === 'done').length;
      expect(claimed).toBe(real.steps.filter((step) => step.outcome === 'done').length);
      forgeries += 1;
    }
  expect(forgeries).toBeGreaterThan(20);
});

test('an outcome that somebody added does not keep an interrupted change from being settled', async () => {
  const { anchors, lines } = await honest();
  const intent: JsonObject = JSON.parse(lines.at(-1) ?? '');
  const ended = { ...intent, type: 'outcome', result: 'not-tried' };
  await writeFile(file(), `${appended(lines, [ended]).join('\n')}\n`);
  const journal = createAccountJournal({ folder: folder.path, account: mainSid, anchors, clock });
  const left = interruptedIn(await journal.records(), actions);
  expect(left.map(({ plan, isProven }) => [plan, isProven])).toEqual([[intent['plan'], true]]);
});

test('a change that was interrupted is settled by reading also when the key was lost, as unproven, and offers no undo', async () => {
  const { lines } = await honest();
  const intent: JsonObject = JSON.parse(lines.at(-1) ?? '');
  const anchors = memoryAnchors(new Map(), anotherComputer);
  const suspending = lever('suspendSubaccount');
  const journal = createAccountJournal({ folder: folder.path, account: mainSid, anchors, clock });
  await suspending.apply(await suspending.plan());
  const left = interruptedIn(await journal.records(), actions);
  const changed = suspending.twilio.changes.length;
  const settled = await settleInterrupted(left, { twilio: suspending.twilio, journal, clock });
  expect(settled).toMatchObject([{ result: 'done', sentence: expect.stringContaining('is not sealed here') }]);
  expect(suspending.twilio.changes).toHaveLength(changed);
  const records = await journal.records();
  expect(interruptedIn(records, actions)).toEqual([]);
  expect(records.at(-1)).toMatchObject({ type: 'outcome', plan: intent['plan'], result: 'done', unproven: true });
  expect(leverStates(records as readonly ChainRecord[], actions).get('suspendSubaccount')?.state).toBe('unproven');
  const whose = { main: mainSid, connectionId: connection.id };
  expect(recordedUndos(await journal.provenRecords(), actions, whose)).toEqual([]);
});
