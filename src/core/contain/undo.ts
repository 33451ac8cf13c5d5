import type { Action, State } from './action.ts';
import type { Outcome } from './apply.ts';
import type { Plan } from './plan.ts';
import { type Target, targetId } from './target.ts';

/** Something done that can be taken back by its opposite action, through a plan and a confirmation of its own. */
export interface Undoable {
  readonly action: Action;
  readonly undoWith: Action;
  readonly connectionId: string;
  readonly targets: readonly Target[];
  /** What Twilio held when each was done, by `targetId`: undo is refused for what moved since. */
  readonly left: ReadonlyMap<string, State>;
  /** When the last of them was done, epoch milliseconds. */
  readonly at: number;
}

/** What of a plan's outcome can be undone; `undefined` when nothing was done or there is no way back. */
export function undoable(plan: Plan, outcomes: readonly Outcome[], actions: readonly Action[]): Undoable | undefined {
  const { action } = plan;
  const { undo } = action;
  const undoWith = actions.find(({ id }) => id === undo?.actionId);
  const done = outcomes.filter(({ result }) => result === 'done');
  if (!undo || !undoWith || done.length === 0 || action.reversibility === 'irreversible') return undefined;
  const back = done.map(({ target, before, after, at }) => ({
    // The undo's plan reads the live state again, so a target may be told as it was.
    target: undo.target?.(target, before, after ?? {}) ?? target,
    left: after ?? {},
    at,
  }));
  return {
    action,
    undoWith,
    connectionId: plan.connectionId,
    targets: back.map(({ target }) => target),
    left: new Map(back.map(({ target, left }) => [targetId(target), left])),
    at: Math.max(...back.map(({ at }) => at)),
  };
}
