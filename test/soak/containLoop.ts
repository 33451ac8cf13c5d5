import { randomUUID } from 'node:crypto';
import { applyPlan } from '../../src/core/contain/apply.ts';
import { makePlan } from '../../src/core/contain/plan.ts';
import { actions } from '../../src/core/registry.ts';
import { connection, levers, open } from './containSide.ts';

// Uses levers one after the other, to and fro, until it is killed. Told: the simulator's port and the journal's folder.
const [port = '', folder = ''] = process.argv.slice(2);
const { twilio, journal, clock } = open(Number(port), folder);
const context = { connectionId: connection.id, twilio, journal, clock };
for (let turn = 0; ; turn += 1) {
  const [id = '', target] = levers[turn % levers.length] ?? [];
  const action = actions.find((one) => one.id === id);
  if (!action || !target) throw new Error(`no lever is called ${id}`);
  const plan = await makePlan(action, [target], { connection, twilio, clock, newId: randomUUID });
  if (turn === 0) console.log('begun');
  await applyPlan(plan, context);
}
