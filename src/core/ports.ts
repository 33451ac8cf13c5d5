import type { HeldRows } from './evidence/heldRows.ts';
import type { Head } from './evidence/record.ts';
import type { SealKey } from './evidence/seal.ts';
import type { SourceId } from './evidence/source.ts';
import type { JsonObject } from './model/json.ts';
import type { AccountSid } from './model/sid.ts';
import type { TwilioRequest } from './twilio/request.ts';

/** What core needs to know of an abort signal, so that it depends on neither DOM nor node types. */
export interface Cancellation {
  readonly aborted: boolean;
  addEventListener(type: 'abort', listener: () => void, options?: { once?: boolean }): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

/** What a reply was before anything was removed from it. */
export interface ReplyProof {
  /** Method and address without credentials: `GET https://api.twilio.com/…`. */
  readonly request: string;
  /** When it was received by this computer's clock, epoch milliseconds. */
  readonly receivedAt: number;
  /** SHA-256 of the body's bytes as received, decompressed, in lower-case hexadecimal; and how many they were. */
  readonly sha256: string;
  readonly bytes: number;
  /** Secrets that were taken out: the path of the field, without places in lists → how often. Names are hostile text. */
  readonly removed: Readonly<Record<string, number>>;
}

/** What Twilio answered, secrets already removed. */
export interface Reply {
  readonly status: number;
  readonly body: JsonObject;
  /** `Twilio-Request-Id`, for Support. */
  readonly requestId?: string;
  /** The server's `Date` header, epoch milliseconds. */
  readonly serverTime?: number;
  /** For an account: eight digits that tell its Auth Token from another without giving it away. */
  readonly tokenMark?: string;
  readonly proof: ReplyProof;
}

/** A secret that Twilio hands out once. `secondaryToken` works beside the Auth Token until it is promoted. */
export type HandedOut =
  | { readonly account: AccountSid; readonly kind: 'secondaryToken' | 'token'; readonly secret: string }
  | {
      readonly account: AccountSid;
      readonly kind: 'apiKey';
      /** `SK…` */
      readonly keySid: string;
      readonly secret: string;
    };

/** One page of a list, or the one object of a fetch. `next` is absent on the last page. */
export interface Page extends Reply {
  readonly items: readonly JsonObject[];
  /** The rows instead of `items` and of the list in `body`, when they stayed elsewhere. */
  readonly held?: HeldRows;
  readonly next?: TwilioRequest;
}

/** How a page is wanted. */
export interface PageWish {
  /** The source whose rows it lists, by whoever drops them when they are `held`. */
  readonly rowsOf?: SourceId;
  /** While others wait to ask the same account, the highest goes first; 0 unless given. */
  readonly rank?: number;
}

/** The Twilio account(s) of the current connection. Failures are `UserError` or `Cancelled`. */
export interface Twilio {
  /** Reads. Retried when throttled, on 5xx and on network failure. */
  page(request: TwilioRequest, cancel?: Cancellation, wish?: PageWish): Promise<Page>;
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

/** The record of what is done to an account while no incident is open. */
export interface AccountJournal extends Journal {
  /** What it holds now, in order; nothing when there is none, or when it cannot be read. */
  records(): Promise<readonly JsonObject[]>;
  /** Of these, what this computer sealed: nobody else wrote it. */
  provenRecords(): Promise<readonly JsonObject[]>;
}

/** What is kept apart from the journals, so that rewriting, cutting or continuing one elsewhere shows. */
export interface Anchors {
  read(id: string): Promise<Head | undefined>;
  write(id: string, head: Head): Promise<void>;
  /** What this computer seals with; made when there is none. Never fails: one that cannot be kept is good for this window. */
  key(): Promise<SealKey>;
  /** A key of this computer, made by any of its windows; `undefined` when it has none of this id. */
  keyOf(id: string): Promise<SealKey | undefined>;
}

/** Diagnostic log: never receives secrets or unmasked numbers. */
export interface Log {
  info(message: string): void;
  error(message: string): void;
}
