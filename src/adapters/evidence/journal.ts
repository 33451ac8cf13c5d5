import path from 'node:path';
import { UserError } from '../../core/errors.ts';
import type { VerifiedChain } from '../../core/evidence/chain.ts';
import type { OpenedJournal } from '../../core/evidence/incidentStore.ts';
import { whyReadOnly } from '../../core/evidence/readOnly.ts';
import { type Head, journalFormat } from '../../core/evidence/record.ts';
import type { Anchors, Clock } from '../../core/ports.ts';
import { createAppender } from './appender.ts';
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
  const { id, checked, isKnown, inherited } = await check(opened.content, options);
  const own = checked.records[0]?.['id'];
  const reason = whyReadOnly(checked.state) ?? (own !== undefined && own !== id ? foreign : undefined) ?? viewOnly;
  if (reason !== undefined || id === undefined) {
    await letGo(held);
    const isViewed = reason === options.viewOnly || reason === locked;
    const journal = readOnly(checked, reason ?? foreign, opened.content.length - checked.wholeBytes);
    return { ...journal, ...(isKnown && isViewed && { proven: true }) };
  }
  const journal = await writer({ ...options, fs, target, id, inherited }, held, opened, checked);
  return inherited ? journal : Object.assign(journal, { proven: true } as const);
}

async function check(content: Buffer, { id, anchors }: JournalOptions) {
  const checked = checkJournal(content, undefined);
  const own = checked.records[0]?.['id'];
  const known = id ?? (typeof own === 'string' ? own : undefined);
  const anchor = known === undefined ? undefined : await anchors.read(known).catch(() => undefined);
  // One that nobody here knew stays one, whoever adds to it: its older records do not become ours.
  const inherited = anchor ? anchor.inherited === true : checked.records.length > 0;
  return {
    id: known,
    checked: anchor ? checkJournal(content, anchor) : checked,
    isKnown: anchor !== undefined && !inherited,
    inherited,
  };
}

type WriterOptions = JournalOptions & {
  readonly fs: JournalFs;
  readonly target: string;
  readonly id: string;
  readonly inherited: boolean;
};

async function writer(
  { fs, target, folder, id, anchors, clock, inherited }: WriterOptions,
  held: Held,
  { file: existing, content }: OpenFile,
  { records, wholeBytes }: CheckedJournal,
): Promise<OpenedJournal> {
  const file = existing ?? (await fs.open(target, 'create'));
  held.file = file;
  if (!existing) await fs.flushFolder(folder);
  const torn = content.subarray(wholeBytes);
  const kept = torn.length > 0 ? await trimTornTail(fs, target, file, torn, wholeBytes) : undefined;
  const appender = createAppender({ fs, path: target, file, size: wholeBytes, records, id, anchors, clock, inherited });
  if (records.length === 0) await appender.append({ type: 'journal', format: journalFormat, id });
  if (kept !== undefined)
    await appender.append({ type: 'trimmed', bytes: torn.length, file: kept, sha256: sha256(torn) });
  return {
    records: appender.records,
    get head() {
      return appender.head;
    },
    readOnly: undefined,
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
