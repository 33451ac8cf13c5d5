import type { Severity } from '../accounts/nodeKind.ts';
import type { SourceId } from '../evidence/source.ts';
import type { Inert } from '../untrusted.ts';
import type { Facts } from './facts.ts';

export const fraudTypes = ['sms-pumping', 'toll-fraud', 'account-takeover', 'smishing'] as const;
export type FraudType = (typeof fraudTypes)[number];

/** The guide's 25 indicators. */
export type SignalId =
  | `P${1 | 2 | 3 | 4 | 5 | 6}`
  | `T${1 | 2 | 3 | 4 | 5 | 6 | 7}`
  | `A${1 | 2 | 3 | 4 | 5 | 6 | 7 | 8}`
  | `S${1 | 2 | 3 | 4}`;

/** Where a person finds what the API does not say. */
export interface Check {
  /** `Console › Monitor › Logs`, or what is not Twilio's: `Your application's logs`. */
  readonly where: string;
  /** Path below https://console.twilio.com/, where there is one. */
  readonly consolePath?: string;
  readonly what: string;
}

export type SignalState = 'hit' | 'clean' | 'not enough data' | 'not visible by API' | 'not checked yet';

export interface SignalResult {
  readonly state: SignalState;
  /**
   * Of a hit. `critical`: hardly explained without fraud. `warning`: fraud or a rare innocent thing. `notice`: worth knowing, and too common
   * to be called suspicious by itself.
   */
  readonly severity?: Severity;
  readonly sentence: Inert<'label'>;
  /** `evidence/messages-0003.jsonl.gz:17`, or a SID: what it rests on, the most telling first, not all of it. */
  readonly evidence: readonly string[];
  /** Epoch milliseconds of the first and last thing it speaks of. */
  readonly first?: number;
  readonly last?: number;
  readonly check?: Check;
  /** Sources it needs of which something is missing; what is missing may change it. Set by `validate`. */
  readonly incomplete?: readonly SourceId[];
}

/** One indicator of the guide. It reads the facts that were counted once; it never asks Twilio. */
export interface Signal {
  readonly id: SignalId;
  readonly title: string;
  readonly type: FraudType;
  /** What it is judged by; any of them is enough to say something. Empty when no source tells it. */
  readonly needs: readonly SourceId[];
  evaluate(facts: Facts): SignalResult;
}
