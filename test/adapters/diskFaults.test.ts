import { expect, test } from 'vitest';
import { createAccountJournal } from '../../src/adapters/evidence/accountJournal.ts';
import { applyPlan } from '../../src/core/contain/apply.ts';
import { directLever } from '../core/contain/directLevers.ts';
import { leverCases } from '../core/contain/leverCases.ts';
import { siblings } from '../core/contain/targetWorld.ts';
import { mainSid } from '../simulator/smallWorld.ts';
import { memoryAnchors } from './evidence/journals.ts';
import { volatileFs } from './evidence/volatileFs.ts';

/** Carries a plan for three countries out on a disk whose call of this number fails; `undefined` when there are not so many calls. */
async function failAt(failing: number, code: string) {
  const one = leverCases.find(({ action }) => action === 'closeSmsCountry');
  if (!one) throw new Error('there is no such lever');
  const at = directLever(one);
  let calls = 0;
  let failed: { readonly call: string; readonly changes: number } | undefined;
  const fs = volatileFs((call, when) => {
    if (when === 'before') calls += 1;
    if (when === 'after' || calls !== failing) return;
    failed = { call, changes: at.twilio.changes.length };
    throw Object.assign(new Error(`${code}: ${call}`), { code });
  });
  const journal = createAccountJournal({
    ...{ folder: 'journal', account: mainSid, anchors: memoryAnchors(), fs },
    clock: at.planning.clock,
  });
  const plan = await at.plan(siblings(one.target));
  const applied = await applyPlan(plan, { ...at.context, journal });
  return failed && { ...failed, applied, sent: at.twilio.changes.length };
}

test.each(['EIO', 'ENOSPC', 'EDQUOT', 'EROFS', 'EMFILE', 'EACCES'])(
  '%s at any call of the disk: nothing is sent after it, and the person is told',
  async (code) => {
    const met = new Set<string>();
    for (let failing = 1; ; failing += 1) {
      const end = await failAt(failing, code);
      if (!end) break;
      met.add(end.call);
      // What was flushed is there, whatever closing says; and a folder that cannot be made is missed when it is opened.
      if (end.call === 'close' || end.call === 'mkdir') continue;
      expect([end.call, end.sent]).toEqual([end.call, end.changes]);
      expect(end.applied.journalFailure?.message).toMatch(/nothing (further )?is sent/);
      const ends = end.applied.outcomes.map(({ result }) => result);
      expect(ends).toEqual(['done', 'done', 'done'].map((done, place) => (place < end.changes ? done : 'not-tried')));
    }
    expect([...met].toSorted()).toEqual(
      ['close', 'flush', 'flushFolder', 'fstat', 'lstat', 'mkdir', 'open', 'read', 'write'].toSorted(),
    );
  },
);
