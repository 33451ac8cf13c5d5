import type { Fact } from '../accounts/nodeKind.ts';
import { throwIfCancelled } from '../cancellation.ts';
import { UserError } from '../errors.ts';
import type { Connection } from '../model/connection.ts';
import type { JsonObject } from '../model/json.ts';
import { type AccountSid, isSid } from '../model/sid.ts';
import type { Cancellation, Clock, Twilio } from '../ports.ts';
import { isMutation, type TwilioRequest, toHttp } from '../twilio/request.ts';
import type { Action, Actor, Known, Readings, State } from './action.ts';
import type { CapturedAnswers } from './fromCaptures.ts';
import { accountsOf, type PlannedAccount } from './planAccounts.ts';
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
  /** The accounts it acts on, which may be subaccounts of it. */
  readonly accounts: readonly PlannedAccount[];
  /** Epoch milliseconds, UTC. */
  readonly created: number;
  /** It takes back what was done, and has no way back of its own. */
  readonly isUndo?: true;
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
  /** What the evidence of the active incident says, where it covers what Twilio would be asked. */
  readonly captured?: (requests: readonly TwilioRequest[]) => Promise<CapturedAnswers>;
  readonly sentTo?: Known['sentTo'];
  /** For an undo: the state each target was left in, by `targetId`. One that moved since is refused. */
  readonly left?: ReadonlyMap<string, State>;
}

/** Targets looked at together. */
const together = 8;
/** Nobody reviews a longer list; all countries of the world are half of it. */
export const mostTargets = 500;

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
  if (distinct.length > mostTargets)
    throw new UserError(
      'bad-input',
      `A plan may change ${mostTargets} things at most, and this would change ${distinct.length}. Nothing was sent; choose fewer, and do the others afterwards.`,
    );
  const { connection, clock, newId, left } = context;
  const created = clock.now();
  const naming = accountsOf(distinct, context);
  const captured = await context.captured?.(
    distinct.flatMap((target) => Object.values(action.evidence(target, created))),
  );
  // Whoever waits for it below hears of a failure; until then nobody does.
  naming.catch(() => undefined);
  for (let at = 0; at < distinct.length; at += together) {
    throwIfCancelled(cancel);
    const some = distinct.slice(at, at + together);
    const verdicts = await Promise.all(
      some.map((target) => judge(action, target, { ...context, created, answers: captured }, cancel)),
    );
    for (const [index, target] of some.entries()) {
      const verdict = verdicts[index];
      if (verdict === undefined || verdict === 'already') already.push(target);
      else if ('item' in verdict) items.push(verdict.item);
      else refused.push({ target, reason: verdict.reason });
    }
  }
  return {
    id: newId(),
    action,
    connectionId: connection.id,
    main: connection.account,
    accounts: await naming,
    created,
    ...(left && { isUndo: true }),
    items,
    refused,
    already,
  };
}

/** What is known for all targets of one plan. */
interface Judging extends PlanContext {
  readonly created: number;
  readonly answers: CapturedAnswers | undefined;
}

async function judge(
  action: Action,
  target: Target,
  context: Judging,
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

/** An undo may look at other fields than the action did: those that both know decide, and there must be some. */
function agrees(live: State, left: State, volatile: readonly string[] = []): boolean {
  const shared = Object.keys(left).filter((name) => Object.hasOwn(live, name) && !volatile.includes(name));
  return shared.length > 0 && shared.every((name) => live[name] === left[name]);
}

async function item(
  action: Action,
  target: Target,
  { state: before, readings }: Live,
  wanted: State,
  { answers, created, twilio, sentTo }: Judging,
): Promise<PlannedItem> {
  const evidence = Object.entries(action.evidence(target, created));
  if (evidence.some(([, request]) => isMutation(request)))
    throw new Error(`${action.id} gathers evidence with a change`);
  const basis: Record<string, string> = {};
  const replies = await Promise.all(
    evidence.map(async ([name, request]) => {
      const captured = answers?.(request);
      if (captured) basis[name] = captured.basis;
      return [name, captured ? captured.rows : await readItems(request, twilio)] as const;
    }),
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
    blastRadius: action.blastRadius(Object.fromEntries(replies), target, before, {
      basis,
      ...(sentTo && { sentTo }),
    }),
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
