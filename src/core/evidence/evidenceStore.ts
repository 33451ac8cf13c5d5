import type { UserError } from '../errors.ts';
import type { JsonObject } from '../model/json.ts';
import type { AccountSid } from '../model/sid.ts';
import type { Cancellation } from '../ports.ts';
import type { ImportProgress, RejectedRow } from '../traffic/logImport.ts';
import type { Window } from '../traffic/window.ts';
import type { Capture, PageProof } from './capture.ts';
import type { HeldRows } from './heldRows.ts';
import type { AccountRows, ImportedLog } from './importRecord.ts';
import type { OpenIncident } from './incidentStore.ts';
import type { SourceId } from './source.ts';

/** Takes in what one slice gives, page by page, so that no slice has to be in memory as objects. */
export interface SliceWriter {
  page(rows: readonly JsonObject[], proof: PageProof): Promise<void>;
  /** The same with the rows at these places of a page that is elsewhere. */
  held(rows: HeldRows, places: Uint32Array, proof: PageProof): Promise<void>;
  /** Ends it. Its rows are durable once the writer's `flush` or `close` has resolved, or earlier. */
  end(result: {
    readonly complete: boolean;
    readonly why?: string;
    readonly first?: number;
    readonly last?: number;
    /** Of rows that sum up a day, how many each UTC day of its window has, oldest first. */
    readonly days?: readonly number[];
    /** Instead of the one it began with, where only its rows tell. */
    readonly window?: Window;
  }): Promise<void>;
  /** Forgets it, as if it had not begun. */
  drop(): void;
}

/** Writes captures of one incident. Slices of many accounts may be open at once; each is recorded whole or not at all. */
export interface CaptureWriter {
  begin(slice: { readonly source: SourceId; readonly account: AccountSid; readonly window?: Window }): SliceWriter;
  /** Every ended slice is on the disk and in the journal afterwards. After one failure every later call fails. */
  flush(): Promise<void>;
  close(): Promise<void>;
}

/** One row of a capture, and where it came from. */
export interface CapturedRow {
  readonly source: SourceId;
  readonly account: AccountSid;
  readonly row: JsonObject;
  /** `evidence/messages-0003.jsonl.gz` and the line in it, from 1: the id of this piece of evidence. */
  readonly file: string;
  readonly line: number;
}

/** What lies in an incident's folder of evidence, by name and size. */
export interface EvidenceOnDisk {
  /** Captures the journal holds whose file is not there, or not as long as it was: `evidence/messages-0003.jsonl.gz`. */
  readonly lost: ReadonlySet<string>;
  /** Files of rows that count for nothing: a crash left them, or a deletion that broke off spared them. Personal data all the same. */
  readonly leftOver: number;
  /** Files of rows that imports did not understand. */
  readonly aside: number;
}

/** The captures of an incident's folder. Expected failures are `UserError`. */
export interface EvidenceStore {
  writer(incident: OpenIncident): Promise<CaptureWriter>;
  /**
   * The rows of these sources in the order they were captured, from files that match their recorded SHA-256. A file that does not is told
   * as a `UserError` that names it: to `onDamaged`, or without it thrown after the rows of all other files. `only`: those captures alone.
   */
  rows(
    incident: OpenIncident,
    sources: readonly SourceId[],
    onDamaged?: (failure: UserError) => void,
    only?: ReadonlySet<Capture>,
  ): AsyncIterable<CapturedRow>;
  /** Reads no file and never fails. */
  onDisk(incident: OpenIncident): Promise<EvidenceOnDisk>;
  /**
   * Removes every capture that is on the disk and records which; `only`: those with rows of the imported file that has this SHA-256, and what was put
   * aside of it, also what is not on the disk. Gives how many captures it recorded as deleted. Throws `UserError` while something is being written into
   * the incident, when nothing of that import is held, and when files cannot be removed: `finishRemoval` ends it then.
   */
  remove(incident: OpenIncident, only?: string): Promise<number>;
  /** Removes files that are recorded as deleted and that a removal which broke off spared; gives how many. */
  finishRemoval(incident: OpenIncident): Promise<number>;
  /**
   * Takes logs from files into captures and records each file, also one that is refused. A file whose rows are there already is not taken in
   * again. Rows that are not understood are kept aside; rows of accounts that the incident is not about are left out unless `takeForeign` takes them.
   * Needs no account. Rejects with `Cancelled`; files done by then stay imported.
   */
  importLogs(
    incident: OpenIncident,
    paths: readonly string[],
    options?: {
      readonly cancel?: Cancellation;
      readonly onProgress?: (progress: ImportProgress) => void;
      readonly takeForeign?: TakeForeign;
    },
  ): Promise<readonly TakenLog[]>;
  /**
   * The rows in one of the files that imports put aside, by its name below the incident's folder; `undefined` when the journal names none such, or it was
   * deleted.
   */
  rejected(incident: OpenIncident, file: string): Promise<RejectedEvidence | undefined>;
  /** Absolute paths of the files of these captures, for readers of whole files. */
  paths(incident: OpenIncident, captures: readonly Capture[]): readonly string[];
}

/** Rows that an import did not understand, the first ones, and how many there were in all. */
export interface RejectedEvidence {
  readonly rows: readonly RejectedRow[];
  readonly count: number;
}

/** Asks whether rows of accounts that the incident is not about are to become part of it. `file`: the name of the one they are in, hostile text. */
export type TakeForeign = (file: string, accounts: readonly AccountRows[]) => Promise<boolean>;

/** An imported file, and whether its rows were there before. */
export interface TakenLog extends ImportedLog {
  readonly known: boolean;
}
