import type { FileHandle } from 'node:fs/promises';

/** Reads a text file of ours line by line. */
export interface LineReader {
  /** The next line without its end, at once where it is in memory; `undefined` at the end of the file. */
  next(): string | undefined | Promise<string | undefined>;
  close(): Promise<void>;
}

const chunk = 1 << 16;
const lineFeed = 10;

/** Every line of the file has to end with a line feed. */
export function readLines(handle: FileHandle): LineReader {
  let lines: string[] = [];
  let at = 0;
  let left = Buffer.alloc(0);

  /** Cuts at line feeds, which are no part of a character in UTF-8. */
  async function more(): Promise<string | undefined> {
    for (;;) {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(chunk), 0, chunk);
      if (bytesRead === 0) return undefined;
      const bytes = Buffer.concat([left, buffer.subarray(0, bytesRead)]);
      const end = bytes.lastIndexOf(lineFeed) + 1;
      left = bytes.subarray(end);
      if (end === 0) continue;
      lines = bytes.toString('utf8', 0, end - 1).split('\n');
      at = 1;
      return lines[0];
    }
  }
  return {
    next() {
      if (at >= lines.length) return more();
      at += 1;
      return lines[at - 1];
    },
    close: () => handle.close(),
  };
}
