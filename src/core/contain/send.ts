import { UserError } from '../errors.ts';
import type { Twilio } from '../ports.ts';
import type { TwilioRequest } from '../twilio/request.ts';
import type { Action } from './action.ts';

/** What was answered, as far as it matters: what Twilio holds decides. */
export interface Sent {
  /** The first failure that is not harmless. */
  readonly failure?: unknown;
  /** What a success complained of, such as a country that Twilio refuses to change. */
  readonly complaint?: string;
}

/** Sweep requests under way at once; they do not depend on each other. */
const atOnce = 8;

/**
 * Sends what was swept up, then the other requests in order. One of the sweep that fails stops nothing: the next ones are other
 * things, and what follows may be what makes an end of them all. The others stop at the first failure.
 */
export async function sendAll(
  action: Action,
  swept: readonly TwilioRequest[],
  requests: readonly TwilioRequest[],
  twilio: Twilio,
): Promise<Sent> {
  const failures: unknown[] = [];
  const complaints: string[] = [];
  const send = async (request: TwilioRequest): Promise<boolean> => {
    try {
      const reply = await twilio.send(request);
      const complaint = action.complaint?.(reply);
      if (complaint !== undefined) complaints.push(complaint);
      return true;
    } catch (reason) {
      if (reason instanceof UserError && action.harmless?.(reason)) return true;
      failures.push(reason);
      return false;
    }
  };
  for (let at = 0; at < swept.length; at += atOnce) await Promise.all(swept.slice(at, at + atOnce).map(send));
  for (const request of requests) if (!(await send(request))) break;
  const [complaint] = complaints;
  return { ...(failures.length > 0 && { failure: failures[0] }), ...(complaint !== undefined && { complaint }) };
}
