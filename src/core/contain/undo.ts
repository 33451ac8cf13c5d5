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

/**
 * What the undo of a change acts on, as it was told then: the undo's plan reads the live state again. `undefined` when the state before
 * cannot be brought back.
 */
export function wayBack({ undo }: Action, target: Target, before: State, after: State): Target | undefined {
  return undo?.target ? undo.target(target, before, after) : target;
}

/** What of a plan's outcome can be undone; `undefined` when nothing was done or there is no way back. */
export function undoable(plan: Plan, outcomes: readonly Outcome[], actions: readonly Action[]): Undoable | undefined {
  const { action } = plan;
  const { undo } = action;
  const undoWith = actions.find(({ id }) => id === undo?.actionId);
  const done = outcomes.filter(({ result }) => result === 'done');
  if (!undo || !undoWith || plan.isUndo || done.length === 0 || action.reversibility === 'irreversible')
    return undefined;
  const back = done.flatMap(({ target: changed, before, after = {}, at }) => {
    const target = wayBack(action, changed, before, after);
    return target ? [{ target, left: after, at }] : [];
  });
  if (back.length === 0) return undefined;
  return {
    action,
    undoWith,
    connectionId: plan.connectionId,
    targets: back.map(({ target }) => target),
    left: new Map(back.map(({ target, left }) => [targetId(target), left])),
    at: Math.max(...back.map(({ at }) => at)),
  };
}
