import { Refusal, refused, unauthenticated } from './answer.ts';
import type { Fault } from './faults.ts';
import type { Answer, Call, Route } from './route.ts';

/** What a request led to. `acted` is true when the world may have changed, whatever the client is told. */
export interface Outcome {
  readonly reply: Answer | 'hang' | 'reset';
  readonly acted: boolean;
}

/** Runs an operation, with the faults that strike before and after it. */
export function act(route: Route, call: Call, faults: readonly Fault[]): Outcome {
  const early = failure(faults, false);
  if (early) return { reply: early, acted: false };
  const answer = settle(() => route.handle(call));
  const acted = route.method !== 'GET' && answer.status < 400;
  return { reply: failure(faults, true) ?? answer, acted };
}

/** The answer, or the refusal thrown instead of one. */
function settle(answer: () => Answer): Answer {
  try {
    return answer();
  } catch (error) {
    if (error instanceof Refusal) return refused(error);
    throw error;
  }
}

function failure(faults: readonly Fault[], acted: boolean): Outcome['reply'] | undefined {
  for (const fault of faults) {
    const found = acted ? late(fault) : early(fault);
    if (found) return found;
  }
  return undefined;
}

function early(fault: Fault): Outcome['reply'] | undefined {
  if (fault.kind === 'unauthorized') return refused(unauthenticated());
  if (fault.kind === 'html') return { status: 200, body: {} };
  if (fault.kind === 'throttle') return throttled(fault.retryAfter);
  return 'acted' in fault && !fault.acted ? broken(fault) : undefined;
}

function late(fault: Fault): Outcome['reply'] | undefined {
  return 'acted' in fault && fault.acted ? broken(fault) : undefined;
}

function broken(fault: Extract<Fault, { acted: boolean }>): Outcome['reply'] {
  if (fault.kind !== 'serverError') return fault.kind;
  const status = fault.status ?? 500;
  return refused(new Refusal(status, status === 503 ? 20503 : 20500, 'An internal server error has occurred'));
}

function throttled(retryAfter: string | undefined): Answer {
  const answer = refused(new Refusal(429, 20429, 'Too Many Requests'));
  return retryAfter === undefined ? answer : { ...answer, headers: { 'Retry-After': retryAfter } };
}
