import { UserError } from '../errors.ts';
import type { Cancellation, Twilio } from '../ports.ts';
import type { TwilioRequest } from '../twilio/request.ts';
import type { Action, Reading, Readings, State } from './action.ts';
import type { Target } from './target.ts';

/** A target as Twilio holds it now. */
export interface Live {
  readonly state: State;
  readonly readings: Readings;
}

/** Reads the part of a target's live state that the action is about. */
export async function readLive(action: Action, target: Target, twilio: Twilio, cancel?: Cancellation): Promise<Live> {
  const { optional = [], pages = 1 } = action;
  const missing = action.gone ?? action.absent;
  let isMissing = false;
  const read = async (name: string, request: TwilioRequest): Promise<Reading | undefined> => {
    try {
      return await readPages(request, pages, twilio, cancel);
    } catch (reason) {
      if (!(reason instanceof UserError)) throw reason;
      if (optional.includes(name)) return undefined;
      if (!missing || reason.code !== 'not-found') throw reason;
      isMissing = true;
      return undefined;
    }
  };
  const readAll = async (requests: ReturnType<Action['reads']>) =>
    Object.fromEntries(
      await Promise.all(
        Object.entries(requests).map(async ([name, request]) => [name, await read(name, request)] as const),
      ),
    );
  const first = await readAll(action.reads(target));
  const next = action.readsNext?.(target, first);
  const readings = next ? { ...first, ...(await readAll(next)) } : first;
  return { state: missing && isMissing ? missing : action.state(readings, target), readings };
}

/** One list, or one thing: its first pages. Throws `UserError`. */
export async function readPages(
  request: TwilioRequest,
  pages: number,
  twilio: Twilio,
  cancel: Cancellation | undefined,
): Promise<Reading> {
  const first = await twilio.page(request, cancel);
  const items = [...first.items];
  let { next } = first;
  for (let page = 1; next && page < pages; page += 1) {
    const later = await twilio.page(next, cancel);
    items.push(...later.items);
    next = later.next;
  }
  const { body, tokenMark } = first;
  return { body, items, complete: next === undefined, ...(tokenMark !== undefined && { tokenMark }) };
}

const other = 'other than ';

/** A wanted value that is known only by what it must not be, such as a token that Twilio is to make up. */
export function otherThan(value: string): string {
  return `${other}${value}`;
}

/** True when every wanted field is as wanted. */
export function holds(live: State, wanted: State): boolean {
  return Object.entries(wanted).every(([name, value]) => {
    const now = live[name];
    if (!value.startsWith(other)) return now === value;
    return now !== undefined && now !== 'unknown' && now !== value.slice(other.length);
  });
}

/** True when both hold the same fields and values, but for those that change by themselves. */
export function sameState(one: State, other: State, volatile: readonly string[] = []): boolean {
  const names = new Set([...Object.keys(one), ...Object.keys(other)].filter((name) => !volatile.includes(name)));
  return [...names].every((name) => one[name] === other[name]);
}
