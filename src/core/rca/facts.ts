import type { Head } from '../evidence/record.ts';
import type { RecordedImport } from '../evidence/recordedImports.ts';
import type { KeyFacts } from './keyFacts.ts';
import type { LogFacts } from './logFacts.ts';
import type { RecipientFacts } from './recipients.ts';
import type { Mark, TimelineEntry } from './timelineEntry.ts';
import type { Verdict } from './verdict.ts';

/**
 * What is known about an incident when its RCA is written. Times are epoch milliseconds, UTC. Every string except those of
 * a closed set is treated as hostile.
 */
export interface RcaFacts {
  readonly title: string;
  readonly status: DocumentStatus;
  /** What it was taken for, in our own words: `SMS pumping`. */
  readonly type?: string;
  readonly accounts: readonly NamedAccount[];
  /** All accounts whose names are known, to name those that others tell of by SID only. */
  readonly known?: readonly NamedAccount[];
  readonly window: { readonly from: number; readonly to: number };
  /** When the facts were read. */
  readonly asOf: number;
  /** Absent when no traffic was read; empty when it was read and nothing stood out. */
  readonly traffic?: readonly TrafficRow[];
  readonly containment: readonly ContainmentStep[];
  /** Where the incident's journal ended when this was written; the journal must still contain that record. */
  readonly chainHead?: Head;
  /** Of its records, how many the computer that wrote this did not seal; absent when none. */
  readonly unsealed?: number;
  /** Where the traffic figures come from, as a sentence of our own words; absent when they were read from Twilio just before. */
  readonly trafficFrom?: string;
  /** What could not be read, a sentence each. Empty means complete. */
  readonly gaps: readonly string[];
  /** The account is the demo's: nothing here happened. */
  readonly demo?: boolean;
  /** Absent when nothing was ever collected. */
  readonly evidence?: EvidenceFacts;
  /** Absent when the indicators were never checked. */
  readonly verdict?: Verdict;
  /** What the captured logs say beside messages; absent when none was read. */
  readonly logs?: LogFacts;
  /** Absent when nothing was ever collected. */
  readonly keys?: KeyFacts;
  /** Absent when no rows of messages were there to count, or nothing stood out. */
  readonly recipients?: RecipientFacts;
  /** What the journal tells, beside containment. */
  readonly journal?: readonly TimelineEntry[];
  /** Stars and annotations, by the id of what they are about. */
  readonly marks?: ReadonlyMap<string, Mark>;
  readonly figures?: readonly Figure[];
  /** The record by which this document shows whole phone numbers; absent while they are masked. */
  readonly unmasked?: { readonly at: number; readonly citation: string };
}

export interface NamedAccount {
  readonly sid: string;
  readonly name: string;
}

export const documentStatuses = ['Draft', 'In review', 'Final'] as const;
export type DocumentStatus = (typeof documentStatuses)[number];

export interface Figure {
  /** `figures/…svg`, below the incident's folder. */
  readonly file: string;
  /** Our own words. */
  readonly alt: string;
}

/** What the incident's journal says of its evidence. */
export interface EvidenceFacts {
  readonly sources: readonly EvidenceRow[];
  /** In the order of the journal; a row's `files` are ids of these. */
  readonly files: readonly EvidenceFile[];
  readonly bodies: 'masked' | 'full';
  /** `only`: name of the one imported file it was about, hostile text; absent when all evidence went. */
  readonly deletions: readonly {
    readonly at: number;
    readonly only?: string;
    readonly files: readonly NamedHash[];
  }[];
  /** Files of logs that a person imported, in the order of the journal; `citation` is their record, `J12`. */
  readonly imports?: readonly (RecordedImport & { readonly citation: string })[];
}

/** One source of one account. */
export interface EvidenceRow {
  readonly source: string;
  readonly account: string;
  readonly state: 'complete' | 'partial' | 'not collected' | 'refused';
  /** Why it is not complete, a sentence each. */
  readonly why: readonly string[];
  readonly rows: number;
  readonly first?: number;
  readonly last?: number;
  /** Rows from before the window that were read, too, since when: what was usual; without `rows` they cannot be told from the window's. */
  readonly lead?: { readonly from: number; readonly rows?: number };
  /** What it may lack even when it is complete, a sentence. */
  readonly caveat?: string;
  /** From when on it was read so soon that more may arrive, epoch milliseconds. */
  readonly unsettledFrom?: number;
  readonly files: readonly string[];
}

export interface NamedHash {
  /** Below the incident's folder. */
  readonly file: string;
  /** Of the file, 64 hexadecimal digits. */
  readonly sha256: string;
}

export interface EvidenceFile extends NamedHash {
  /** `E1`, `E2` …: stable, because it counts the journal's captures, deleted ones included. */
  readonly id: string;
  readonly bytes: number;
  readonly rows: number;
}

/** Outbound messages to one country in the last 24 hours before `asOf`, against what was to be expected. */
export interface TrafficRow {
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  readonly name: string;
  readonly observed: number;
  /** Whole messages per day. */
  readonly expected: number;
  /** `observed` − `expected`. */
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
  /** Of the observed ones. */
  readonly delivered?: number;
  /** Whether anything beside volume says that it is fraud. */
  readonly label?: 'fraud' | 'review';
  /** When it rose above what is usual: start of an hour. */
  readonly since?: number;
  /** When it was last above what is usual: end of an hour, or where the counts end. */
  readonly lastAbove?: number;
  /** It is still above what is usual where the counts end. */
  readonly isOn?: true;
  /** Hours in which messages were blocked: start of the first, end of the last. */
  readonly blocking?: { readonly from: number; readonly to: number };
  /** Who sent them, most first; and the number ranges they went to. Counts are of the last 24 hours. */
  readonly senders?: readonly { readonly sid: string; readonly name: string; readonly messages: number }[];
  readonly ranges?: readonly { readonly block: string; readonly messages: number }[];
  /** `E3`: where it comes from. */
  readonly citations?: readonly string[];
}

export interface ContainmentStep {
  readonly at: number;
  /** Of the action or Console step, `suspendSubaccount`: what it is found by. */
  readonly id?: string;
  /** Title of the action, such as "Suspend Subaccount". */
  readonly action: string;
  readonly target: string;
  readonly sid?: string;
  /** SID of the account it was taken in, where that is known. */
  readonly account?: string;
  readonly outcome: Outcome;
  readonly detail?: string;
  /** Our own words on the way back: `“Reactivate Subaccount”`, `cannot be undone`. */
  readonly undo?: string;
  /** `J12`. */
  readonly citations?: readonly string[];
}

/**
 * How a step ended. "done" and "undone" were read back from Twilio; "as told" is what a person said of a step in the Console; "unproven" is what
 * a record says that this computer did not seal.
 */
export type Outcome = 'unproven' | 'done' | 'as told' | 'already so' | 'refused' | 'not tried' | 'unknown' | 'undone';
