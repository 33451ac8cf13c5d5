import { randomUUID } from 'node:crypto';
import { applyPlan } from '../../src/core/contain/apply.ts';
import { makePlan } from '../../src/core/contain/plan.ts';
import { actionOf, leverCases } from '../core/contain/leverCases.ts';
import { connection } from '../core/contain/leverWorld.ts';
import { open, type Place } from './containSide.ts';

/** One lever to use: which case, and where. */
export interface Job extends Place {
  readonly index: number;
}

// Uses the lever it is told of, says how it ended, and waits for the next, until it is killed.
process.on('message', (job: Job) => {
  use(job).then(
    (result) => process.send?.(result),
    (reason: unknown) => process.send?.(String(reason)),
  );
});
process.send?.('ready');

async function use(job: Job): Promise<string> {
  const one = leverCases[job.index];
  if (!one) throw new Error(`there is no case ${job.index}`);
  const { twilio, journal, clock } = open(job);
  const plan = await makePlan(actionOf(one), [one.target], { connection, twilio, clock, newId: randomUUID });
  const { outcomes } = await applyPlan(plan, { connectionId: connection.id, twilio, journal, clock });
  twilio.dispose();
  return outcomes[0]?.result ?? 'not planned';
}
