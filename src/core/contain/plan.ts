import type { Fact, Target } from '../accounts/nodeKind.ts';
import { throwIfCancelled } from '../cancellation.ts';
import { UserError } from '../errors.ts';
import type { Connection } from '../model/connection.ts';
import type { JsonObject } from '../model/json.ts';
import type { Cancellation, Clock, Twilio } from '../ports.ts';
import { isMutation, type TwilioRequest } from '../twilio/request.ts';
import type { Action, State } from './action.ts';

/** What will be done to one target, exactly. */
export interface PlannedItem {
  readonly target: Target;
  /** The live state when the plan was made; the plan is void when it has moved. */
  readonly before: State;
  readonly wanted: State;
  readonly requests: readonly TwilioRequest[];
  /** What depends on the target, from real evidence. */
  readonly blastRadius: readonly Fact[];
}

/** A reviewed set of changes, bound to the account and credential it was made for. */
export interface Plan {
  readonly id: string;
  readonly action: Action;
  readonly connectionId: string;
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
}

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
  for (const target of targets) {
    throwIfCancelled(cancel);
    try {
      const before = await readState(action, target, context.twilio);
      const reason = action.refuse(target, before, { main: context.connection.account });
      if (reason !== undefined) {
        refused.push({ target, reason });
        continue;
      }
      const wanted = action.wanted(before);
      if (sameState(before, wanted)) already.push(target);
      else items.push(await item(action, target, before, wanted, context));
    } catch (reason) {
      if (!(reason instanceof UserError)) throw reason;
      refused.push({ target, reason: reason.message });
    }
  }
  return {
    id: context.newId(),
    action,
    connectionId: context.connection.id,
    created: context.clock.now(),
    items,
    refused,
    already,
  };
}

/** Reads the part of a target's live state that the action is about. */
export async function readState(action: Action, target: Target, twilio: Twilio): Promise<State> {
  const page = await twilio.page(action.read(target));
  return action.state(page.body);
}

/** True when both hold the same fields and values. */
export function sameState(one: State, other: State): boolean {
  const names = Object.keys(one);
  return names.length === Object.keys(other).length && names.every((name) => one[name] === other[name]);
}

async function item(
  action: Action,
  target: Target,
  before: State,
  wanted: State,
  context: PlanContext,
): Promise<PlannedItem> {
  const requests = action.requests(target);
  const evidence = Object.entries(action.evidence(target, context.clock.now()));
  if (evidence.some(([, request]) => isMutation(request)))
    throw new Error(`${action.id} gathers evidence with a change`);
  const replies = await Promise.all(
    evidence.map(async ([name, request]) => [name, await readItems(request, context.twilio)] as const),
  );
  return { target, before, wanted, requests, blastRadius: action.blastRadius(Object.fromEntries(replies), target) };
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
