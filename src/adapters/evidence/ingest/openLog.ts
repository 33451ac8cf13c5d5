import { type FileHandle, open } from 'node:fs/promises';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { damaged, endsEarly, inflatesTooFar, Refused, unreadable } from './refused.ts';

/** Logs shrink to a tenth; nothing that is one shrinks to a hundredth. Small files may. */
const mostInflation = { times: 100, free: 64 * 1024 * 1024 } as const;
/** A part of what the second-level cache of a core holds, so that bytes are read where they were written. */
export const chunkSize = 128 * 1024;

export interface LogChunk {
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
    if (magic.bytesRead === 2 && magic.buffer.readUInt16BE(0) === 0x1f8b) yield* inflated(handle, size, name);
    else yield* plain(handle);
  } catch (reason) {
    throw reason instanceof Refused ? reason : unreadable(name, reason);
  } finally {
    await handle?.close();
  }
}

async function* plain(handle: FileHandle): AsyncGenerator<LogChunk, void, void> {
  let read = 0;
  for await (const bytes of handle.createReadStream({ start: 0, highWaterMark: chunkSize, autoClose: false })) {
    read += bytes.length;
    yield { bytes, read };
  }
}

async function* inflated(handle: FileHandle, size: number, name: string): AsyncGenerator<LogChunk, void, void> {
  const gunzip = createGunzip({ chunkSize });
  const source = handle.createReadStream({ start: 0, highWaterMark: chunkSize, autoClose: false });
  // What breaks the source breaks `gunzip`, which is read below; there is nothing more to do with it here.
  pipeline(source, gunzip, () => undefined);
  const most = size * mostInflation.times + mostInflation.free;
  let total = 0;
  try {
    for await (const bytes of gunzip) {
      total += bytes.length;
      if (total > most) throw inflatesTooFar(name);
      yield { bytes, read: gunzip.bytesWritten };
    }
  } catch (reason) {
    const code = reason instanceof Error && 'code' in reason ? reason.code : undefined;
    if (code === 'Z_BUF_ERROR') throw endsEarly(name);
    throw typeof code === 'string' && code.startsWith('Z_') ? damaged(name) : reason;
  }
  // zlib ignores zeros after the last member.
  if (gunzip.bytesWritten !== size) throw damaged(name);
}
