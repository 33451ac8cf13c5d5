import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, lstat, open } from 'node:fs/promises';
import path from 'node:path';
import { pipeline, Transform } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { UserError } from '../../core/errors.ts';
import type { Capture, Slice } from '../../core/evidence/capture.ts';
import { rowsOf } from '../../core/evidence/captureRecord.ts';
import type { CapturedRow } from '../../core/evidence/evidenceStore.ts';
import { isObject } from '../../core/model/json.ts';
import { untrusted } from '../../core/untrusted.ts';

/** Longest row, in bytes: Twilio's replies are a few megabytes at most. */
const longestRow = 16 * 1024 * 1024;
/** Rows shrink to a tenth; nothing that is one shrinks to a hundredth. Small files may. */
const mostInflation = { times: 100, free: 64 * 1024 * 1024 } as const;
const chunkSize = 256 * 1024;
const { O_RDONLY, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants;

/** Why a file is not read, as the end of a sentence. */
class NotWhole extends Error {}

/**
 * The rows of one capture of an incident's folder, in order. Before the first is given the whole file is checked against its recorded
 * SHA-256, and again while it is read. Throws `UserError`, which names the file, when it is missing, is no plain file, does not match, or
 * does not hold the rows it was recorded with.
 */
export async function* captureRows(incident: string, capture: Capture): AsyncGenerator<CapturedRow> {
  let handle: FileHandle | undefined;
  try {
    handle = await openPlain(incident, capture.file);
    if ((await hashOf(handle)) !== capture.sha256) throw new NotWhole('it was changed since it was recorded');
    yield* rowsIn(handle, capture);
  } catch (reason) {
    throw failure(capture, reason);
  } finally {
    await handle?.close();
  }
}

/** Why a capture cannot be relied on, `undefined` when it is as it was recorded. Reads the whole file. */
export async function checkCapture(incident: string, capture: Capture): Promise<UserError | undefined> {
  let handle: FileHandle | undefined;
  try {
    handle = await openPlain(incident, capture.file);
    if ((await hashOf(handle)) === capture.sha256) return undefined;
    throw new NotWhole('it was changed since it was recorded');
  } catch (reason) {
    const failed = failure(capture, reason);
    if (failed instanceof UserError) return failed;
    throw failed;
  } finally {
    await handle?.close();
  }
}

async function openPlain(incident: string, file: string): Promise<FileHandle> {
  const folder = await lstat(path.join(incident, path.dirname(file)));
  if (!folder.isDirectory()) throw new NotWhole('the folder “evidence” is a link');
  // Non-blocking: a pipe that somebody put there must not be waited for.
  const handle = await open(path.join(incident, file), O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
  if ((await handle.stat()).isFile()) return handle;
  await handle.close();
  throw new NotWhole('it is no plain file');
}

async function hashOf(handle: FileHandle): Promise<string> {
  const hash = createHash('sha256');
  for await (const bytes of streamOf(handle)) hash.update(bytes);
  return hash.digest('hex');
}

function streamOf(handle: FileHandle) {
  return handle.createReadStream({ start: 0, highWaterMark: chunkSize, autoClose: false });
}

async function* rowsIn(handle: FileHandle, capture: Capture): AsyncGenerator<CapturedRow> {
  const { file, source } = capture;
  const sliceAt = slicesByLine(capture.slices);
  let line = 0;
  for await (const text of linesIn(handle, capture)) {
    line += 1;
    const slice = sliceAt(line);
    if (!slice) throw new NotWhole(`line ${line} belongs to nothing that was recorded`);
    yield { source, account: slice.account, row: parse(text, line), file, line };
  }
  if (line !== rowsOf(capture)) throw new NotWhole(`it has ${line} of ${rowsOf(capture)} rows`);
}

function parse(text: string, line: number): CapturedRow['row'] {
  try {
    const row: unknown = JSON.parse(text);
    if (isObject(row)) return row;
  } catch {
    // Told below.
  }
  throw new NotWhole(`line ${line} is no JSON object`);
}

/** Lines are asked for in order. */
function slicesByLine(slices: readonly Slice[]): (line: number) => Slice | undefined {
  let index = 0;
  return (line) => {
    for (let slice = slices[index]; slice; slice = slices[++index])
      if (line < slice.line + slice.rows) return line >= slice.line ? slice : undefined;
    return undefined;
  };
}

async function* linesIn(handle: FileHandle, { bytes, sha256 }: Capture): AsyncGenerator<string> {
  const hash = createHash('sha256');
  const hashing = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      done(null, chunk);
    },
  });
  const gunzip = createGunzip({ chunkSize });
  // What breaks the source breaks `gunzip`, which is read below.
  pipeline(streamOf(handle), hashing, gunzip, () => undefined);
  let rest: Buffer = Buffer.alloc(0);
  let total = 0;
  for await (const chunk of gunzip as AsyncIterable<Buffer>) {
    total += chunk.length;
    if (total > bytes * mostInflation.times + mostInflation.free)
      throw new NotWhole('it unpacks to far more than evidence does');
    let start = 0;
    for (let end = chunk.indexOf(10); end !== -1; end = chunk.indexOf(10, start)) {
      const part = chunk.subarray(start, end);
      yield (rest.length > 0 ? Buffer.concat([rest, part]) : part).toString();
      rest = Buffer.alloc(0);
      start = end + 1;
    }
    if (start < chunk.length) rest = Buffer.concat([rest, chunk.subarray(start)]);
    if (rest.length > longestRow) throw new NotWhole('it has a row of more than 16 MB');
  }
  if (rest.length > 0) throw new NotWhole('its last line was not written completely');
  if (hash.digest('hex') !== sha256) throw new NotWhole('it was changed while it was read');
}

function failure({ file }: Capture, reason: unknown): unknown {
  const code = reason instanceof Error && 'code' in reason ? String(reason.code) : undefined;
  const why =
    reason instanceof NotWhole
      ? reason.message
      : code === 'ENOENT'
        ? 'it is missing'
        : code === 'ELOOP'
          ? 'it is a link'
          : code?.startsWith('Z_')
            ? 'its compressed data is damaged'
            : code && `it cannot be read (${code})`;
  if (why === undefined) return reason;
  return new UserError(
    'bad-input',
    `The evidence in ${untrusted(file).for('label')} cannot be used: ${why}. Everything else is used. Restore the file from a backup, or collect again.`,
  );
}
