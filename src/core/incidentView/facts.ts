import type { ConsoleStepState } from '../contain/consoleStepRecord.ts';
import type { SourceCoverage } from '../evidence/coverage.ts';
import type { Incident } from '../model/incident.ts';
import type { AccountSid } from '../model/sid.ts';
import type { Window } from '../traffic/window.ts';
import type { RecordedValidation } from '../validate/validationRecord.ts';
import type { LeverState } from './leverStates.ts';
import type { ShownImport } from './shownImports.ts';

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

/** What a document lacks or must not hold, of one kind. */
export interface DocumentFinding {
  readonly code: string;
  readonly severity: 'error' | 'warning' | 'information';
  /** What is wrong, a sentence of ours; of several the first. */
  readonly message: string;
  readonly count: number;
}

/** Everything the Incident view shows of the open incident. */
export interface IncidentFacts {
  readonly title: string;
  /** Absent when `incident.json` cannot be used. */
  readonly incident: Incident | undefined;
  /** Why nothing is written, as sentences. */
  readonly readOnly: string | undefined;
  /** It is read-only for what others recorded alone, and a person may continue it here. */
  readonly adoptable?: true;
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
  /** How the containment actions stand that the journal tells of, by their id. */
  readonly levers: ReadonlyMap<string, LeverState>;
  /** How far the steps are that only the Twilio Console can do. */
  /** How what only the Twilio Console can do stands. */
  readonly consoleSteps: readonly ConsoleStepState[];
  /** Contacts with Twilio Support that were logged. */
  readonly contacts: number;
  /** What RCA.md lacks, as it was saved last; empty also when there is none. */
  readonly rcaFindings: readonly DocumentFinding[];
  readonly records: number;
  /** Of them, those that this computer did not seal; absent when none. */
  readonly unsealed?: number;
  /** Numbers of records that should tell of captures and cannot be read as that. */
  readonly unreadable: readonly number[];
  /** Nothing keeps `evidence/` out of git. */
  readonly unignored: boolean;
  /** Which documents are in the folder. */
  readonly documents: readonly string[];
  /** Files of logs that were imported into this incident and not taken out again, in the journal's order. */
  readonly imports: readonly ShownImport[];
  /** What was imported last on this computer, if anything: `1,234 messages from 2 files`. */
  readonly imported: string | undefined;
}
