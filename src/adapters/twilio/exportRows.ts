import { createHash } from 'node:crypto';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { UserError } from '../../core/errors.ts';
import { isObject, type JsonObject } from '../../core/model/json.ts';

/** Logs shrink to a tenth; nothing that is one shrinks to a hundredth. Small files may. In times and bytes. */
const mostInflation = { times: 100, free: 64 * 2 ** 20 } as const;
/** A message has 1,600 characters at most; a row beyond this, in bytes, is no log's. */
const longestRow = 2 ** 20;
const rowsPerBatch = 1000;
const lineFeed = 0x0a;

/** Rows that stand together in the file, and their bytes there. */
export interface Lines {
  readonly rows: readonly JsonObject[];
  /** SHA-256, hexadecimal, of the unpacked bytes, and how many they are. */
  readonly sha256: string;
  readonly bytes: number;
}

/**
 * The rows of a file of exported rows: gzip (one member or several) of JSON Lines, ended by LF or CRLF, the last one perhaps by nothing. The file is whole
 * when the iteration ends: cut, damaged, with anything after its end, with a row that is no JSON object, or neither packed nor unpacked as long as
 * `size` says, it throws `UserError('bad-reply')`; `too-large` when it unpacks without end. Errors of `source` are thrown on. `name` is for the sentences.
 */
export async function* readExportRows(
  source: AsyncIterable<Buffer>,
  { name, size }: { readonly name: string; readonly size?: number | undefined },
): AsyncGenerator<Lines, void, void> {
  let packed = 0;
  let unpacked = 0;
  let ended = false;
  async function* counted(): AsyncGenerator<Buffer, void, void> {
    for await (const chunk of source) {
      packed += chunk.length;
      yield chunk;
    }
    ended = true;
  }
  const gunzip = createGunzip();
  // What breaks the source breaks `gunzip`, which is read below.
  pipeline(counted, gunzip, () => undefined);
  const lines = createLines(name);
  try {
    for await (const chunk of gunzip as AsyncIterable<Buffer>) {
      unpacked += chunk.length;
      if (unpacked > packed * mostInflation.times + mostInflation.free) throw unpacksTooFar(name);
      yield* lines.take(chunk);
    }
  } catch (reason) {
    const code = reason instanceof Error && 'code' in reason ? reason.code : undefined;
    if (code === 'Z_BUF_ERROR') throw notWhole(name, 'it ends before its compressed data does');
    if (typeof code === 'string' && code.startsWith('Z_'))
      throw notWhole(name, 'its compressed data does not match its checksum');
    throw reason;
  }
  // zlib stops where the data ends: bytes that it did not take are not of this file.
  if (!ended || gunzip.bytesWritten !== packed) throw notWhole(name, 'other data follows its end');
  // Twilio does not say which of the two lengths `size` is.
  if (size !== undefined && size > 0 && size !== packed && size !== unpacked)
    throw notWhole(name, `it has ${packed} bytes where Twilio lists ${size}`);
  yield* lines.end();
}

/** Cuts bytes into lines and lines into batches. Holds one batch and one unfinished line. */
function createLines(name: string) {
  let rest: Buffer = Buffer.alloc(0);
  let line = 0;
  let rows: JsonObject[] = [];
  let hash = createHash('sha256');
  let bytes = 0;

  function add(text: string): void {
    line += 1;
    if (text.trim() === '') return;
    const row = parsed(text);
    if (!row) throw notWhole(name, `its line ${line} is no row`);
    rows.push(row);
  }
  function batch(): Lines {
    const done = { rows, sha256: hash.digest('hex'), bytes };
    rows = [];
    hash = createHash('sha256');
    bytes = 0;
    return done;
  }
  return {
    *take(chunk: Buffer): Generator<Lines, void, void> {
      const all = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
      let from = 0;
      let hashed = 0;
      for (let end = all.indexOf(lineFeed); end >= 0; end = all.indexOf(lineFeed, from)) {
        if (end - from > longestRow) throw notWhole(name, `its line ${line + 1} is longer than 1 MB`);
        add(all.toString('utf8', from, end));
        from = end + 1;
        if (rows.length < rowsPerBatch) continue;
        hash.update(all.subarray(hashed, from));
        bytes += from - hashed;
        hashed = from;
        yield batch();
      }
      hash.update(all.subarray(hashed, from));
      bytes += from - hashed;
      rest = all.subarray(from);
      if (rest.length > longestRow) throw notWhole(name, `its line ${line + 1} is longer than 1 MB`);
    },
    *end(): Generator<Lines, void, void> {
      hash.update(rest);
      bytes += rest.length;
      if (rest.length > 0) add(rest.toString('utf8'));
      // A file without rows is one, too: that there were none has a proof.
      if (bytes > 0 || line === 0) yield batch();
    },
  };
}

function parsed(text: string): JsonObject | undefined {
  try {
    const row: unknown = JSON.parse(text);
    return isObject(row) ? row : undefined;
  } catch {
    return undefined;
  }
}

function notWhole(name: string, why: string): UserError {
  return new UserError(
    'bad-reply',
    `The exported file with the ${name} is not as Twilio made it: ${why}. Nothing of it was kept. Try again.`,
  );
}

function unpacksTooFar(name: string): UserError {
  return new UserError(
    'too-large',
    `The exported file with the ${name} unpacks to far more than a log does, so it was stopped before it fills the memory. Nothing of it was kept. Ask Twilio Support about it.`,
  );
}
