/** Days of all accounts and types together. */
export interface BaselineProgress {
  readonly rows: number;
  readonly captured: number;
  readonly of: number;
  /** Set while nothing can be done but wait: days Twilio still works on, and milliseconds until it is asked again. */
  readonly waiting?: { readonly days: number; readonly next: number };
}

export interface BaselineResult {
  /** Days and rows captured in this run, those of which Twilio says that there was nothing included. */
  readonly days: number;
  readonly rows: number;
  /** Days that are not captured yet because Twilio is not done with them. */
  readonly waiting: number;
  /** Days that no job was asked for, or that stay missing. */
  readonly missing: number;
  /** What went wrong, a sentence each, every one once. May hold hostile text. */
  readonly failures: readonly string[];
  readonly cancelled: boolean;
}
