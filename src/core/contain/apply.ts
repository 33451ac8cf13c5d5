import { UserError } from '../errors.ts';
import type { Cancellation, Clock, Journal, JournalEntry, Twilio } from '../ports.ts';
import type { State } from './action.ts';
import { applyItem, settle, subject } from './applyItem.ts';
import type { Plan } from './plan.ts';
import { spendPlan } from './planAge.ts';
import { type Target, targetId } from './target.ts';

export type Result = 'done' | 'already' | 'refused' | 'not-tried' | 'unknown';

/** How it ended for one target. `done` means that Twilio, asked again, has the wanted state. */
export interface Outcome {
  readonly target: Target;
  readonly result: Result;
  readonly sentence: string;
  readonly before: State;
  /** For what was done: what Twilio held then. */
  readonly after?: State;
  /** Epoch milliseconds, UTC. */
  readonly at: number;
  /** Nothing was sent, because the target was not as it was when it was planned. */
  readonly moved?: true;
  /** The refusal is about this target alone, so the others are tried all the same. */
  readonly alone?: true;
}

export interface ApplyContext {
  readonly connectionId: string;
  readonly twilio: Twilio;
  readonly journal: Journal;
  readonly clock: Clock;
  /** When it was confirmed, epoch milliseconds; now unless told. */
  readonly confirmedAt?: number;
  /** Waits between looks at a change that shows late. */
  readonly delay?: (milliseconds: number) => Promise<void>;
}

/** What came of a plan. */
export interface Applied {
  /** One for every item of the plan, in its order. */
  readonly outcomes: readonly Outcome[];
  /** Why the record is incomplete: nothing was sent after it failed, and what was done before is in the outcomes. */
  readonly journalFailure?: UserError;
}

/**
 * Carries a confirmed plan out, target by target, and stops at the first that does not end well, when the record cannot be
 * written, and when it is cancelled. For each: the live state must still be what the plan saw → the intent is durable → the
 * requests are sent → the state is read back. What was done is always in the result. Throws `UserError('state-moved')` before anything
 * is sent for a plan of another connection, one that is too old, and one that was carried out before.
 */
export async function applyPlan(plan: Plan, context: ApplyContext, cancel?: Cancellation): Promise<Applied> {
  if (plan.connectionId !== context.connectionId)
    throw new UserError(
      'state-moved',
      'This plan was made for another account. Nothing was sent; make the plan again.',
    );
  spendPlan(plan, context.confirmedAt ?? context.clock.now());
  const outcomes: Outcome[] = [];
  let journalFailure: UserError | undefined;
  const record = async (entry: JournalEntry): Promise<boolean> => {
    try {
      await context.journal.append(entry);
      return true;
    } catch (reason) {
      if (!(reason instanceof UserError)) throw reason;
      journalFailure ??= reason;
      return false;
    }
  };
  for (const item of plan.items) {
    const reason = whyNotTried(outcomes, journalFailure, cancel);
    const outcome = reason
      ? settle(item, 'not-tried', reason, context)
      : await applyItem(plan, item, context, record, cancel);
    outcomes.push(outcome);
    if (!journalFailure) {
      const { result, sentence, before, after } = outcome;
      // What takes it back may act on something else, such as on what was created.
      const back = after && plan.action.undo?.target?.(item.target, before, after);
      // What was left is kept, so that an undo can tell from the record alone whether somebody else changed it since.
      await record({
        type: 'outcome',
        plan: plan.id,
        ...subject(plan, item),
        result,
        sentence,
        ...(after && { after }),
        ...(back && { back: targetId(back) }),
      });
    }
  }
  return { outcomes, ...(journalFailure && { journalFailure }) };
}

function whyNotTried(
  outcomes: readonly Outcome[],
  failure: UserError | undefined,
  cancel: Cancellation | undefined,
): string | undefined {
  if (failure) return 'Not tried, because it could not have been recorded.';
  if (cancel?.aborted) return 'Not tried, because you stopped.';
  const badly = outcomes.some(({ result, alone }) => (result === 'refused' && !alone) || result === 'unknown');
  return badly ? 'Not tried, because an earlier one did not end well.' : undefined;
}
