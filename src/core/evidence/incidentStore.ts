import type { UserError } from '../errors.ts';
import type { Incident, IncidentStatus, OpenedIncident } from '../model/incident.ts';
import type { Journal } from '../ports.ts';
import type { ChainRecord, Head } from './record.ts';

/** A journal that was opened and verified. `append` is refused with the reason when it is read-only. */
export interface OpenedJournal extends Journal {
  /** What is recorded so far; grows with `append`. */
  readonly records: readonly ChainRecord[];
  readonly head: Head | undefined;
  /** Why nothing is appended, as sentences; `undefined` while it can be. */
  readonly readOnly: string | undefined;
  /** How many records it had when it was opened that this computer did not seal; these carry `unsealed`. */
  readonly unsealed: number;
  /** It is read-only for these alone: opened with `adopt`, it is continued. */
  readonly adoptable?: true;
  /** Bytes at the end that were never written completely, and the file beside the journal that keeps them. */
  readonly trimmed: { readonly bytes: number; readonly file: string | undefined } | undefined;
  /** Lets others write. Waits for appends under way. */
  close(): Promise<void>;
}

/** An incident's folder, opened. */
export interface OpenIncident {
  readonly folder: string;
  readonly title: string;
  /** Absent when `incident.json` is damaged or of a later format. */
  readonly incident: Incident | undefined;
  readonly journal: OpenedJournal;
}

export interface ListedIncident {
  readonly folder: string;
  readonly opened: OpenedIncident | UserError;
}

export interface OpenOptions {
  /** Why nothing may be written, as sentences, such as Restricted Mode. */
  readonly viewOnly?: string | undefined;
  /** Continue it although it was not all sealed on this computer. */
  readonly adopt?: boolean;
  /** How long to wait for another writer to finish, in milliseconds. */
  readonly patience: number;
}

/** The incident folders of a workspace. Expected failures are `UserError`. */
export interface IncidentStore {
  /** The incidents below a workspace folder, newest name first, the unusable ones with their reason. */
  list(workspace: string): Promise<readonly ListedIncident[]>;
  /** Makes a folder for a new incident; returns its path. */
  create(workspace: string, incident: Incident): Promise<string>;
  open(folder: string, options: OpenOptions): Promise<OpenIncident>;
  /** Records how far the incident is, then writes it into `incident.json`, whole or not at all. The opened one keeps the old status. */
  setStatus(incident: OpenIncident, status: IncidentStatus): Promise<void>;
  /** The same for the hours it covers: epoch milliseconds, UTC. */
  setWindow(incident: OpenIncident, window: Incident['window']): Promise<void>;
  /** Writes a document once and records its SHA-256; false when it exists already, which is left untouched. */
  writeDocument(incident: OpenIncident, name: string, text: string): Promise<boolean>;
  /** What a document on the disk says; `undefined` when there is none, or no plain file. */
  readDocument(incident: OpenIncident, name: string): Promise<string | undefined>;
  /** Replaces a document that still says `before`, whole or not at all, and records its SHA-256; false when it says something else by now. */
  replaceDocument(incident: OpenIncident, name: string, before: string, text: string): Promise<boolean>;
  /** Records the SHA-256 of a document that an editor has saved. */
  recordDocument(incident: OpenIncident, name: string, text: string): Promise<void>;
}
