import type { JsonObject } from '../../core/model/json.ts';
import type { Host } from '../../core/twilio/operation.ts';
import type { SimAccount, SimKey } from '../world.ts';
import type { ServerState } from './serverState.ts';

/** The product hosts the simulator answers for. */
export type SimHost = Host | 'lookups.twilio.com' | 'pricing.twilio.com';

/** Who signed a request. An account's own token, primary or secondary, has no key. */
export interface Actor {
  readonly account: SimAccount;
  readonly key: SimKey | undefined;
}

/** One request on its way through a handler: who asks, whose resources, with which parameters. */
export interface Call {
  readonly state: ServerState;
  /** The present inside the simulation, the same throughout one request. */
  readonly now: number;
  readonly host: SimHost;
  /** Where the simulator itself is reached: `http://127.0.0.1:port`. */
  readonly origin: string;
  /** Path without the query, as it was sent. */
  readonly pathname: string;
  readonly actor: Actor;
  /** Whose resources: named in a v2010 path, else the account that signed. */
  readonly account: SimAccount;
  /** Decoded values of the `{Name}` parts of the path. */
  readonly path: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly form: URLSearchParams;
}

export interface Answer {
  readonly status: number;
  /** Absent for 204. */
  readonly body?: JsonObject;
  readonly headers?: Readonly<Record<string, string>>;
}

/** One operation of Twilio, as its OpenAPI document names it. */
export interface Route {
  readonly spec: string;
  readonly operationId: string;
  readonly host: SimHost;
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Path with `{Name}` for values, letter for letter as in the document. */
  readonly path: string;
  /** What a restricted key needs. Operations without one are closed to restricted keys. */
  readonly permission?: string;
  /** Accounts, keys and tokens: standard keys are turned away. */
  readonly guarded?: true;
  /** Reading it leaves a Monitor event. */
  readonly leavesEvent?: true;
  readonly handle: (call: Call) => Answer;
}
