import type { AccountSid } from '../model/sid.ts';
import type { Window } from '../traffic/window.ts';
import type { SourceId } from './source.ts';

/** One reply of Twilio, as proof of where rows came from. Times are epoch milliseconds. */
export interface PageProof {
  /** Method and address without credentials: `GET https://api.twilio.com/…`; `FILE messages.csv` for rows that were imported. */
  readonly request: string;
  /** `Twilio-Request-Id`, for Support. */
  readonly requestId?: string;
  /** When the reply was received by this computer's clock. */
  readonly receivedAt: number;
  /** The server's `Date` header; minus `receivedAt` it is how far this computer's clock is off. */
  readonly serverTime?: number;
  /** SHA-256 of the body's bytes as received, decompressed, before anything was removed from it; and how many they were. Of an imported file, its own. */
  readonly sha256: string;
  readonly bytes: number;
  /** Rows kept of it. Rows outside the window and repeated ones are not kept. */
  readonly rows: number;
  /** What was removed before it reached the disk: field or reason → how often. */
  readonly removed: Readonly<Record<string, number>>;
}

/** What was read of one source in one account and one part of the window. */
export interface Slice {
  readonly account: AccountSid;
  /** Both ends included. Absent for a state read as it is now. */
  readonly window?: Window;
  /** False when the reading broke off or Twilio gives no more; `why` says so in a sentence, which may hold hostile text. */
  readonly complete: boolean;
  readonly why?: string;
  /** Its rows are lines `line` to `line + rows - 1` of the capture file, from 1. */
  readonly line: number;
  readonly rows: number;
  /** Instants of its first and last row, where rows have one. */
  readonly first?: number;
  readonly last?: number;
  /** Of rows that sum up a day, how many each UTC day of the window has, oldest first: days are read again, and each counts once. */
  readonly days?: readonly number[];
  readonly pages: readonly PageProof[];
}

/**
 * A file of evidence as its journal record (`type: 'capture'`) describes it. The file is gzip of JSON Lines, one row of Twilio's a
 * line, in the shape Twilio gave it without secrets. It is written once and never changed.
 */
export interface Capture {
  /** Below the incident's folder: `evidence/messages-0003.jsonl.gz`. */
  readonly file: string;
  /** Of the file as it lies on the disk. */
  readonly sha256: string;
  readonly bytes: number;
  readonly source: SourceId;
  readonly slices: readonly Slice[];
}
