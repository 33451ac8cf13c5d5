import { mkdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { UserError } from '../../../core/errors.ts';
import type { ImportedFile, ImportSummary } from '../../../core/traffic/logImport.ts';
import { writeEmptyIndex } from './emptyIndex.ts';
import { hashesOf, removeHashes } from './fileHashes.ts';
import { removeIndex } from './indexFiles.ts';
import { type IngestOptions, ingestLogs } from './ingest.ts';
import { ingestOthers, type OtherFile } from './ingestOthers.ts';
import { readOtherHeader, removeOthers } from './otherFiles.ts';
import { type Format, recogniseLog } from './recogniseLog.ts';
import { Refused } from './refused.ts';
import { createRejectedFile, removeRejected } from './rejected.ts';
import { rejectedMessages } from './rejectedMessages.ts';

interface MessageFile {
  readonly path: string;
  readonly name: string;
  readonly format: Format;
}

/**
 * Reads exported logs of messages, calls and Verify attempts, each file told by its content, into files in `folder`, which is made. Throws
 * `Cancelled`, or `UserError` when no file can be taken in or the folder cannot be written; nothing is left in the folder then.
 */
export async function importLogs(paths: readonly string[], folder: string, options: IngestOptions): Promise<void> {
  const messages: MessageFile[] = [];
  const others: OtherFile[] = [];
  const refused: ImportedFile[] = [];
  for (const file of paths) {
    const name = path.basename(file);
    try {
      const { log, format } = await recogniseLog(file, name);
      if (log === 'messages') messages.push({ path: file, name, format });
      else others.push({ path: file, name, log, format });
    } catch (reason) {
      if (!(reason instanceof Refused)) throw reason;
      refused.push({ name, rows: 0, refused: reason.message });
    }
  }
  if (messages.length + others.length === 0) throw nothingImported(refused);
  try {
    await onDisk(() => mkdir(folder, { recursive: true, mode: 0o700 }));
    const keepHashes = hashesOf([messages, others].flat(), options.cancel);
    const progress = await progressOf([messages, others].flat(), others.length, options.onProgress);
    const taken = await onDisk(() =>
      ingestOthers(others, refused, folder, { cancel: options.cancel, onProgress: progress.others }),
    );
    const some = taken.files.some((file) => file.refused === undefined);
    // Its header is written last of what is shown: with it, the import counts as finished.
    const summary = await importMessages(messages, folder, { ...options, onProgress: progress.messages }, some);
    await onDisk(() => keepRejected(messages, summary, folder));
    await onDisk(() => keepHashes(folder));
  } catch (reason) {
    // What was written is of no use, and personal data all the same.
    await removeImport(folder).catch(() => undefined);
    throw reason;
  }
}

async function importMessages(
  files: readonly MessageFile[],
  folder: string,
  options: IngestOptions,
  others: boolean,
): Promise<ImportSummary> {
  if (files.length === 0) {
    if (!others) throw nothingImported((await readOtherHeader(folder))?.summary.files ?? []);
    return onDisk(() => writeEmptyIndex(folder, []));
  }
  try {
    return await ingestLogs(
      files.map((file) => file.path),
      folder,
      options,
    );
  } catch (reason) {
    // No message file could be taken in, and the other logs are there.
    if (!others || !(reason instanceof UserError) || reason.code !== 'bad-input') throw reason;
    await onDisk(() => mkdir(folder, { recursive: true, mode: 0o700 }));
    return onDisk(() =>
      writeEmptyIndex(
        folder,
        files.map(({ name }, index) => ({
          name,
          rows: 0,
          refused: index === 0 ? reason.message : `${name} could not be imported either.`,
        })),
      ),
    );
  }
}

/** Keeps the texts of message rows that were not understood. A file that is gone meanwhile has none to keep. */
async function keepRejected(files: readonly MessageFile[], { bad }: ImportSummary, folder: string): Promise<void> {
  const rejected = createRejectedFile(folder);
  for (const file of files) {
    const own = bad.first.filter((row) => row.file === file.name);
    if (own.length === 0) continue;
    try {
      await rejected.add(await rejectedMessages(file.path, file.format, own));
    } catch (reason) {
      if (!(reason instanceof Refused)) throw reason;
    }
  }
}

/** What was imported beside messages, added to what the index of messages says. */
export async function withOthers(folder: string, messages: ImportSummary): Promise<ImportSummary> {
  const others = (await readOtherHeader(folder))?.summary;
  if (!others) return messages;
  const { bad, files, ...logs } = others;
  return {
    ...messages,
    ...logs,
    bad: { count: messages.bad.count + bad.count, first: [...messages.bad.first, ...bad.first] },
    files: [...messages.files, ...files],
  };
}

/** Removes an import, whole or not. */
export async function removeImport(folder: string): Promise<void> {
  await removeOthers(folder);
  await removeRejected(folder);
  await removeHashes(folder);
  await removeIndex(folder);
}

/** The progress of two readings in a row as that of one. */
async function progressOf(
  files: readonly { readonly path: string }[],
  others: number,
  onProgress: IngestOptions['onProgress'],
): Promise<{
  readonly others: (rows: number, bytes: number) => void;
  readonly messages: NonNullable<IngestOptions['onProgress']>;
}> {
  const sizes = await Promise.all(files.map((file) => stat(file.path).then(({ size }) => size)));
  const totalBytes = sizes.reduce((sum, size) => sum + size, 0);
  let before = { rows: 0, bytes: 0 };
  return {
    others: (rows, bytes) => {
      before = { rows, bytes };
      onProgress?.({ ...before, totalBytes, files: files.length, filesDone: 0 });
    },
    messages: ({ rows, bytes, filesDone }) =>
      onProgress?.({
        rows: before.rows + rows,
        bytes: before.bytes + bytes,
        totalBytes,
        files: files.length,
        filesDone: others + filesDone,
      }),
  };
}

function nothingImported([first, ...more]: readonly ImportedFile[]): UserError {
  const others = more.length > 0 ? ` ${more.length} more could not be imported either.` : '';
  return new UserError(
    'bad-input',
    first?.refused ? `${first.refused}${others}` : 'No file was chosen, so nothing was imported.',
  );
}

async function onDisk<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (reason) {
    const code = reason instanceof Error && 'code' in reason ? String(reason.code) : undefined;
    if (code === undefined || reason instanceof UserError) throw reason;
    throw new UserError(
      'not-allowed',
      `The imported logs could not be written to disk (${code}). Nothing was imported. Check that the disk has space, then import them again.`,
    );
  }
}
