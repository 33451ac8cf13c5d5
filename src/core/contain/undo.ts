import type { Target } from '../accounts/nodeKind.ts';
import type { Action } from './action.ts';
import type { Outcome } from './apply.ts';
import type { Plan } from './plan.ts';

/** Something done that can be taken back by its opposite action, through a plan and a confirmation of its own. */
export interface Undoable {
  readonly action: Action;
  readonly undoWith: Action;
  readonly connectionId: string;
  readonly targets: readonly Target[];
  /** When the last of them was done, epoch milliseconds. */
  readonly at: number;
}

/** What of a plan's outcome can be undone; `undefined` when nothing was done or there is no way back. */
export function undoable(plan: Plan, outcomes: readonly Outcome[], actions: readonly Action[]): Undoable | undefined {
  const { action } = plan;
  const undoWith = actions.find(({ id }) => id === action.undo?.actionId);
  const done = outcomes.filter(({ result }) => result === 'done');
  if (!undoWith || done.length === 0 || action.reversibility === 'irreversible') return undefined;
  // The undo's plan reads the live state again, so the targets may be told as they were.
  const targets = done.map(({ target }) => target);
  return { action, undoWith, connectionId: plan.connectionId, targets, at: Math.max(...done.map(({ at }) => at)) };
}
