import type { SourceCoverage } from '../evidence/coverage.ts';
import type { Incident } from '../model/incident.ts';
import type { AccountSid } from '../model/sid.ts';
import type { Window } from '../traffic/window.ts';
import type { RecordedValidation } from '../validate/validationRecord.ts';

/** How far a source of one account was collected, as the journal tells. Times are epoch milliseconds. */
export interface Coverage extends SourceCoverage {
  readonly title: string;
  readonly kind: 'log' | 'state';
}

/** An account of the incident; the name is hostile text, and empty when it is not known. */
export interface NamedAccount {
  readonly sid: AccountSid;
  readonly name: string;
}

/** Everything the Incident view shows of the open incident. */
export interface IncidentFacts {
  readonly title: string;
  /** Absent when `incident.json` cannot be used. */
  readonly incident: Incident | undefined;
  /** Why nothing is written, as sentences. */
  readonly readOnly: string | undefined;
  readonly accounts: readonly NamedAccount[];
  /** What the evidence is held against. */
  readonly window: Window | undefined;
  readonly ongoing: boolean;
  readonly coverage: readonly Coverage[];
  /** Files of evidence that were deleted on purpose. */
  readonly deleted: number;
  /** How message bodies are kept; absent until somebody was asked. */
  readonly bodies?: 'masked' | 'full';
  readonly collecting: boolean;
  /** The last collection was stopped, or cut off by a crash or a reload. */
  readonly unfinished: boolean;
  /** Why the last collection may have left accounts out, a sentence; may hold hostile text. */
  readonly gap?: string;
  /** What was found when the indicators were checked last. */
  readonly validation: RecordedValidation | undefined;
  readonly validating: boolean;
  /** Ids of the containment actions that were done and not undone. */
  readonly done: ReadonlySet<string>;
  readonly records: number;
  /** Numbers of records that should tell of captures and cannot be read as that. */
  readonly unreadable: readonly number[];
  /** Nothing keeps `evidence/` out of git. */
  readonly unignored: boolean;
  /** Which documents are in the folder. */
  readonly documents: readonly string[];
  /** What was imported last, if anything: `1,234 messages from 2 files`. */
  readonly imported: string | undefined;
}
