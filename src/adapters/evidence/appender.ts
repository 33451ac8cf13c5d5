import { UserError } from '../../core/errors.ts';
import { sealRecord } from '../../core/evidence/chain.ts';
import type { ChainRecord, Head } from '../../core/evidence/record.ts';
import type { SealKey } from '../../core/evidence/seal.ts';
import type { Anchors, Clock, JournalEntry } from '../../core/ports.ts';
import { hmac } from './checkSeals.ts';
import type { JournalFile, JournalFs } from './journalFs.ts';
import { Unusable } from './openFile.ts';
import { sha256 } from './sha256.ts';

export interface AppenderParts {
  readonly fs: JournalFs;
  /** The journal's path, and the same file opened for appending. */
  readonly path: string;
  readonly file: JournalFile;
  readonly size: number;
  readonly records: readonly ChainRecord[];
  readonly id: string;
  readonly anchors: Anchors;
  readonly clock: Clock;
  /** What this computer seals with. */
  readonly key: SealKey;
}

/** Continues a chain, one entry after the other. */
export interface Appender {
  readonly records: readonly ChainRecord[];
  readonly head: Head | undefined;
  /** Resolves when the record is on the disk. After one failure every later append fails: what the disk holds then is unknown. */
  append(entry: JournalEntry): Promise<void>;
  /** Resolves when nothing is under way. */
  settled(): Promise<void>;
}

/** Starts where the verified records end. */
export function createAppender(parts: AppenderParts): Appender {
  const { fs, path, file, id, anchors, clock, key } = parts;
  const records = [...parts.records];
  let { size } = parts;
  let ended: UserError | undefined;
  let last: Promise<unknown> = Promise.resolve();

  function head(): Head | undefined {
    const record = records.at(-1);
    return record && { seq: record.seq, hash: record.hash };
  }
  async function write(entry: JournalEntry): Promise<void> {
    if (ended) throw ended;
    const line = sealRecord(entry, head(), clock.now(), sha256, { key, hmac });
    const bytes = Buffer.from(`${line}\n`);
    try {
      await unchangedByOthers();
      await file.append(bytes);
      await file.flush();
    } catch (reason) {
      ended = failure(reason);
      throw ended;
    }
    size += bytes.length;
    const record: ChainRecord = JSON.parse(line);
    records.push(record);
    // Not waited for: the record carries its own seal. The anchor tells of what was cut off; an older one is a weaker proof, not a wrong
    // one, and a slow key ring must not hold up containment.
    void anchors.write(id, { seq: record.seq, hash: record.hash }).catch(() => undefined);
  }
  /** Synchronisation services and containers get past the lock. */
  async function unchangedByOthers(): Promise<void> {
    const [open, named] = [await file.state(), await fs.state(path)];
    if (open.size !== size || open.links !== 1 || named?.identity !== open.identity)
      throw new Unusable('something else changed, moved or deleted journal.jsonl meanwhile');
  }
  return {
    records,
    get head() {
      return head();
    },
    append(entry) {
      const result = last.then(() => write(entry));
      last = result.catch(() => undefined);
      return result;
    },
    async settled() {
      await last;
    },
  };
}

function failure(reason: unknown): UserError {
  const why = reason instanceof Unusable ? reason.message : ((reason as NodeJS.ErrnoException).code ?? 'unknown error');
  return new UserError(
    'not-allowed',
    `The record of this action could not be written to disk (${why}), so nothing further is sent. Check free space and the folder’s permissions, open the incident again, then look at the account’s state.`,
  );
}
