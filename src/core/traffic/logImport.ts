import type { Cancellation } from '../ports.ts';
import { type Defect, defects } from './logRow.ts';
import type { Money } from './money.ts';
import type { RecipientCount, RecipientScope } from './recipientCount.ts';
import type { TrafficReport } from './report.ts';

/** How far an import is. */
export interface ImportProgress {
  readonly rows: number;
  /** Bytes of the files, as they are on the disk. */
  readonly bytes: number;
  readonly totalBytes: number;
  readonly files: number;
  readonly filesDone: number;
}

/** A row that was not understood. */
export interface BadRow {
  /** The file's name: hostile text. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly defect: Defect;
}

/** What an import took in, and what it did not. */
export interface ImportSummary {
  /** Messages counted. */
  readonly rows: number;
  /** Earlier states of messages that were there more than once; the one updated last is counted. */
  readonly superseded: number;
  readonly bad: {
    readonly count: number;
    /** The first ones of each file, a bounded number. */
    readonly first: readonly BadRow[];
  };
  readonly files: readonly ImportedFile[];
  /** Absent when no file of theirs was imported. */
  readonly calls?: CallSummary;
  readonly attempts?: AttemptSummary;
}

/** What an import took in beside messages. */
export type OtherLogs = Pick<ImportSummary, 'calls' | 'attempts' | 'bad' | 'files'>;

export interface OtherSummary {
  readonly rows: number;
  /** Earlier states of rows that were there more than once. */
  readonly superseded: number;
  /** From the first to the last, epoch milliseconds; 0 when there is none. */
  readonly from: number;
  readonly to: number;
  /** What is priced already, per currency. */
  readonly cost: readonly Money[];
}

export interface CallSummary extends OtherSummary {
  readonly outbound: number;
  /** Of outbound calls; begun ones count, as Twilio bills them. */
  readonly minutes: number;
}

export interface AttemptSummary extends OtherSummary {
  /** Attempts whose code was entered. */
  readonly converted: number;
}

/** A row that was not understood, as it was kept aside. All texts are hostile but `reason`. */
export interface RejectedRow {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly reason: string;
  readonly row: string;
  /** The row is longer than what was kept of it. */
  readonly cut: boolean;
}

export interface ImportedFile {
  /** Hostile text. */
  readonly name: string;
  readonly rows: number;
  /** Why nothing of it was taken in, as a sentence that names it. */
  readonly refused?: string;
}

/** Rows that were taken in, of all logs together. */
export function rowsTaken({ rows, calls, attempts }: Pick<ImportSummary, 'rows' | 'calls' | 'attempts'>): number {
  return rows + (calls?.rows ?? 0) + (attempts?.rows ?? 0);
}

/** Of every file, so many bad rows are remembered with their line and kept aside. */
export const rememberedBadRows = 1000;
const told = 5;

/** What an import lacks, a sentence each; names of files in it are hostile text. */
export function gapsOfImport({ bad, files }: ImportSummary): readonly string[] {
  const refused = files.flatMap(({ refused }) => (refused === undefined ? [] : [refused]));
  if (bad.count === 0) return refused;
  const rows =
    bad.count === 1 ? '1 row was not understood and is' : `${number(bad.count)} rows were not understood and are`;
  const examples = bad.first
    .slice(0, told)
    .map(({ file, line, defect }) => `${file}, line ${line} ${defects[defect]}.`);
  return [...refused, `${rows} not counted. ${examples[0] ?? ''}`.trim(), ...examples.slice(1)];
}

function number(value: number): string {
  return value.toLocaleString('en-US');
}

/** Logs that were imported, ready to be shown. */
export interface ImportedTraffic {
  readonly report: TrafficReport;
  readonly summary: ImportSummary;
  /** Of the messages' dates: epoch milliseconds. */
  readonly from: number;
  readonly to: number;
  /** Where an import is kept, for `LogImporter.rejected`. */
  readonly kept?: string;
  /** Who the messages went to, from the rows themselves. Rejects with `UserError` when these are gone by now. */
  readonly recipients?: (scope: RecipientScope, cancel?: Cancellation) => Promise<RecipientCount>;
}

/** Takes what was counted, which can be shown while more is: first by hour, then with ranges of numbers; the detector judges last. */
export type OnCounted = (traffic: ImportedTraffic) => void;

/** Imports logs, and keeps the last import for later. Failures are `UserError` or `Cancelled`. */
export interface LogImporter {
  /** Reads the files; in VS Code's words, paths of the local file system. An import that takes no row in leaves the one before it the last. */
  importFiles(
    paths: readonly string[],
    options: {
      readonly cancel?: Cancellation;
      readonly onProgress?: (progress: ImportProgress) => void;
      readonly onCounted?: OnCounted;
    },
  ): Promise<ImportedTraffic>;
  /** What was imported last, also by an earlier window; `undefined` when nothing is kept. */
  last(): Promise<KeptImport | undefined>;
  /** The rows of an import that were not understood, the first ones of each file, a bounded number in all. */
  rejected(kept: string): Promise<readonly RejectedRow[]>;
}

export interface KeptImport {
  readonly summary: ImportSummary;
  open(cancel?: Cancellation, onCounted?: OnCounted): Promise<ImportedTraffic>;
}

/** `1,234,567 rows, 45 of 58 MB, 480,000 rows a second`. `elapsed`: milliseconds. */
export function progressText({ rows, bytes, totalBytes }: ImportProgress, elapsed: number): string {
  const size = `${megabytes(bytes)} of ${megabytes(totalBytes)} MB`;
  const rate = elapsed >= 1000 ? `, ${number(Math.round(rows / (elapsed / 1000)))} rows a second` : '';
  return `${number(rows)} rows, ${size}${rate}`;
}

function megabytes(bytes: number): string {
  return number(Math.ceil(bytes / 1e6));
}
