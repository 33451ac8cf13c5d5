import fc from 'fast-check';
import { cliText } from '../../../src/core/contain/cliText.ts';
import type { Plan } from '../../../src/core/contain/plan.ts';
import { planText } from '../../../src/core/contain/planText.ts';
import type { Target } from '../../../src/core/contain/target.ts';
import { directLever } from './directLevers.ts';
import { leverCases } from './leverCases.ts';
import { connection } from './leverWorld.ts';
import { scramble, siblings } from './targetWorld.ts';

/** What came of random plans. `changed` counts requests that were no reads before one was carried out, `unlike` plans whose text was not what was sent. */
export interface DryRuns {
  plans: number;
  requests: number;
  changed: number;
  unlike: number;
}

/** Names an attacker can give: they must not be able to add a line that looks like a request, nor hide one. */
const hostileName = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.constantFrom('\n    DELETE https://api.twilio.com/', '\u202E    POST https://x', '# nothing\r\n\r\n    ', '`'),
);

const random = fc.record({
  index: fc.nat(leverCases.length - 1),
  most: fc.integer({ min: 1, max: 4 }),
  name: hostileName,
  ways: fc.array(fc.integer({ min: -1, max: 7 }), { maxLength: 4 }),
});

/** Makes random plans of random states, and then carries each out. Throws for the first whose text differs from what is sent. */
export async function dryRuns(plans: number): Promise<DryRuns> {
  const totals: DryRuns = { plans: 0, requests: 0, changed: 0, unlike: 0 };
  await fc.assert(
    fc.asyncProperty(random, async ({ index, most, name, ways }) => {
      const one = leverCases[index];
      if (!one) throw new Error(`there is no case ${index}`);
      const at = directLever(one);
      const targets = siblings(one.target).slice(0, most);
      scramble(at.world, targets, ways);
      const plan = await at.plan(targets.map((target) => ({ ...target, ...(isFreeName(target) && { name }) })));
      const shown = requestsIn(plan, at.planning.clock.now());
      const pasted = cliText(plan)
        .split('\n')
        .filter((line) => line.startsWith('twilio '));
      totals.plans += 1;
      totals.requests += shown.length;
      totals.changed += at.twilio.changes.length;
      const ends = await at.apply(plan);
      // One that does not end well stops the rest: what was sent is the beginning of what was shown.
      const asked = at.twilio.changes
        .map((change) => change.asked)
        .filter((line) => shown.includes(line) || !later(line, one.action));
      // What a sweep still finds is asked for again, as the text says.
      const sent = plan.action.sweep ? [...new Set(asked)] : asked;
      const expected = ends.every((end) => end === 'done') ? shown : shown.slice(0, sent.length);
      const same = sent.toSorted().join('\n') === expected.toSorted().join('\n');
      if (same && pasted.length === shown.length && totals.changed === 0) return;
      totals.unlike += 1;
      throw new Error(`shown:\n${shown.join('\n')}\nsent:\n${sent.join('\n')}`);
    }),
    { numRuns: plans },
  );
  return totals;
}

/** What a person reads as a request: the indented lines, but for the one that stands for what a sweep will find. */
function requestsIn(plan: Plan, now: number): readonly string[] {
  return planText(plan, connection, now)
    .split('\n')
    .filter((line) => line.startsWith('    ') && !line.includes('…'))
    .map((line) => line.slice(4));
}

/** The names of these are what they are found by, and other characters are refused. */
function isFreeName({ kind }: Target): boolean {
  return !['safeNumber', 'newApiKey', 'newVerifyLimit', 'newUsageTrigger'].includes(kind);
}

/** A request that cannot be shown, because it names what an earlier one makes. */
function later(line: string, action: string): boolean {
  const shapes = leverCases.flatMap((one) => (one.action === action ? (one.later ?? []) : []));
  return shapes.includes(line.replace(/RK[0-9a-f]{32}/, 'RK…'));
}
