import { UserError } from '../errors.ts';
import type { Cancellation, JournalEntry } from '../ports.ts';
import { describe, type TwilioRequest } from '../twilio/request.ts';
import type { State } from './action.ts';
import type { ApplyContext, Outcome, Result } from './apply.ts';
import { type Plan, type PlannedItem, sweepRequests } from './plan.ts';
import { holds, type Live, readLive, sameState } from './readLive.ts';
import { type Sent, sendAll } from './send.ts';
import { targetId } from './target.ts';

type Record = (entry: JournalEntry) => Promise<boolean>;

/** Rounds of a sweep: things that keep coming faster than they can be ended need another lever. */
const mostPasses = 5;
/** How long a change may take to show, in milliseconds between looks. */
const patience = [500, 1000, 2000, 4000];

const moved = 'Changed since the plan was made. Nothing was sent; make the plan again.';

/** Does one item of a confirmed plan. Never throws for what Twilio refuses: that is the outcome. */
export async function applyItem(
  plan: Plan,
  item: PlannedItem,
  context: ApplyContext,
  record: Record,
  cancel?: Cancellation,
): Promise<Outcome> {
  const { action } = plan;
  const read = () => readLive(action, item.target, context.twilio);
  let live: Live;
  try {
    live = await read();
  } catch (reason) {
    return settle(item, 'refused', `${sentenceOf(reason)} Nothing was sent.`, context);
  }
  if (holds(live.state, item.wanted))
    return settle(item, 'already', 'Already so: an earlier step or somebody else did it meanwhile.', context);
  if (!sameState(live.state, item.before, action.volatile))
    return { ...settle(item, 'refused', moved, context), moved: true };

  let sent: Sent = {};
  for (let pass = 1; ; pass += 1) {
    const swept = sweepRequests(action, item.target, live.readings);
    const requests = pass === 1 ? item.requests : [];
    if (swept.length + requests.length === 0) return judge(plan, item, sent, live.state, context);
    const recorded = await record(intent(plan, item, [...swept, ...requests], pass));
    if (!recorded && pass === 1)
      return settle(item, 'not-tried', 'Not tried, because it could not be recorded.', context);
    if (!recorded) return judge(plan, item, sent, live.state, context);
    // The first round holds the change itself: why that failed explains more than what a later round of a sweep met.
    sent = { ...(await sendAll(action, swept, requests, context.twilio)), ...sent };
    try {
      live = await look(plan, item, sent, read, context);
    } catch (reason) {
      return settle(item, 'unknown', unreadable(sent, reason), context);
    }
    if (holds(live.state, item.wanted) || pass === mostPasses || cancel?.aborted)
      return judge(plan, item, sent, live.state, context);
  }
}

/** Reads back; again after a while where Twilio may be slow, unless it is as wanted or was refused. */
async function look(
  { action }: Plan,
  item: PlannedItem,
  { failure, complaint }: Sent,
  read: () => Promise<Live>,
  { delay }: ApplyContext,
): Promise<Live> {
  let live = await read();
  if (!action.slow || !delay || failure !== undefined || complaint !== undefined) return live;
  for (const milliseconds of patience) {
    if (holds(live.state, item.wanted)) break;
    await delay(milliseconds);
    live = await read();
  }
  return live;
}

/** What Twilio holds now decides, not what it answered: a lost reply may have acted, and HTTP 200 may not have. */
function judge({ action }: Plan, item: PlannedItem, sent: Sent, live: State, context: ApplyContext): Outcome {
  if (holds(live, item.wanted)) {
    const unheard = sent.failure === undefined ? undefined : action.unheard;
    const sentence = ['Done, and read back from Twilio.', unheard ?? ''].join(' ').trim();
    const outcome = settle(item, 'done', sentence, context);
    return { ...outcome, after: live };
  }
  const { failure, complaint } = sent;
  // What changes by itself tells nothing: as many calls as before may be other calls.
  const tells = Object.keys(item.before).some((name) => !action.volatile?.includes(name));
  if (!tells || !sameState(live, item.before, action.volatile)) {
    const differs = Object.keys(item.wanted).filter((name) => live[name] !== item.wanted[name]);
    const told = differs.map((name) => `${name} is ${live[name] ?? 'unknown'} instead of ${item.wanted[name]}`);
    const why = complaint ?? (failure === undefined ? '' : sentenceOf(failure));
    return settle(
      item,
      'unknown',
      `${why} Read back, it is neither as before nor as wanted: ${told.join('; ')}. Look at it in the Console, then make a new plan.`.trim(),
      context,
    );
  }
  const why =
    complaint ??
    (failure === undefined ? 'Twilio accepted the request but did not change anything.' : sentenceOf(failure));
  const still = Object.keys(item.wanted).filter((name) => live[name] !== item.wanted[name]);
  const read = sameState(live, item.before)
    ? 'nothing was changed'
    : still.map((name) => `${name} is still ${live[name] ?? 'unknown'}`).join('; ');
  const outcome = settle(item, 'refused', `${why} Read back: ${read}.`, context);
  return complaint === undefined ? outcome : { ...outcome, alone: true };
}

function unreadable({ failure }: Sent, reason: unknown): string {
  const sent = failure === undefined ? 'The request was sent and accepted' : 'The request was sent';
  return `${sent}, but the result could not be read back: ${sentenceOf(reason)} Check in the Console before trying again.`;
}

function intent(plan: Plan, item: PlannedItem, requests: readonly TwilioRequest[], pass: number): JournalEntry {
  return {
    type: 'intent',
    plan: plan.id,
    ...subject(plan, item),
    ...(pass > 1 && { pass }),
    // Whole, so that what was interrupted can be read back later.
    on: { ...item.target },
    with: plan.main,
    before: item.before,
    wanted: item.wanted,
    requests: requests.map(describe),
  };
}

/** How an item ended, as of now. */
export function settle(
  { target, before }: PlannedItem,
  result: Result,
  sentence: string,
  { clock }: ApplyContext,
): Outcome {
  return { target, result, sentence, before, at: clock.now() };
}

/** What the journal says an entry is about. */
export function subject({ action, isUndo }: Plan, { target }: PlannedItem) {
  const { account, kind, name } = target;
  return { action: action.id, target: targetId(target), account, kind, name, ...(isUndo && { undo: true }) };
}

function sentenceOf(reason: unknown): string {
  return reason instanceof UserError ? reason.message : 'Something unexpected went wrong.';
}
