import type { JsonObject } from '../model/json.ts';
import { textOf } from '../model/json.ts';
import type { AccountSid } from '../model/sid.ts';
import type { TwilioRequest } from '../twilio/request.ts';
import type { Readings, Sweep } from './action.ts';
import type { Target } from './target.ts';

/** What Twilio calls a call that has not ended. https://www.twilio.com/docs/voice/api/call-resource#call-status-values */
const statuses = ['queued', 'ringing', 'in-progress'] as const;

/** The state's field: how many calls are queued, ringing or in progress. */
export const callsField = 'Calls under way';

/** Lists the calls under way; Twilio takes one status at a time. */
export function liveCallReads(account: AccountSid): Readonly<Record<string, TwilioRequest>> {
  return Object.fromEntries(
    statuses.map((status) => [status, { operation: 'listCalls', account, query: { Status: status } }]),
  );
}

export const liveCallReadNames: readonly string[] = statuses;

/** Every call that was found, `undefined` when a list could not be read. */
function liveCallsIn(readings: Readings): readonly JsonObject[] | undefined {
  const lists = statuses.map((status) => readings[status]?.items);
  return lists.every((list) => list !== undefined) ? lists.flat() : undefined;
}

/** How many, as the state has it. */
export function liveCallCount(readings: Readings): string {
  const calls = liveCallsIn(readings);
  const complete = statuses.every((status) => readings[status]?.complete !== false);
  return calls ? `${calls.length}${complete ? '' : ' or more'}` : 'unknown';
}

/** Ends each call under way. `completed` ends those that wait or ring too, so one that is answered meanwhile is ended all the same. */
export const endCalls: Sweep = {
  of: 'call under way',
  prefix: 'CA',
  found: (readings) =>
    statuses.flatMap((status) => readings[status]?.items ?? []).flatMap((call) => textOf(call, 'sid') ?? []),
  one: ({ account }: Target, sid) => ({
    operation: 'endCall',
    account,
    path: { Sid: sid },
    form: { Status: 'completed' },
  }),
};

/** Twilio says this of a call that ended by itself. https://www.twilio.com/docs/api/errors/21220 */
export const alreadyEnded = 21220;
