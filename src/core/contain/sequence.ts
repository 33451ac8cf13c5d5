import { UserError } from '../errors.ts';
import type { Cancellation, Clock } from '../ports.ts';
import type { Action } from './action.ts';
import type { Applied, Outcome } from './apply.ts';
import { makePlan, type Plan, type PlanContext } from './plan.ts';
import type { Target } from './target.ts';

/** One lever and what it is to be used on. */
export interface PlanStep {
  readonly action: Action;
  readonly targets: readonly Target[];
}

/** A plan for each step, in order. Changes nothing. */
export async function makePlans(
  steps: readonly PlanStep[],
  context: PlanContext,
  cancel?: Cancellation,
): Promise<readonly Plan[]> {
  // Read through once for all.
  const { captured, clock } = context;
  const now = clock.now();
  const answers = await captured?.(
    steps.flatMap(({ action, targets }) => targets.flatMap((target) => Object.values(action.evidence(target, now)))),
  );
  const from: PlanContext = { ...context, ...(answers && { captured: async () => answers }) };
  return Promise.all(steps.map(({ action, targets }) => makePlan(action, targets, from, cancel)));
}

export interface AppliedPlans {
  readonly plans: readonly { readonly plan: Plan; readonly outcomes: readonly Outcome[] }[];
  /** Why the record is incomplete. */
  readonly failure?: UserError;
}

/**
 * Carries confirmed plans out one after the other. Levers do not depend on each other, so one that is refused does not keep the
 * next from stopping the loss; where it is not known what happened, or the record fails, the rest is not tried.
 */
export async function applyPlans(
  plans: readonly Plan[],
  apply: (plan: Plan) => Promise<Applied>,
  clock: Clock,
): Promise<AppliedPlans> {
  const done: AppliedPlans['plans'][number][] = [];
  let failure: UserError | undefined;
  for (const plan of plans) {
    const unclear = done.some(({ outcomes }) => outcomes.some(({ result }) => result === 'unknown'));
    if (failure || unclear) {
      done.push({ plan, outcomes: plan.items.map(({ target, before }) => notTried(target, before, clock)) });
      continue;
    }
    try {
      const { outcomes, journalFailure } = await apply(plan);
      failure = journalFailure;
      done.push({ plan, outcomes });
    } catch (reason) {
      // A plan that is refused as a whole must not hide what was done by those before it.
      if (!(reason instanceof UserError) || done.length === 0) throw reason;
      done.push({ plan, outcomes: plan.items.map(({ target, before }) => notTried(target, before, clock, reason)) });
    }
  }
  return { plans: done, ...(failure && { failure }) };
}

function notTried(target: Target, before: Outcome['before'], clock: Clock, why?: UserError): Outcome {
  const sentence = why?.message ?? 'Not tried, because an earlier step did not end clearly.';
  return { target, before, result: 'not-tried', sentence, at: clock.now() };
}
