import type { AccountSid } from './sid.ts';

/** An account somebody signed in to. The secret is elsewhere: SecretStorage, under `id`. */
export interface Connection {
  readonly id: string;
  /** The account's friendly name at Twilio: hostile text like any other. */
  readonly name: string;
  readonly account: AccountSid;
  /** What signs the requests: the account's Auth Token, or an API key. */
  readonly credential: { readonly kind: 'authToken' } | { readonly kind: 'apiKey'; readonly keySid: string };
  /** The demo talks to the simulator inside the extension, never to Twilio. */
  readonly demo: boolean;
}

/** Read-only refuses every change where requests leave the process. Per window; read-only at start. */
export type Mode = 'read-only' | 'containment';
