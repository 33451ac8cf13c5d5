import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { createChangeLock } from '../../src/adapters/changeLock.ts';
import { delay } from '../../src/adapters/twilio/delay.ts';
import { applyPlan } from '../../src/core/contain/apply.ts';
import { makePlan } from '../../src/core/contain/plan.ts';
import { actionOf, leverCases } from '../core/contain/leverCases.ts';
import { connection } from '../core/contain/leverWorld.ts';
import { mainSid } from '../simulator/smallWorld.ts';
import type { Job } from './containLoop.ts';
import { open } from './containSide.ts';

// One of several windows that plan the same change and, told `go`, carry it out at the same moment.
let go: () => void = () => {};

process.on('message', (said: Job | 'go') => {
  if (said === 'go') return go();
  race(said).then(
    (result) => process.send?.(result),
    (reason: unknown) => process.send?.(String(reason)),
  );
});
process.send?.('ready');

async function race(job: Job): Promise<string> {
  const one = leverCases[job.index];
  if (!one) throw new Error(`there is no case ${job.index}`);
  const { twilio, journal, clock } = open(job);
  const exclusively = createChangeLock({ folder: path.join(job.folder, 'changes'), account: mainSid, delay });
  const plan = await makePlan(actionOf(one), [one.target], { connection, twilio, clock, newId: randomUUID });
  const started = new Promise<void>((resolve) => {
    go = resolve;
  });
  process.send?.('planned');
  await started;
  const { outcomes } = await exclusively(() =>
    applyPlan(plan, { connectionId: connection.id, twilio, journal, clock, delay }),
  );
  twilio.dispose();
  return outcomes[0]?.result ?? 'not planned';
}
