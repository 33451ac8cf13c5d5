/** Why something failed, for code that reacts to it. The person reads the sentence instead. */
export type FailureCode =
  | 'bad-input'
  | 'bad-credential'
  | 'not-permitted'
  | 'account-suspended'
  | 'not-found'
  | 'read-only'
  | 'not-allowed'
  | 'throttled'
  | 'network'
  | 'server'
  | 'bad-reply'
  | 'too-large'
  | 'outcome-unknown'
  | 'state-moved'
  | 'no-workspace'
  | 'untrusted-workspace';

/**
 * An expected failure. `message` is the whole sentence a person reads: what happened, what is known, what to do.
 * It never holds a credential; text that came from Twilio is passed through `untrusted` by whoever shows it.
 */
export class UserError extends Error {
  readonly code: FailureCode;
  /** Twilio's error code (https://www.twilio.com/docs/api/errors) and HTTP status, when Twilio answered. */
  readonly twilioCode: number | undefined;
  readonly status: number | undefined;

  constructor(code: FailureCode, message: string, reply: { twilioCode?: number; status?: number } = {}) {
    super(message);
    this.name = 'UserError';
    this.code = code;
    this.twilioCode = reply.twilioCode;
    this.status = reply.status;
  }
}

/** The user stopped it. Shown to nobody. */
export class Cancelled extends Error {
  constructor() {
    super('cancelled');
    this.name = 'Cancelled';
  }
}
