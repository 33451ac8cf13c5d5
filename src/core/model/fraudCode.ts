import type { Severity } from '../accounts/nodeKind.ts';

/** What an error code says about fraud. Meanings: https://www.twilio.com/docs/api/errors and Twilio's Fraud Response Guide. */
export interface FraudCode {
  readonly title: string;
  readonly level: Severity;
  /** Why it matters to a fraud responder, in a sentence. */
  readonly meaning: string;
  /** What to do about it, in a sentence. */
  readonly todo: string;
}
