import type { Target } from '../accounts/nodeKind.ts';
import { UserError } from '../errors.ts';
import type { Cancellation, Clock, Journal, JournalEntry, Twilio } from '../ports.ts';
import { describe } from '../twilio/request.ts';
import type { State } from './action.ts';
import { type Plan, type PlannedItem, readState, sameState } from './plan.ts';

export type Result = 'done' | 'already' | 'refused' | 'not-tried' | 'unknown';

/** How it ended for one target. `done` means that Twilio, asked again, has the wanted state. */
export interface Outcome {
  readonly target: Target;
  readonly result: Result;
  readonly sentence: string;
  readonly before: State;
  /** Epoch milliseconds, UTC. */
  readonly at: number;
}

export interface ApplyContext {
  readonly connectionId: string;
  readonly twilio: Twilio;
  readonly journal: Journal;
  readonly clock: Clock;
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
 * requests are sent → the state is read back. What was done is always in the result.
 */
export async function applyPlan(plan: Plan, context: ApplyContext, cancel?: Cancellation): Promise<Applied> {
  if (plan.connectionId !== context.connectionId)
    throw new UserError(
      'state-moved',
      'This plan was made for another account. Nothing was sent; make the plan again.',
    );
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
    const outcome = reason ? settle(item, 'not-tried', reason, context) : await applyItem(plan, item, context, record);
    outcomes.push(outcome);
    if (!journalFailure) {
      const { result, sentence } = outcome;
      await record({ type: 'outcome', plan: plan.id, ...subject(plan, item), result, sentence });
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
  const badly = outcomes.some(({ result }) => result === 'refused' || result === 'unknown');
  return badly ? 'Not tried, because an earlier one did not end well.' : undefined;
}

type Record = (entry: JournalEntry) => Promise<boolean>;

async function applyItem(plan: Plan, item: PlannedItem, context: ApplyContext, record: Record): Promise<Outcome> {
  const { action } = plan;
  try {
    const live = await readState(action, item.target, context.twilio);
    if (sameState(live, item.wanted))
      return settle(item, 'already', 'Already so: somebody else did it meanwhile.', context);
    if (!sameState(live, item.before))
      return settle(
        item,
        'refused',
        'Changed since the plan was made. Nothing was sent; make the plan again.',
        context,
      );
  } catch (reason) {
    return settle(item, 'refused', `${sentenceOf(reason)} Nothing was sent.`, context);
  }
  const recorded = await record({
    type: 'intent',
    plan: plan.id,
    ...subject(plan, item),
    before: item.before,
    wanted: item.wanted,
    requests: item.requests.map(describe),
  });
  if (!recorded) return settle(item, 'not-tried', 'Not tried, because it could not be recorded.', context);
  const failure = await sendAll(item, context.twilio);
  return readBack(plan, item, failure, context);
}

async function sendAll(item: PlannedItem, twilio: Twilio): Promise<unknown> {
  try {
    for (const request of item.requests) await twilio.send(request);
    return undefined;
  } catch (reason) {
    return reason;
  }
}

/** What Twilio holds now decides, not what it answered: a lost reply may have acted, and HTTP 200 may not have. */
async function readBack(plan: Plan, item: PlannedItem, failure: unknown, context: ApplyContext): Promise<Outcome> {
  try {
    const live = await readState(plan.action, item.target, context.twilio);
    if (sameState(live, item.wanted)) return settle(item, 'done', 'Done, and read back from Twilio.', context);
    if (!sameState(live, item.before))
      return settle(
        item,
        'unknown',
        'Twilio shows a state that is neither the old nor the wanted one. Look at it in the Console.',
        context,
      );
    const why =
      failure === undefined ? 'Twilio accepted the request but did not change anything.' : sentenceOf(failure);
    return settle(item, 'refused', `${why} Read back: nothing was changed.`, context);
  } catch (reason) {
    const sent = failure === undefined ? 'The request was sent and accepted' : 'The request was sent';
    return settle(
      item,
      'unknown',
      `${sent}, but the result could not be read back: ${sentenceOf(reason)} Check in the Console before trying again.`,
      context,
    );
  }
}

function settle(item: PlannedItem, result: Result, sentence: string, context: ApplyContext): Outcome {
  return { target: item.target, result, sentence, before: item.before, at: context.clock.now() };
}

function subject(plan: Plan, { target }: PlannedItem) {
  return { action: plan.action.id, target: target.account, kind: target.kind, name: target.name };
}

function sentenceOf(reason: unknown): string {
  return reason instanceof UserError ? reason.message : 'Something unexpected went wrong.';
}
