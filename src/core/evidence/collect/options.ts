import type { AccountSid } from '../../model/sid.ts';
import type { Cancellation, Clock } from '../../ports.ts';
import type { TrafficSource } from '../../traffic/report.ts';
import type { Window } from '../../traffic/window.ts';
import type { CaptureWriter } from '../evidenceStore.ts';
import type { HeldCapture } from '../heldCaptures.ts';
import type { EvidenceSource, SourceId } from '../source.ts';
import type { RowsOf } from './heldAgain.ts';

export interface CollectOptions {
  /** In the order in which they are collected. */
  readonly sources: readonly EvidenceSource[];
  readonly accounts: readonly TrafficSource[];
  /** Asked for sources that only the main account has. */
  readonly main: AccountSid;
  readonly window: Window;
  /** Epoch milliseconds; nothing later is collected, so that traffic which goes on changes nothing. */
  readonly now: number;
  /** What the journal holds already. */
  readonly held: readonly Pick<HeldCapture, 'capture' | 'at'>[];
  /** Milliseconds after which rows that were read are not read again, where their source says more: for who looks every few minutes. */
  readonly settled?: number;
  /** Reads what is held; without it, rows that are read again are written again. */
  readonly rowsOf?: RowsOf;
  readonly writer: CaptureWriter;
  readonly cancel?: Cancellation;
  readonly onProgress?: (progress: CollectProgress) => void;
  readonly clock: Clock;
  /** Resolves after so many milliseconds; rejects with `Cancelled`. Waits where Twilio limits requests per minute. */
  readonly delay: (milliseconds: number, cancel?: Cancellation) => Promise<void>;
}

export interface CollectProgress {
  /** Rows written, and requests answered. */
  readonly rows: number;
  readonly requests: number;
  /** Accounts done, per source. */
  readonly sources: readonly { readonly source: SourceId; readonly done: number; readonly of: number }[];
  /** Estimated share of the work that is left, from 1 to 0. Can grow when there turns out to be more. */
  readonly left: number;
}

/** How reading one source of one account ended. */
export interface CollectOutcome {
  readonly source: SourceId;
  readonly account: AccountSid;
  readonly complete: boolean;
  /** Rows written in this run. */
  readonly rows: number;
  /** What is missing and why, a sentence each. May hold hostile text. */
  readonly why: readonly string[];
}

export interface CollectResult {
  readonly rows: number;
  readonly requests: number;
  readonly outcomes: readonly CollectOutcome[];
  /** Why the evidence could not be written, as a sentence; what was acknowledged before is kept. */
  readonly writeFailure?: string;
}

export const stopped = 'Stopped before everything was read.';
