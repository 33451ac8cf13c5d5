import type { CaptureWriter, SliceWriter } from '../../../core/evidence/evidenceStore.ts';
import type { AccountRows } from '../../../core/evidence/importRecord.ts';
import type { JsonObject } from '../../../core/model/json.ts';
import type { AccountSid } from '../../../core/model/sid.ts';
import type { LogKind } from '../../../core/traffic/logKind.ts';

/** Where rows come from, as each page of them says. */
export interface FileProof {
  /** `FILE messages.csv`. */
  readonly request: string;
  readonly receivedAt: number;
  readonly sha256: string;
  readonly bytes: number;
}

interface OpenRows {
  readonly slice: SliceWriter;
  waiting: JsonObject[];
  /** What was left out of these, and how often. */
  readonly removed: Map<string, number>;
  rows: number;
  /** Epoch seconds. */
  first: number;
  last: number;
}

/** A page has as many as one of Twilio's. */
const mostWaiting = 1000;
/** More than any customer has in one log; a file with more is none. */
const mostAccounts = 2000;
/** Of what was left out of a page: files must not be able to fill the record with names. */
const mostNames = 50;

/**
 * Hands the rows of one file to a writer, a slice for each account. Nobody knows whether a file has all that Twilio had, so no slice is
 * complete: `why` says so, as a sentence.
 */
export function createImportSlices(writer: CaptureWriter, source: LogKind, proof: FileProof) {
  const accounts = new Map<AccountSid, OpenRows>();

  async function flush(own: OpenRows): Promise<void> {
    const page = own.waiting;
    const removed = Object.fromEntries(own.removed);
    own.waiting = [];
    own.removed.clear();
    if (page.length > 0) await own.slice.page(page, { ...proof, rows: page.length, removed });
  }
  return {
    /** False when the row cannot be kept because there are too many accounts. Waits while pages are packed. */
    async add(
      row: JsonObject,
      account: AccountSid,
      time: number,
      removed: Readonly<Record<string, number>> = {},
    ): Promise<boolean> {
      let own = accounts.get(account);
      if (!own) {
        if (accounts.size === mostAccounts) return false;
        const slice = writer.begin({ source, account });
        own = { slice, waiting: [], removed: new Map(), rows: 0, first: time, last: time };
        accounts.set(account, own);
      }
      own.waiting.push(row);
      for (const [name, times] of Object.entries(removed)) {
        const what = own.removed.has(name) || own.removed.size < mostNames ? name : '…';
        own.removed.set(what, (own.removed.get(what) ?? 0) + times);
      }
      own.first = Math.min(own.first, time);
      own.last = Math.max(own.last, time);
      own.rows += 1;
      if (own.waiting.length >= mostWaiting) await flush(own);
      return true;
    },
    /** Whose rows there are, and how many, in the order in which accounts came. */
    accounts: (): readonly AccountRows[] => [...accounts].map(([sid, { rows }]) => ({ sid, rows })),
    /** Forgets the rows of an account. */
    leaveOut(account: AccountSid): void {
      accounts.get(account)?.slice.drop();
      accounts.delete(account);
    },
    /** Gives how many rows there were, and the instants of the first and last one. */
    async end(why: string) {
      let [first, last, rows] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0];
      for (const own of accounts.values()) {
        await flush(own);
        const window = { from: own.first * 1000, to: own.last * 1000 };
        await own.slice.end({ complete: false, why, window, first: window.from, last: window.to });
        rows += own.rows;
        first = Math.min(first, window.from);
        last = Math.max(last, window.to);
      }
      return { rows, ...(rows > 0 && { first, last }) };
    },
    drop(): void {
      for (const { slice } of accounts.values()) slice.drop();
    },
  };
}
