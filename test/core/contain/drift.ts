import fc from 'fast-check';
import { targetId } from '../../../src/core/contain/target.ts';
import { type DirectLever, directLever } from './directLevers.ts';
import { leverCases } from './leverCases.ts';
import { siblings, thingOf } from './targetWorld.ts';

/** Somebody else changes a target: before the plan is carried out (0), or after so many of its items. */
interface Meddling {
  readonly after: number;
  readonly which: number;
  /** -1 takes it away. */
  readonly way: number;
}

/** What came of plans that others meddled with. `onDrift` counts requests for targets that were not as the plan saw them. */
export interface Drifted {
  runs: number;
  items: number;
  done: number;
  refused: number;
  onDrift: number;
  /** Items that nobody meddled with, after none that did not end well, and that were not done all the same. */
  needless: number;
}

const meddling: fc.Arbitrary<Meddling> = fc.record({
  after: fc.nat(3),
  which: fc.nat(3),
  way: fc.integer({ min: -1, max: 7 }),
});

const run = fc.record({
  index: fc.nat(leverCases.length - 1),
  most: fc.integer({ min: 1, max: 4 }),
  meddlings: fc.array(meddling, { maxLength: 4 }),
});

/** Carries out random plans while others change their targets, and counts. Throws for the first plan that acts on what moved. */
export async function driftedPlans(runs: number, seed?: number): Promise<Drifted> {
  const totals: Drifted = { runs: 0, items: 0, done: 0, refused: 0, onDrift: 0, needless: 0 };
  await fc.assert(
    fc.asyncProperty(run, async ({ index, most, meddlings }) => {
      const before = totals.onDrift + totals.needless;
      await drift(index, most, meddlings, totals);
      totals.runs += 1;
      if (totals.onDrift + totals.needless > before) throw new Error('a plan acted on what moved, or did not act');
    }),
    { numRuns: runs, ...(seed !== undefined && { seed }) },
  );
  return totals;
}

async function drift(index: number, most: number, meddlings: readonly Meddling[], totals: Drifted): Promise<void> {
  const one = leverCases[index];
  if (!one) throw new Error(`there is no case ${index}`);
  const targets = siblings(one.target).slice(0, most);
  let ended = 0;
  const meddle = () => {
    for (const { after, which, way } of meddlings) {
      if (after !== ended) continue;
      const target = targets[which % targets.length];
      const thing = target && thingOf(at.world, target);
      if (way < 0) thing?.remove();
      else thing?.change(way);
    }
  };
  const at: DirectLever = directLever(one, ({ type, target, pass }) => {
    if (type === 'outcome') {
      ended += 1;
      meddle();
    }
    // A later round of a sweep follows the change that the first one made.
    if (type === 'intent' && pass === undefined && moved(String(target))) totals.onDrift += 1;
  });
  const plan = await at.plan(targets);
  const seen = new Map(targets.map((target) => [targetId(target), viewOf(at, target)]));
  const moved = (id: string) =>
    targets.some((target) => targetId(target) === id && viewOf(at, target) !== seen.get(id));
  meddle();
  const ends = await at.apply(plan);
  totals.items += ends.length;
  totals.done += ends.filter((end) => end === 'done').length;
  totals.refused += ends.filter((end) => end === 'refused').length;
  if (meddlings.length === 0 && ends.some((end) => end !== 'done')) totals.needless += 1;
  if (at.twilio.changes.length > 0 && !at.records.some(({ type }) => type === 'intent')) totals.onDrift += 1;
}

function viewOf({ world }: DirectLever, target: Parameters<typeof thingOf>[1]): string {
  return JSON.stringify(thingOf(world, target).view() ?? null);
}
