import { randomInt } from 'node:crypto';
import { mkdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { throwIfCancelled } from '../../../core/cancellation.ts';
import { UserError } from '../../../core/errors.ts';
import type { Cancellation } from '../../../core/ports.ts';
import type { ImportProgress, ImportSummary } from '../../../core/traffic/logImport.ts';
import { type Crew, type Member, ownThread, workerThreads } from './crew.ts';
import { indexFormat, removeIndex, writeHeader } from './indexFiles.ts';
import { type DictionaryValues, rowsOf } from './merge.ts';
import { countryCodes } from './rowBuilder.ts';
import type { SegmentMessage } from './segment.ts';
import { mostSegments } from './supersede.ts';
import type { ThreadFile } from './thread.ts';

export interface IngestOptions {
  readonly cancel?: Cancellation;
  readonly onProgress?: (progress: ImportProgress) => void;
  /** The script of the threads that do the work when there is much of it: `worker.ts`, or what it was built to. */
  readonly worker: string | URL;
  /** How many of them; 0 does everything on the caller's thread. Without it, two for more than a few megabytes. */
  readonly threads?: 0 | 1 | 2;
}

/** Less than this is read before threads have started. */
const little = 4 * 1024 * 1024;

/**
 * Reads exported message logs into an index of column files in `folder`, which is made, and whose earlier index is replaced. The order of
 * `paths` decides between equal rows, nothing else does. Throws `Cancelled`, or `UserError` when no file can be taken in or the
 * folder cannot be written; there is no index then.
 */
export async function ingestLogs(
  paths: readonly string[],
  folder: string,
  { cancel, onProgress, worker, threads }: IngestOptions,
): Promise<ImportSummary> {
  const files = await Promise.all(
    paths.map(async (file) => ({ path: file, name: path.basename(file), size: await sizeOf(file) })),
  );
  const totalBytes = files.reduce((sum, { size }) => sum + size, 0);
  const count = threads ?? (totalBytes < little ? 0 : 2);
  const crew = count === 0 ? ownThread(cancel) : workerThreads(worker, count, cancel);
  try {
    await writable(async () => {
      await removeIndex(folder);
      await mkdir(folder, { recursive: true, mode: 0o700 });
    });
    const found = await readFiles(crew, files, totalBytes, onProgress);
    throwIfCancelled(cancel);
    return await settle(
      crew,
      found,
      folder,
      files.map(({ name }) => name),
    );
  } catch (reason) {
    // What was written is without a header, and personal data all the same.
    await removeIndex(folder).catch(() => undefined);
    throw reason;
  } finally {
    await crew.dispose();
  }
}

interface Found {
  /** In the order of the files. */
  readonly files: readonly ThreadFile[];
  /** What each thread read. */
  readonly threads: readonly (readonly SegmentMessage[])[];
}

interface SizedFile {
  readonly path: string;
  readonly name: string;
  readonly size: number;
}

async function readFiles(
  { members }: Crew,
  files: readonly SizedFile[],
  totalBytes: number,
  onProgress: IngestOptions['onProgress'],
): Promise<Found> {
  const results: ThreadFile[] = [];
  const underWay = members.map(() => ({ rows: 0, bytes: 0 }));
  let rows = 0;
  let bytes = 0;
  let filesDone = 0;
  const report = (): void => {
    const now = underWay.reduce((sum, one) => ({ rows: sum.rows + one.rows, bytes: sum.bytes + one.bytes }), {
      rows,
      bytes,
    });
    onProgress?.({ ...now, totalBytes, files: files.length, filesDone });
  };
  // The largest file first, so that no thread is left alone with it at the end.
  const queue = [...files.entries()].sort(([, a], [, b]) => a.size - b.size);
  const threads = await Promise.all(
    members.map(async (member, index) => {
      const segments: SegmentMessage[] = [];
      member.onProgress = (progress) => {
        underWay[index] = progress;
        report();
      };
      for (let next = queue.pop(); next; next = queue.pop()) {
        const [order, { path, name, size }] = next;
        const result = await member.ask('ingest', { file: { path, name } });
        results[order] = result;
        segments.push(...result.segments);
        underWay[index] = { rows: 0, bytes: 0 };
        rows += result.rows;
        bytes += size;
        filesDone++;
        report();
      }
      return segments;
    }),
  );
  return { files: results, threads };
}

/** Makes one index of what the threads read, and writes it. */
async function settle(
  { members }: Crew,
  { files, threads }: Found,
  folder: string,
  names: readonly string[],
): Promise<ImportSummary> {
  const segments = files.flatMap((file) => file.segments);
  if (files.every(({ refused }) => refused !== undefined)) throw nothingImported(files);
  if (segments.length > mostSegments)
    throw new UserError(
      'too-large',
      'These are too many rows for one import. Nothing was imported. Import fewer files at a time.',
    );
  const values = await shareCodes(members, threads);
  const rows = rowsOf(segments);
  const marks = new SharedArrayBuffer(rows);
  const seed = randomInt(2 ** 31);
  const shares = members.length;
  const marked = await Promise.all(
    members.map((member, share) => member.ask('supersede', { segments, marks, seed, share, shares })),
  );
  const superseded = marked.reduce((sum, one) => sum + one, 0);
  const summary = summaryOf(files, names, rows - superseded, superseded);
  await writable(async () => {
    const task = { folder, segments, marks: superseded > 0 ? marks : undefined, shares };
    const [grid] = await Promise.all(members.map((member, share) => member.ask('write', { ...task, share })));
    await writeHeader(
      folder,
      { format: indexFormat, rows: summary.rows, values: headerValues(values), summary, ...(grid && { grid }) },
      values.blocks,
    );
  });
  return summary;
}

/** Makes all segments use the first thread's codes, and returns what these stand for. */
async function shareCodes(members: readonly Member[], threads: Found['threads']): Promise<DictionaryValues> {
  const [first, ...others] = members;
  if (!first) throw new Error('There is no thread.');
  for (const [index, other] of others.entries()) {
    const recoding = await first.ask('merge', { values: await other.ask('values', {}) });
    if (!recoding)
      throw new UserError(
        'bad-input',
        'These files have more different accounts or statuses than Twilio gives, so they are no logs of one account’s messages. Nothing was imported. Import them one by one.',
      );
    const segments = threads[index + 1] ?? [];
    await Promise.all(
      members.map((member, share) =>
        member.ask('recode', { segments: segments.filter((_, n) => n % members.length === share), recoding }),
      ),
    );
  }
  return first.ask('values', {});
}

function headerValues({ blocks, ...values }: DictionaryValues) {
  return { ...values, blocks: blocks.length, countries: countryCodes() };
}

function summaryOf(
  files: readonly ThreadFile[],
  names: readonly string[],
  rows: number,
  superseded: number,
): ImportSummary {
  return {
    rows,
    superseded,
    bad: {
      count: files.reduce((sum, { badCount }) => sum + badCount, 0),
      first: files.flatMap(({ bad }) => bad),
    },
    files: files.map(({ rows, refused }, index) => ({
      name: names[index] ?? '',
      rows,
      ...(refused !== undefined && { refused }),
    })),
  };
}

function nothingImported(files: readonly ThreadFile[]): UserError {
  const [first, ...more] = files;
  const others = more.length > 0 ? ` ${more.length} more could not be imported either.` : '';
  return new UserError(
    'bad-input',
    first?.refused ? `${first.refused}${others}` : 'No file was chosen, so nothing was imported.',
  );
}

async function sizeOf(file: string): Promise<number> {
  // A file that cannot be read says so when it is its turn.
  return stat(file).then(
    ({ size }) => size,
    () => 0,
  );
}

async function writable(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (reason) {
    const code = reason instanceof Error && 'code' in reason ? String(reason.code) : undefined;
    if (code === undefined) throw reason;
    throw new UserError(
      'not-allowed',
      `The imported logs could not be written to disk (${code}). Nothing was imported. Check that the disk has space, then import them again.`,
    );
  }
}
