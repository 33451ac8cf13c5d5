import type { Head } from './evidence/record.ts';
import type { JsonObject } from './model/json.ts';
import type { TwilioRequest } from './twilio/request.ts';

/** What core needs to know of an abort signal, so that it depends on neither DOM nor node types. */
export interface Cancellation {
  readonly aborted: boolean;
  addEventListener(type: 'abort', listener: () => void, options?: { once?: boolean }): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

/** What Twilio answered, secrets already removed. */
export interface Reply {
  readonly status: number;
  readonly body: JsonObject;
  /** `Twilio-Request-Id`, for Support. */
  readonly requestId?: string;
  /** The server's `Date` header, epoch milliseconds. */
  readonly serverTime?: number;
}

/** One page of a list, or the one object of a fetch. `next` is absent on the last page. */
export interface Page extends Reply {
  readonly items: readonly JsonObject[];
  readonly next?: TwilioRequest;
}

/** The Twilio account(s) of the current connection. Failures are `UserError` or `Cancelled`. */
export interface Twilio {
  /** Reads. Retried when throttled, on 5xx and on network failure. */
  page(request: TwilioRequest, cancel?: Cancellation): Promise<Page>;
  /** Changes something. Refused in read-only mode; sent again only after 429, when Twilio did not process it. */
  send(request: TwilioRequest): Promise<Reply>;
}

/** Wall clock in epoch milliseconds, UTC. */
export interface Clock {
  now(): number;
}

/** What happened. Number, time and hashes are added by the journal. */
export interface JournalEntry extends JsonObject {
  readonly type: string;
}

/** The durable record. `append` resolves once the entry would survive a crash. */
export interface Journal {
  append(entry: JournalEntry): Promise<void>;
}

/** Where the heads of journals are kept apart from the journals, so that rewriting one shows. */
export interface Anchors {
  read(id: string): Promise<Head | undefined>;
  write(id: string, head: Head): Promise<void>;
}

/** Diagnostic log: never receives secrets or unmasked numbers. */
export interface Log {
  info(message: string): void;
  error(message: string): void;
}
