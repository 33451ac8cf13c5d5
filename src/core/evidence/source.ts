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
  /** Where only some accounts have rows for as long as that: for how many days every account has, and the sentence that says so. */
  readonly sure?: { readonly days: number; readonly sentence: string };
  /** For so many days before the window rows are collected too: what an account was like before tells what is new in it. */
  readonly leadDays?: number;
  /** The same, at most, where the person wants what it costs. */
  readonly mayLeadDays?: number;
  /** Twilio not having one of the lists is an answer, not a failure, such as prices of a country it does not serve. */
  readonly mayLack?: boolean;
  /** What a complete reading may lack all the same, a sentence: what Twilio does not document. */
  readonly caveat?: string;
  /** Rows that Twilio gives per query at most: a window with more must be split. */
  readonly mostPerQuery?: number;
  /** Requests that Twilio answers a minute at most, per account. */
  readonly mostPerMinute?: number;
  /** Its rows can be removed one by one, by whoever has the account: a list that goes on from a place then skips others. */
  readonly removable?: true;
  /** How long a row may still change after it happened; an hour unless given. */
  readonly settlesAfterHours?: number;
  /** Rows that sum up a whole UTC day; windows are widened to days. */
  readonly unit?: 'day';
  /** The lists that make it up, for logs within the window. */
  requests(scope: {
    readonly account: AccountSid;
    readonly window: Window;
    /** ISO 3166-1 alpha-2, for sources that Twilio answers country by country; without them these ask for nothing. */
    readonly countries?: readonly string[];
  }): readonly TwilioRequest[];
  /** The rows of a reply that is no list. */
  rows?(reply: JsonObject): readonly JsonObject[];
  /** When a row of a log happened, epoch milliseconds. */
  at?(row: JsonObject): number | undefined;
  /** What tells rows apart: the SID; rows with the same key are states of one thing, of which the one updated last counts. */
  key(row: JsonObject): string | undefined;
}
