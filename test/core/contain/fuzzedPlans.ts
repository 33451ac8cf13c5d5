import fc from 'fast-check';
import { sweepRequests } from '../../../src/core/contain/plan.ts';
import type { Target } from '../../../src/core/contain/target.ts';
import { targetId } from '../../../src/core/contain/target.ts';
import { UserError } from '../../../src/core/errors.ts';
import { actions } from '../../../src/core/registry.ts';
import { type HttpRequest, type TwilioRequest, toHttp } from '../../../src/core/twilio/request.ts';
import { leverCases } from './leverCases.ts';

/** What came of plans of nonsense. `forbidden` counts requests that must never be made. */
export interface Fuzzed {
  plans: number;
  /** Requests that could be spelled out, and those that were refused. */
  made: number;
  refused: number;
  forbidden: number;
}

const hostile = fc.oneof(
  fc.constantFrom('closed', '&Status=closed', 'x&Status=closed#', '../Messages/SM1', '%2e%2e/', '\r\nStatus: closed'),
  fc.constantFrom('true', 'open', 'closed', 'suspended', 'active', 'there', 'gone', 'none', '', '5', '250.00'),
  fc.constantFrom(
    ...leverCases.flatMap(({ target }) => Object.values(target).filter((one) => typeof one === 'string')),
  ),
  fc.string({ unit: 'binary', maxLength: 40 }),
);

const random = fc.record({
  index: fc.nat(leverCases.length - 1),
  fields: fc.dictionary(fc.string({ maxLength: 4 }), hostile, { maxKeys: 2 }),
  spoilt: fc.array(fc.tuple(fc.nat(7), hostile), { maxLength: 3 }),
  before: fc.array(fc.tuple(fc.nat(30), hostile), { maxLength: 4 }),
  found: fc.array(hostile, { maxLength: 2 }),
});

/** Names of fields that states have. */
const stateFields = ['SMS', 'Voice URL', 'SMS URL', 'Status callback', 'Auth Token', 'status', 'Rate limit', 'Bucket'];

/** Lets every lever make requests of spoilt targets and states. Throws for the first request that must never be made. */
export async function fuzzedPlans(plans: number): Promise<Fuzzed> {
  const totals: Fuzzed = { plans: 0, made: 0, refused: 0, forbidden: 0 };
  fc.assert(
    fc.property(random, ({ index, fields, spoilt, before, found }) => {
      const one = leverCases[index];
      const action = actions.find(({ id }) => id === one?.action);
      if (!one || !action) throw new Error(`there is no case ${index}`);
      totals.plans += 1;
      const target = spoil(one.target, fields, spoilt);
      const state = Object.fromEntries(before.map(([name, value]) => [stateFields[name % stateFields.length], value]));
      for (const request of requestsOf(action, target, state, found)) {
        const http = spelled(request);
        if (!http) totals.refused += 1;
        else if (isForbidden(http)) {
          totals.forbidden += 1;
          throw new Error(`${targetId(target)}: ${JSON.stringify(http)}`);
        } else totals.made += 1;
      }
    }),
    { numRuns: plans },
  );
  return totals;
}

function spoil(target: Target, fields: object, spoilt: readonly (readonly [number, string])[]): Target {
  const names = Object.keys(target).filter((name) => name !== 'kind');
  return {
    ...target,
    ...fields,
    ...Object.fromEntries(spoilt.map(([at, value]) => [names[at % names.length], value])),
  };
}

function requestsOf(
  action: (typeof actions)[number],
  target: Target,
  state: Readonly<Record<string, string>>,
  found: readonly string[],
): readonly TwilioRequest[] {
  const items = found.map((sid) => ({ sid, status: 'scheduled', unique_name: target.name }));
  const reading = { body: {}, items, complete: true };
  const readings = new Proxy({}, { get: () => reading });
  return [...action.requests(target, state), ...sweepRequests(action, target, readings)];
}

function spelled(request: TwilioRequest): HttpRequest | undefined {
  try {
    return toHttp(request);
  } catch (reason) {
    if (reason instanceof UserError) return undefined;
    // A lone surrogate cannot be put into an address.
    if (reason instanceof URIError) return undefined;
    throw reason;
  }
}

/** Closing, deleting what is evidence, emptying bodies, redirecting calls: judged by what would go over the wire. */
function isForbidden({ method, path, body = '' }: HttpRequest): boolean {
  const form = new URLSearchParams(body);
  const { pathname } = new URL(path, 'https://twilio.example');
  const deletes =
    method === 'DELETE' && /\/(Messages|Calls|Recordings|Media)\b|\/Accounts\/[^/]+\.json$/.test(pathname);
  const statuses = form.getAll('Status');
  const unknown = statuses.some((status) => !['suspended', 'active', 'completed', 'canceled'].includes(status));
  const moved = decodeURIComponent(pathname).includes('..') || path.includes('..');
  return deletes || unknown || statuses.length > 1 || form.has('Body') || form.has('Url') || form.has('Twiml') || moved;
}
