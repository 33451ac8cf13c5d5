import type { JsonObject } from '../model/json.ts';
import type { AccountSid } from '../model/sid.ts';
import type { Window } from '../traffic/window.ts';
import type { TwilioRequest } from '../twilio/request.ts';

/** Everything that can be collected. The first five are the log sources of Twilio's fraud guide. */
export const sourceIds = [
  'events',
  'alerts',
  'attempts',
  'messages',
  'calls',
  'usage',
  'accounts',
  'keys',
  'numbers',
  'applications',
  'messaging-services',
  'verify-services',
  'sms-geo-permissions',
  'dialing-permissions',
  'usage-triggers',
  'prices',
] as const;
export type SourceId = (typeof sourceIds)[number];

/** One kind of evidence: where it is read and what its rows are. Never calls Twilio itself. */
export interface EvidenceSource {
  readonly id: SourceId;
  /** What it is called on screen: `Security events`. */
  readonly title: string;
  /** A log has rows in a window; a state is read as it is now. */
  readonly kind: 'log' | 'state';
  /** `main`: only the main account has it, or answers for all. */
  readonly scope: 'account' | 'main';
  /** For how many days Twilio keeps rows; what is older cannot be collected. Perishable sources are collected first. */
  readonly keptDays?: number;
  /** Rows that Twilio gives per query at most: a window with more must be split. */
  readonly mostPerQuery?: number;
  /** The lists that make it up, for logs within the window. */
  requests(scope: { readonly account: AccountSid; readonly window: Window }): readonly TwilioRequest[];
  /** When a row of a log happened, epoch milliseconds. */
  at?(row: JsonObject): number | undefined;
  /** What tells rows apart: the SID; rows with the same key are states of one thing, of which the one updated last counts. */
  key(row: JsonObject): string | undefined;
}
