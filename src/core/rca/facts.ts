import type { Head } from '../evidence/record.ts';

/**
 * What is known about an incident when its RCA is written. Times are epoch milliseconds, UTC. Every string except those of
 * a closed set is treated as hostile.
 */
export interface RcaFacts {
  readonly title: string;
  readonly status: 'Draft' | 'In review' | 'Final';
  readonly accounts: readonly { readonly sid: string; readonly name: string }[];
  readonly window: { readonly from: number; readonly to: number };
  /** When the facts were read. */
  readonly asOf: number;
  /** Absent when no traffic was read; empty when it was read and nothing stood out. */
  readonly traffic?: readonly TrafficRow[];
  readonly containment: readonly ContainmentStep[];
  /** Where the incident's journal ended when this was written; the journal must still contain that record. */
  readonly chainHead?: Head;
  /** What could not be read, a sentence each. Empty means complete. */
  readonly gaps: readonly string[];
}

/** Outbound messages to one country in the last 24 hours before `asOf`, against what was to be expected. */
export interface TrafficRow {
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  readonly name: string;
  readonly observed: number;
  /** Messages per day. */
  readonly expected: number;
  readonly excess: number;
  /** What the observed messages cost, positive; absent when nothing is priced yet. */
  readonly cost?: number;
  /** ISO 4217, from the messages. */
  readonly currency?: string;
  /** True when prices are missing and were filled in. */
  readonly costEstimated?: boolean;
  /** Blocked with 30450, SMS Pumping Protection. https://www.twilio.com/docs/api/errors/30450 */
  readonly blocked: number;
  /** First message to this country among those read; absent when there is none. */
  readonly firstSeen?: number;
}

export interface ContainmentStep {
  readonly at: number;
  /** Title of the action, such as "Suspend Subaccount". */
  readonly action: string;
  readonly target: string;
  readonly sid?: string;
  readonly outcome: Outcome;
  readonly detail?: string;
}

/** How a step ended. "done" and "undone" were read back from Twilio. */
export type Outcome = 'done' | 'already so' | 'refused' | 'not tried' | 'unknown' | 'undone';
