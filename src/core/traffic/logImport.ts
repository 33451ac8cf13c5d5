import { utc } from '../model/age.ts';
import type { Cancellation } from '../ports.ts';
import { type Defect, defects } from './logRow.ts';
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
}

export interface ImportedFile {
  /** Hostile text. */
  readonly name: string;
  readonly rows: number;
  /** Why nothing of it was taken in, as a sentence that names it. */
  readonly refused?: string;
}

/** Of every file, so many bad rows are remembered with their line. */
export const rememberedBadRows = 20;
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

/** `1,234,567 messages from 2 files`. */
export function countsOfImport({ rows, files }: ImportSummary): string {
  const taken = files.filter(({ refused }) => refused === undefined).length;
  return `${number(rows)} ${rows === 1 ? 'message' : 'messages'} from ${number(taken)} ${taken === 1 ? 'file' : 'files'}`;
}

/** What was imported and what was not, for whoever just did it. */
export function describeImport({ summary, from, to }: ImportedTraffic): string {
  const { rows, bad, files } = summary;
  const refused = files.filter((file) => file.refused !== undefined).length;
  return [
    `Imported ${countsOfImport(summary)}${rows > 0 ? `, ${utc(from)} to ${utc(to)}` : ''}.`,
    bad.count > 0 ? `${number(bad.count)} ${bad.count === 1 ? 'row was' : 'rows were'} not understood.` : '',
    refused > 0 ? `${number(refused)} ${refused === 1 ? 'file was' : 'files were'} refused.` : '',
    bad.count + refused > 0 ? 'The panel says why.' : '',
  ]
    .filter((part) => part)
    .join(' ');
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
}

/** Imports logs, and keeps the last import for later. Failures are `UserError` or `Cancelled`. */
export interface LogImporter {
  /** Reads the files; in VS Code's words, paths of the local file system. */
  importFiles(
    paths: readonly string[],
    options: { readonly cancel?: Cancellation; readonly onProgress?: (progress: ImportProgress) => void },
  ): Promise<ImportedTraffic>;
  /** What was imported last, also by an earlier window; `undefined` when nothing is kept. */
  last(): Promise<KeptImport | undefined>;
}

export interface KeptImport {
  readonly summary: ImportSummary;
  open(cancel?: Cancellation): Promise<ImportedTraffic>;
}

/** `1,234,567 messages, 45 of 58 MB, 480,000 messages a second`. `elapsed`: milliseconds. */
export function progressText({ rows, bytes, totalBytes }: ImportProgress, elapsed: number): string {
  const size = `${megabytes(bytes)} of ${megabytes(totalBytes)} MB`;
  const rate = elapsed >= 1000 ? `, ${number(Math.round(rows / (elapsed / 1000)))} messages a second` : '';
  return `${number(rows)} messages, ${size}${rate}`;
}

function megabytes(bytes: number): string {
  return number(Math.ceil(bytes / 1e6));
}
