import type { Target } from '../accounts/nodeKind.ts';
import { UserError } from '../errors.ts';
import type { Clock, Journal, Twilio } from '../ports.ts';
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

/**
 * Carries a confirmed plan out, target by target, and stops at the first that does not end well. For each: the live state
 * must still be what the plan saw → the intent is durable → the requests are sent → the state is read back.
 * Throws only when the journal cannot be written; then nothing further is sent.
 */
export async function applyPlan(plan: Plan, context: ApplyContext): Promise<readonly Outcome[]> {
  if (plan.connectionId !== context.connectionId)
    throw new UserError(
      'state-moved',
      'This plan was made for another account. Nothing was sent; make the plan again.',
    );
  const outcomes: Outcome[] = [];
  for (const item of plan.items) {
    const stopped = outcomes.some(({ result }) => result === 'refused' || result === 'unknown');
    const outcome = stopped
      ? settle(item, 'not-tried', 'Not tried, because an earlier one did not end well.', context)
      : await applyItem(plan, item, context);
    await context.journal.append({
      type: 'outcome',
      plan: plan.id,
      ...record(item),
      result: outcome.result,
      sentence: outcome.sentence,
      at: outcome.at,
    });
    outcomes.push(outcome);
  }
  return outcomes;
}

async function applyItem(plan: Plan, item: PlannedItem, context: ApplyContext): Promise<Outcome> {
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
  await context.journal.append({
    type: 'intent',
    plan: plan.id,
    action: action.id,
    ...record(item),
    before: item.before,
    wanted: item.wanted,
    requests: item.requests.map(describe),
    at: context.clock.now(),
  });
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

function record(item: PlannedItem) {
  return { target: item.target.account, kind: item.target.kind };
}

function sentenceOf(reason: unknown): string {
  return reason instanceof UserError ? reason.message : 'Something unexpected went wrong.';
}
