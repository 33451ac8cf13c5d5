import type { JsonObject } from '../../core/model/json.ts';
import type { Answer } from './route.ts';

/**
 * A request Twilio would turn down, with its HTTP status and error code (https://www.twilio.com/docs/api/errors).
 * Handlers throw it; the server answers with it.
 */
export class Refusal extends Error {
  readonly status: number;
  readonly code: number;

  constructor(status: number, code: number, message: string) {
    super(message);
    this.name = 'Refusal';
    this.status = status;
    this.code = code;
  }
}

export function ok(body: JsonObject, status = 200): Answer {
  return { status, body };
}

export const noContent: Answer = { status: 204 };

/** The body all of Twilio's APIs share for errors. */
export function refused({ status, code, message }: Refusal): Answer {
  return { status, body: { code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status } };
}

export function notFound(what: string): Refusal {
  return new Refusal(404, 20404, `The requested resource ${what} was not found`);
}

export function invalid(parameter: string): Refusal {
  return new Refusal(400, 20422, `Invalid Parameter: ${parameter}`);
}

/** 20003 is what Twilio says to a wrong credential and to one that may not do this, without telling them apart. */
export function unauthenticated(): Refusal {
  return new Refusal(401, 20003, 'Authenticate');
}
