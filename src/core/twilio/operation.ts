import type { HandedOut } from '../ports.ts';
import type { Pattern } from './patterns.ts';

/** Twilio's product hosts this extension talks to. Credentials go nowhere else. */
export type Host =
  | 'api.twilio.com'
  | 'accounts.twilio.com'
  | 'bulkexports.twilio.com'
  | 'events.twilio.com'
  | 'iam.twilio.com'
  | 'messaging.twilio.com'
  | 'monitor.twilio.com'
  | 'pricing.twilio.com'
  | 'verify.twilio.com'
  | 'voice.twilio.com';

export interface Operation {
  /** Name of Twilio's OpenAPI document (`twilio_<spec>.json`) and the operation in it. */
  readonly spec: string;
  readonly operationId: string;
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  readonly host: Host;
  /** `{AccountSid}` is filled with the request's account, other names from the request's `path`. */
  readonly path: string;
  /** For lists: the JSON key that holds the items, and the largest page Twilio gives. */
  readonly list?: { readonly items: string; readonly pageSize: number };
  /** Answers 307 with the address of a file elsewhere, which is fetched without a credential. */
  readonly redirects?: true;
  /**
   * For changes, all that is allowed: form fields, path values and query parameters with the values they may carry, and whether
   * a request without any form field is one. What is not listed cannot be sent.
   */
  readonly mutation?: Mutation;
  /** The field of the reply that holds a secret, which is shown once and kept before anything else is done; and what it is. */
  readonly handsOut?: { readonly field: string; readonly kind: HandedOut['kind'] };
}

type Allowed = Readonly<Record<string, readonly string[] | Pattern>>;

export interface Mutation {
  readonly form: Allowed;
  readonly path?: Allowed;
  readonly query?: Allowed;
  /** The form has no field, or need not have one. */
  readonly formless?: true;
}

/** Where the resources of an account are on the 2010 API. */
export const v2010 = '/2010-04-01/Accounts';
