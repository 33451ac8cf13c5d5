import { UserError } from '../errors.ts';
import { duration } from '../model/age.ts';
import type { Plan } from './plan.ts';

/** How long a plan may be looked at before it is carried out, in milliseconds: what depends on a target changes while an attack goes on. */
export const planLifetime = 10 * 60_000;

/** Plans that were carried out, by what they hold, so that a copy of one counts as it. */
const spent = new WeakSet<Plan['items']>();

/**
 * Throws `UserError('state-moved')` for a plan that was confirmed too long after it was made (`at`: when, epoch milliseconds), or was
 * carried out before. Otherwise it counts as carried out from now on.
 */
export function spendPlan(plan: Plan, at: number): void {
  if (spent.has(plan.items))
    throw new UserError('state-moved', 'This plan was carried out already. Nothing was sent; make a new plan.');
  if (isExpired(plan, at))
    throw new UserError(
      'state-moved',
      `This plan was made ${duration(Math.abs(at - plan.created))} ago, and much may have changed since. Nothing was sent; make the plan again.`,
    );
  spent.add(plan.items);
}

/** Older than a plan may be; also one from the future, whose age nobody knows: the clock was set back. */
export function isExpired({ created }: Pick<Plan, 'created'>, at: number): boolean {
  return at - created > planLifetime || created - at > planLifetime;
}
