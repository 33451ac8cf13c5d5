import path from 'node:path';
import { UserError } from '../../core/errors.ts';
import type { VerifiedChain } from '../../core/evidence/chain.ts';
import type { OpenedJournal } from '../../core/evidence/incidentStore.ts';
import { whyReadOnly } from '../../core/evidence/readOnly.ts';
import { type Head, journalFormat } from '../../core/evidence/record.ts';
import { unsealedIn, whyUnsealed } from '../../core/evidence/seal.ts';
import type { Anchors, Clock } from '../../core/ports.ts';
import { createAppender } from './appender.ts';
import { checkSeals } from './checkSeals.ts';
import { type JournalFile, type JournalFs, journalFs } from './journalFs.ts';
import { type OpenFile, openFile, Unusable } from './openFile.ts';
import { type CheckedJournal, checkJournal } from './readJournal.ts';
import { sha256 } from './sha256.ts';
import { trimTornTail } from './tornTail.ts';
import { takeWriterLock, type WriterLock } from './writerLock.ts';

export interface JournalOptions {
  /** Must exist and not be a link. */
  readonly folder: string;
  /** Whose journal it is; another one's is not continued. Not known when it is viewed only. */
  readonly id: string | undefined;
  readonly anchors: Anchors;
  readonly clock: Clock;
  /** Why it must not be written, as sentences. */
  readonly viewOnly?: string | undefined;
  /** Somebody chose to continue it although it was not all sealed on this computer; that is recorded. */
  readonly adopt?: boolean | undefined;
  /** How long to wait for another writer, in milliseconds. */
  readonly patience?: number;
  readonly fs?: JournalFs;
}

/** What must be let go when opening fails half-way. */
interface Held {
  lock?: WriterLock | undefined;
  file?: JournalFile | undefined;
}

const locked =
  'Another window or process is writing its journal. Nothing is written from here. Close it there, then open it here again.';
const foreign = 'Its journal belongs to something else. Nothing is written. Put the right journal.jsonl back.';

/**
 * Opens `journal.jsonl` of a folder as its only writer, creating it when it is missing. Whatever speaks against writing makes it read-only
 * with the reason: damage, a later format, another writer, a disk that refuses. A torn tail is cut off, kept beside the journal and
 * recorded. Expected failures are reasons, never thrown.
 */
export async function openJournal(options: JournalOptions): Promise<OpenedJournal> {
  const held: Held = {};
  try {
    return await open(options, held);
  } catch (reason) {
    await letGo(held);
    return readOnly(undefined, whyUnusable(reason));
  }
}

async function open(options: JournalOptions, held: Held): Promise<OpenedJournal> {
  const { fs = journalFs, folder } = options;
  const place = await fs.state(folder);
  if (place?.kind !== 'folder') throw new Unusable('its folder is missing, or is a link');
  if (options.viewOnly === undefined) held.lock = await lockOf(folder, place.identity, options.patience ?? 0);
  const viewOnly = options.viewOnly ?? (held.lock ? undefined : locked);
  const target = path.join(folder, 'journal.jsonl');
  const opened = await openFile(fs, target, viewOnly === undefined ? 'append' : 'read');
  held.file = opened.file;
  const { id, checked } = await check(opened.content, options);
  const own = checked.records[0]?.['id'];
  const wrong = whyReadOnly(checked.state) ?? (own !== undefined && own !== id ? foreign : undefined) ?? viewOnly;
  const unsealed = whyUnsealed(checked.records);
  const reason = wrong ?? (options.adopt ? undefined : unsealed);
  if (reason !== undefined || id === undefined) {
    await letGo(held);
    const journal = readOnly(checked, reason ?? foreign, opened.content.length - checked.wholeBytes);
    return wrong === undefined && id !== undefined ? { ...journal, adoptable: true } : journal;
  }
  const journal = await writer({ ...options, fs, target, id }, held, opened, checked);
  const { records, head } = checked;
  if (unsealed !== undefined && head)
    await journal.append({ type: 'adopted', records: records.length, others: journal.unsealed, head: head.hash });
  return journal;
}

async function check(content: Buffer, { id, anchors }: JournalOptions) {
  const unanchored = checkJournal(content, undefined);
  const own = unanchored.records[0]?.['id'];
  const known = id ?? (typeof own === 'string' ? own : undefined);
  const anchor = known === undefined ? undefined : await anchors.read(known).catch(() => undefined);
  const checked = anchor ? checkJournal(content, anchor) : unanchored;
  return { id: known, checked: { ...checked, records: await checkSeals(checked.records, anchors) } };
}

type WriterOptions = JournalOptions & {
  readonly fs: JournalFs;
  readonly target: string;
  readonly id: string;
};

async function writer(
  { fs, target, folder, id, anchors, clock }: WriterOptions,
  held: Held,
  { file: existing, content }: OpenFile,
  { records, wholeBytes }: CheckedJournal,
): Promise<OpenedJournal> {
  const file = existing ?? (await fs.open(target, 'create'));
  held.file = file;
  if (!existing) await fs.flushFolder(folder);
  const torn = content.subarray(wholeBytes);
  const kept = torn.length > 0 ? await trimTornTail(fs, target, file, torn, wholeBytes) : undefined;
  const key = await anchors.key();
  const appender = createAppender({ fs, path: target, file, size: wholeBytes, records, id, anchors, clock, key });
  if (records.length === 0) await appender.append({ type: 'journal', format: journalFormat, id });
  if (kept !== undefined)
    await appender.append({ type: 'trimmed', bytes: torn.length, file: kept, sha256: sha256(torn) });
  return {
    records: appender.records,
    get head() {
      return appender.head;
    },
    readOnly: undefined,
    unsealed: unsealedIn(records),
    trimmed: kept === undefined ? undefined : { bytes: torn.length, file: kept },
    append: appender.append,
    async close() {
      await appender.settled();
      await letGo(held);
    },
  };
}

function readOnly(chain: VerifiedChain | undefined, reason: string, torn = 0): OpenedJournal {
  const head: Head | undefined = chain?.head;
  const tornTail = chain?.state.kind === 'torn' ? { bytes: torn, file: undefined } : undefined;
  return {
    records: chain?.records ?? [],
    head,
    readOnly: reason,
    unsealed: unsealedIn(chain?.records ?? []),
    trimmed: tornTail,
    append: () =>
      Promise.reject(new UserError('not-allowed', `Nothing can be recorded, so nothing is sent. ${reason}`)),
    close: () => Promise.resolve(),
  };
}

async function lockOf(folder: string, identity: string, patience: number): Promise<WriterLock | undefined> {
  const step = 100;
  for (let waited = 0; ; waited += step) {
    const lock = await takeWriterLock(folder, identity);
    if (lock || waited >= patience) return lock;
    await new Promise((resolve) => setTimeout(resolve, step));
  }
}

async function letGo(held: Held): Promise<void> {
  const { file, lock } = held;
  held.file = undefined;
  held.lock = undefined;
  await file?.close().catch(() => undefined);
  await lock?.release();
}

function whyUnusable(reason: unknown): string {
  if (reason instanceof UserError) return reason.message;
  const why = reason instanceof Unusable ? reason.message : (reason as NodeJS.ErrnoException).code;
  if (why === undefined) throw reason;
  return `Its journal cannot be used: ${why}. Nothing is written. Put that right, then open it again.`;
}
