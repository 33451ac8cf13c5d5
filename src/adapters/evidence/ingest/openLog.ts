import { type FileHandle, open } from 'node:fs/promises';
import { pipeline } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { createGunzip } from 'node:zlib';
import { createInflater, type Inflater } from './inflater.ts';
import { damaged, endsEarly, inflatesTooFar, Refused, unreadable } from './refused.ts';

/** Logs shrink to a tenth; nothing that is one shrinks to a hundredth. Small files may. */
const mostInflation = { times: 100, free: 64 * 1024 * 1024 } as const;
/** A part of what the second-level cache of a core holds, so that bytes are read where they were written. */
export const chunkSize = 128 * 1024;

/** The event loop turns when the next piece of a file is read, and when one unpacks to more than logs do. */
const unpackedAtOnce = 16 * chunkSize;

export interface LogChunk {
  /** Overwritten when the next chunk is asked for. */
  readonly bytes: Buffer;
  /** Bytes of the file read so far, as they are on the disk. */
  readonly read: number;
}

/**
 * The contents of a file, unpacked when they are gzip (told by their first bytes). Throws `Refused` for a file that cannot be read, ends
 * early, is damaged, has anything after its end or unpacks without end.
 */
export async function* readLog(path: string, name: string): AsyncGenerator<LogChunk, void, void> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(path);
    const { size } = await handle.stat();
    const magic = await handle.read(Buffer.alloc(2), 0, 2, 0);
    if (magic.bytesRead === 2 && magic.buffer.readUInt16BE(0) === 0x1f8b) yield* checked(handle, size, name);
    else yield* plain(handle);
  } catch (reason) {
    throw reason instanceof Refused ? reason : unreadable(name, reason);
  } finally {
    await handle?.close();
  }
}

/** A file as it is, a piece at a time, each read to where the one before was. */
async function* plain(handle: FileHandle): AsyncGenerator<LogChunk, void, void> {
  const piece = Buffer.allocUnsafeSlow(chunkSize);
  for (let read = 0; ; ) {
    const { bytesRead } = await handle.read(piece, 0, chunkSize, read);
    if (bytesRead === 0) return;
    read += bytesRead;
    yield { bytes: piece.subarray(0, bytesRead), read };
  }
}

/** What a gzip file unpacks to, as long as it is whole and unpacks to no more than a log does. */
async function* checked(handle: FileHandle, size: number, name: string): AsyncGenerator<LogChunk, void, void> {
  const inflater = createInflater(chunkSize);
  const most = size * mostInflation.times + mostInflation.free;
  let total = 0;
  let last = 0;
  try {
    for await (const chunk of inflater ? inflated(handle, inflater) : streamed(handle)) {
      total += chunk.bytes.length;
      if (total > most) throw inflatesTooFar(name);
      last = chunk.read;
      yield chunk;
    }
  } catch (reason) {
    const code = reason instanceof Error && 'code' in reason ? reason.code : undefined;
    if (code === 'Z_BUF_ERROR') throw endsEarly(name);
    throw typeof code === 'string' && code.startsWith('Z_') ? damaged(name) : reason;
  } finally {
    inflater?.close();
  }
  // zlib ignores zeros after the last member.
  if (last !== size) throw damaged(name);
}

/** Ends with an empty chunk, which says how far a file was read that unpacks to nothing. */
async function* inflated(handle: FileHandle, inflater: Inflater): AsyncGenerator<LogChunk, void, void> {
  let last = 0;
  for await (const { bytes: packed, read } of plain(handle)) {
    last = read;
    let unpacked = 0;
    for (const bytes of inflater.unpack(packed)) {
      yield { bytes, read };
      unpacked += bytes.length;
      if (unpacked < unpackedAtOnce) continue;
      unpacked = 0;
      await nextTurn();
    }
  }
  inflater.end();
  yield { bytes: Buffer.alloc(0), read: last };
}

/** The same by Node's stream. */
export async function* streamed(handle: FileHandle): AsyncGenerator<LogChunk, void, void> {
  const gunzip = createGunzip({ chunkSize });
  const source = handle.createReadStream({ start: 0, highWaterMark: chunkSize, autoClose: false });
  // What breaks the source breaks `gunzip`, which is read below; there is nothing more to do with it here.
  pipeline(source, gunzip, () => undefined);
  for await (const bytes of gunzip) yield { bytes, read: gunzip.bytesWritten };
  yield { bytes: Buffer.alloc(0), read: gunzip.bytesWritten };
}
