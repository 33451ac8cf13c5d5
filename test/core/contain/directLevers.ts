import { applyPlan } from '../../../src/core/contain/apply.ts';
import { makePlan, type Plan, type PlanContext } from '../../../src/core/contain/plan.ts';
import type { Target } from '../../../src/core/contain/target.ts';
import type { JsonObject } from '../../../src/core/model/json.ts';
import type { Journal } from '../../../src/core/ports.ts';
import { type SmallWorld, smallWorld } from '../../simulator/smallWorld.ts';
import { type DirectTwilio, directTwilio } from './directTwilio.ts';
import { actionOf, type LeverCase } from './leverCases.ts';
import { connection } from './leverWorld.ts';

/** A lever on a small world, asked directly: thousands of them in a few seconds. */
export interface DirectLever {
  readonly world: SmallWorld;
  readonly twilio: DirectTwilio;
  readonly records: JsonObject[];
  readonly planning: PlanContext;
  readonly context: Parameters<typeof applyPlan>[1];
  plan(targets?: readonly Target[]): Promise<Plan>;
  /** How each item ended. */
  apply(plan: Plan): Promise<readonly string[]>;
}

/** The lever's own small world, prepared. `hear` is told of each entry once it is recorded. */
export function directLever(one: LeverCase, hear: (entry: JsonObject) => void = () => {}): DirectLever {
  const world = smallWorld();
  one.prepare?.(world);
  const twilio = directTwilio(world);
  const records: JsonObject[] = [];
  const journal: Journal = {
    async append(entry) {
      records.push(entry);
      hear(entry);
    },
  };
  const clock = { now: () => world.now() };
  let plans = 0;
  const newId = () => {
    plans += 1;
    return `plan${plans}`;
  };
  const context = { connectionId: connection.id, twilio, journal, clock, delay: async () => {} };
  const planning = { connection, twilio, clock, newId };
  return {
    ...{ world, twilio, records, planning, context },
    plan: (targets = [one.target]) => makePlan(actionOf(one), targets, planning),
    apply: async (plan) => (await applyPlan(plan, context)).outcomes.map(({ result }) => result),
  };
}
