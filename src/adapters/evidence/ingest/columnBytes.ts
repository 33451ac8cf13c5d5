import { open } from 'node:fs/promises';

/** Writes pieces one after the other to a file that is open. */
export async function writeAll(handle: Awaited<ReturnType<typeof open>>, pieces: readonly Uint8Array[]): Promise<void> {
  for (let rest = pieces.filter(({ length }) => length > 0); rest.length > 0; ) {
    let { bytesWritten } = await handle.writev(rest);
    // A call may write less than it was given.
    rest = rest.flatMap((piece) => {
      const left = piece.subarray(bytesWritten);
      bytesWritten = Math.max(0, bytesWritten - piece.length);
      return left.length > 0 ? [left] : [];
    });
  }
}

/** Of a file, from one byte to before another. */
export interface ByteRange {
  readonly from: number;
  readonly to: number;
}

/** A file's contents in memory of their own, where numbers lie at their own multiples; `undefined` when it is not `size` bytes long. */
export async function readWhole(file: string, size: number): Promise<ArrayBuffer | undefined> {
  return readRanges(file, size, [{ from: 0, to: size }]);
}

/** Parts of a file one after the other, as `readWhole` reads all of it. */
export async function readRanges(
  file: string,
  size: number,
  ranges: readonly ByteRange[],
): Promise<ArrayBuffer | undefined> {
  const handle = await open(file);
  try {
    if ((await handle.stat()).size !== size) return undefined;
    const bytes = new Uint8Array(ranges.reduce((sum, { from, to }) => sum + to - from, 0));
    let filled = 0;
    for (const { from, to } of ranges)
      for (let at = from; at < to; ) {
        const { bytesRead } = await handle.read(bytes, filled, to - at, at);
        if (bytesRead === 0) return undefined;
        filled += bytesRead;
        at += bytesRead;
      }
    return bytes.buffer;
  } finally {
    await handle.close();
  }
}
