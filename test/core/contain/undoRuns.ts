import fc from 'fast-check';
import { applyPlan } from '../../../src/core/contain/apply.ts';
import { makePlan } from '../../../src/core/contain/plan.ts';
import { undoable } from '../../../src/core/contain/undo.ts';
import { actions } from '../../../src/core/registry.ts';
import { directLever } from './directLevers.ts';
import { actionOf, leverCases } from './leverCases.ts';
import { connection, held } from './leverWorld.ts';
import { scramble, siblings, thingOf } from './targetWorld.ts';

/** What came of levers used on random states and taken back. The last three must be 0. */
export interface UndoRuns {
  states: number;
  /** Levers that did something, and those of them that were taken back. */
  done: number;
  undone: number;
  /** The state afterwards was not, field by field, what it was before. */
  unequal: number;
  /** Undo was offered for what cannot be undone. */
  unreal: number;
  /** Somebody changed it since, and the undo was planned all the same. */
  overwriting: number;
}

const random = fc.record({
  index: fc.nat(leverCases.length - 1),
  most: fc.integer({ min: 1, max: 3 }),
  ways: fc.array(fc.integer({ min: -1, max: 7 }), { maxLength: 3 }),
  /** Somebody changes the first target between doing and undoing. */
  since: fc.option(fc.integer({ min: 0, max: 7 }), { freq: 3 }),
});

/** Uses random levers on random states and takes them back. Throws for the first that goes wrong. */
export async function undoRuns(states: number): Promise<UndoRuns> {
  const totals: UndoRuns = { states: 0, done: 0, undone: 0, unequal: 0, unreal: 0, overwriting: 0 };
  await fc.assert(
    fc.asyncProperty(random, async ({ index, most, ways, since }) => {
      const wrong = () => totals.unequal + totals.unreal + totals.overwriting;
      const before = wrong();
      totals.states += 1;
      await once(index, most, ways, since, totals);
      if (wrong() > before) throw new Error(JSON.stringify(totals));
    }),
    { numRuns: states },
  );
  return totals;
}

async function once(index: number, most: number, ways: readonly number[], since: number | null, totals: UndoRuns) {
  const one = leverCases[index];
  if (!one) throw new Error(`there is no case ${index}`);
  const at = directLever(one);
  const targets = siblings(one.target).slice(0, most);
  scramble(at.world, targets, ways);
  // Calls that suspending ends do not come back.
  at.world.sub.calls.change(callUnderWay, { status: 'completed' });
  const before = held(at.world);
  const plan = await at.plan(targets);
  const { outcomes } = await applyPlan(plan, at.context);
  if (outcomes.some(({ result }) => result === 'done')) totals.done += 1;
  const undo = undoable(plan, outcomes, actions);
  if (undo && actionOf(one).reversibility === 'irreversible') totals.unreal += 1;
  if (!undo) return;
  const [first] = undo.targets;
  const meddled = first && since !== null && meddle(at.world, first, since);
  const back = await makePlan(undo.undoWith, undo.targets, { ...at.planning, left: undo.left });
  if (meddled) {
    if (back.items.some(({ target }) => target === first)) totals.overwriting += 1;
    return;
  }
  const ends = (await applyPlan(back, { ...at.context, connectionId: connection.id })).outcomes;
  if (ends.some(({ result }) => result !== 'done')) totals.unequal += 1;
  totals.undone += 1;
  if (JSON.stringify(held(at.world)) !== JSON.stringify(before)) totals.unequal += 1;
}

const callUnderWay = `CA${(202).toString(16).padStart(32, '0')}`;

/** True when the target is another than it was. */
function meddle(world: Parameters<typeof thingOf>[0], target: Parameters<typeof thingOf>[1], way: number): boolean {
  const thing = thingOf(world, target);
  const before = JSON.stringify(thing.view() ?? null);
  thing.change(way);
  return JSON.stringify(thing.view() ?? null) !== before;
}
