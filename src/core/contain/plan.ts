import type { Fact } from '../accounts/nodeKind.ts';
import { throwIfCancelled } from '../cancellation.ts';
import { UserError } from '../errors.ts';
import type { Connection } from '../model/connection.ts';
import type { JsonObject } from '../model/json.ts';
import { type AccountSid, isSid } from '../model/sid.ts';
import type { Cancellation, Clock, Twilio } from '../ports.ts';
import { isMutation, type TwilioRequest, toHttp } from '../twilio/request.ts';
import type { Action, Actor, Readings, State } from './action.ts';
import { holds, type Live, readLive } from './readLive.ts';
import { protectionNames, type Target, targetId } from './target.ts';

/** What will be done to one target, exactly. */
export interface PlannedItem {
  readonly target: Target;
  /** The live state when the plan was made; the plan is void when it has moved. */
  readonly before: State;
  readonly wanted: State;
  /** Requests for what the sweep found when the plan was made; sent first, to what it finds then. */
  readonly sweep: readonly TwilioRequest[];
  readonly requests: readonly TwilioRequest[];
  /** What depends on the target, from real evidence. */
  readonly blastRadius: readonly Fact[];
}

/** A reviewed set of changes, bound to the account and credential it was made for. */
export interface Plan {
  readonly id: string;
  readonly action: Action;
  readonly connectionId: string;
  /** The account whose credential it was made with. */
  readonly main: AccountSid;
  /** Epoch milliseconds, UTC. */
  readonly created: number;
  readonly items: readonly PlannedItem[];
  /** Targets that must not or cannot be changed, and why. */
  readonly refused: readonly { readonly target: Target; readonly reason: string }[];
  /** Targets that already are as wanted. */
  readonly already: readonly Target[];
}

export interface PlanContext {
  readonly connection: Connection;
  readonly twilio: Twilio;
  readonly clock: Clock;
  readonly newId: () => string;
  /** SIDs, numbers and countries the person never wants changed. */
  readonly protectedNames?: readonly string[];
  /** For an undo: the state each target was left in, by `targetId`. One that moved since is refused. */
  readonly left?: ReadonlyMap<string, State>;
}

/** Targets looked at together. */
const together = 8;

type Verdict = { readonly item: PlannedItem } | { readonly reason: string } | 'already';

/** Reads every target's live state and what depends on it. Changes nothing. */
export async function makePlan(
  action: Action,
  targets: readonly Target[],
  context: PlanContext,
  cancel?: Cancellation,
): Promise<Plan> {
  const items: PlannedItem[] = [];
  const refused: Plan['refused'][number][] = [];
  const already: Target[] = [];
  const distinct = [...new Map(targets.map((target) => [targetId(target), target])).values()];
  for (let at = 0; at < distinct.length; at += together) {
    throwIfCancelled(cancel);
    const some = distinct.slice(at, at + together);
    const verdicts = await Promise.all(some.map((target) => judge(action, target, context, cancel)));
    for (const [index, target] of some.entries()) {
      const verdict = verdicts[index];
      if (verdict === undefined || verdict === 'already') already.push(target);
      else if ('item' in verdict) items.push(verdict.item);
      else refused.push({ target, reason: verdict.reason });
    }
  }
  const { connection, clock, newId } = context;
  return {
    id: newId(),
    action,
    connectionId: connection.id,
    main: connection.account,
    created: clock.now(),
    items,
    refused,
    already,
  };
}

async function judge(
  action: Action,
  target: Target,
  context: PlanContext,
  cancel: Cancellation | undefined,
): Promise<Verdict> {
  const guarded = new Set(context.protectedNames?.map((name) => name.trim().toUpperCase()));
  if (protectionNames(target).some((name) => guarded.has(name)))
    return { reason: 'It is on your protected list (setting “Twilio Incident: Protected”), so it is left alone.' };
  try {
    const live = await readLive(action, target, context.twilio, cancel);
    const before = live.state;
    if (action.gone && holds(before, action.gone))
      return {
        reason: 'Twilio does not show it to this credential: it is gone already, or belongs to another account.',
      };
    const reason = action.refuse(target, before, actorOf(context.connection));
    if (reason !== undefined) return { reason };
    const wanted = action.wanted(before, target);
    if (holds(before, wanted)) return 'already';
    const left = context.left?.get(targetId(target));
    if (left && !agrees(before, left, action.volatile))
      return { reason: 'It was changed again since, so undoing would overwrite what somebody else did.' };
    return { item: await item(action, target, live, wanted, context) };
  } catch (reason) {
    if (!(reason instanceof UserError)) throw reason;
    return { reason: reason.message };
  }
}

function actorOf({ account, credential }: Connection): Actor {
  return { main: account, ...(credential.kind === 'apiKey' && { keyInUse: credential.keySid }) };
}

/** An undo may look at other fields than the action did: those that both know decide. */
function agrees(live: State, left: State, volatile: readonly string[] = []): boolean {
  const shared = Object.keys(left).filter((name) => Object.hasOwn(live, name) && !volatile.includes(name));
  return shared.every((name) => live[name] === left[name]);
}

async function item(
  action: Action,
  target: Target,
  { state: before, readings }: Live,
  wanted: State,
  context: PlanContext,
): Promise<PlannedItem> {
  const evidence = Object.entries(action.evidence(target, context.clock.now()));
  if (evidence.some(([, request]) => isMutation(request)))
    throw new Error(`${action.id} gathers evidence with a change`);
  const replies = await Promise.all(
    evidence.map(async ([name, request]) => [name, await readItems(request, context.twilio)] as const),
  );
  const sweep = sweepRequests(action, target, readings);
  const requests = action.requests(target, before);
  // One that must not be sent is refused here, and not when half of the plan is done.
  for (const request of [...sweep, ...requests]) toHttp(request);
  return {
    target,
    before,
    wanted,
    sweep,
    requests,
    blastRadius: action.blastRadius(Object.fromEntries(replies), target, before),
  };
}

/** What a sweep sends for what was found; what has no SID of the right kind cannot be named in a request. */
export function sweepRequests({ sweep }: Action, target: Target, readings: Readings): readonly TwilioRequest[] {
  if (!sweep) return [];
  const sids = new Set(sweep.found(readings, target).filter((sid) => isSid(sweep.prefix, sid)));
  return [...sids].map((sid) => sweep.one(target, sid));
}

/** Evidence that cannot be read must not stop a containment: it is shown as unknown. */
async function readItems(request: TwilioRequest, twilio: Twilio): Promise<readonly JsonObject[] | undefined> {
  try {
    return (await twilio.page(request)).items;
  } catch (reason) {
    if (reason instanceof UserError) return undefined;
    throw reason;
  }
}
