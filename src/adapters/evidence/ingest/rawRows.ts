import type { Defect } from '../../../core/traffic/logRow.ts';
import { createJsonValues } from './jsonValues.ts';
import { chunkSize, readLog } from './openLog.ts';
import type { Format } from './recogniseLog.ts';
import { endsInRow, longestRow, rowTooLong } from './refused.ts';
import type { RowReader } from './rows.ts';

/** A row as the file has it, with the line it begins at, from 1. */
export interface RawRow {
  readonly text: string;
  readonly line: number;
  /** Parsed already, where cutting it out took parsing. */
  readonly value?: unknown;
  readonly defect?: Defect;
}

export interface RawRows {
  readonly rows: readonly RawRow[];
  /** Bytes of the file read so far, as they are on the disk. */
  readonly read: number;
}

/**
 * The rows of a file as texts, a chunk of it at a time; a CSV file's first line is one of them. For logs that are small beside
 * message logs: made to be plain, not to be fast. Throws `Refused` as `readLog` does, and for a row without end.
 */
export async function* rawRows(path: string, name: string, format: Format): AsyncGenerator<RawRows, void, void> {
  let found: RawRow[] = [];
  const reader = readerOf(format, (row) => found.push(row));
  for await (const read of readWith(reader, path, name, format)) {
    yield { rows: found, read };
    found = [];
  }
}

/** Reads a file to its end without keeping rows. Throws `Refused` when `rawRows` would at any place in it. */
export async function* checkRows(path: string, name: string, format: Format): AsyncGenerator<void, void, void> {
  for await (const _ of readWith(readerOf(format, undefined), path, name, format)) yield;
}

/** Gives how many bytes of the file are read, after each chunk. */
async function* readWith(
  reader: RowReader,
  path: string,
  name: string,
  format: Format,
): AsyncGenerator<number, void, void> {
  const work = Buffer.allocUnsafeSlow(longestRow + chunkSize + 1);
  let filled = 0;
  let begun = false;

  function consume(final: boolean): void {
    const start = begun || format.kind !== 'values' ? 0 : format.start;
    // The list of a page begins behind bytes that have to be there first.
    if (filled < start && !final) return;
    begun = true;
    work[filled] = 0x0a;
    const rest = reader.read(work, Math.min(start, filled), filled, final);
    work.copyWithin(0, rest, filled);
    filled -= rest;
    if (filled > longestRow) throw rowTooLong(name, reader.line);
    if (final && !reader.complete) throw endsInRow(name, reader.line);
  }

  let last = 0;
  for await (const { bytes, read } of readLog(path, name)) {
    last = read;
    for (let from = 0; from < bytes.length; from += chunkSize) {
      const part = bytes.subarray(from, from + chunkSize);
      work.set(part, filled);
      filled += part.length;
      consume(false);
      yield read;
    }
  }
  consume(true);
  yield last;
}

function readerOf(format: Format, take: ((row: RawRow) => void) | undefined): RowReader {
  if (format.kind === 'csv') return createRawLines(take, true);
  if (format.kind === 'lines') return createRawLines(take, false);
  const sink = {
    spans: () => false,
    fields: () => undefined,
    value: (value: unknown, line: number, text = '') => take?.({ text, line, value }),
    bad: (line: number, defect: Defect, text = '') => take?.({ text, line, defect }),
  };
  return createJsonValues(sink, format.around, format.line);
}

/** Rows end with a line feed, which in CSV may also lie between quotes. */
function createRawLines(take: ((row: RawRow) => void) | undefined, isCsv: boolean): RowReader {
  let line = 1;
  let complete = true;

  /** Where the row's line feed is, and how many lines it takes; `undefined` when it is not whole. */
  function endOf(
    bytes: Buffer,
    start: number,
    stop: number,
  ): { readonly at: number; readonly lines: number } | undefined {
    let lines = 0;
    let quotes = 0;
    for (let from = start; ; ) {
      const at = bytes.indexOf(0x0a, from);
      if (at < 0 || at >= stop) return undefined;
      lines++;
      if (isCsv) for (let i = from; i < at; i++) if (bytes[i] === 0x22) quotes++;
      if (quotes % 2 === 0) return { at, lines };
      from = at + 1;
    }
  }

  return {
    get line() {
      return line;
    },
    get complete() {
      return complete;
    },
    read(bytes, start, end, final) {
      // The byte after the last row is a line feed when there is no more to come.
      const stop = final && end > start && bytes[end - 1] !== 0x0a ? end + 1 : end;
      let from = start;
      for (let row = endOf(bytes, from, stop); row; row = from < stop ? endOf(bytes, from, stop) : undefined) {
        const text = take ? bytes.toString('utf8', from, row.at).trim() : '';
        if (text !== '') take?.({ text, line });
        line += row.lines;
        from = row.at + 1;
      }
      complete = from >= end;
      return Math.min(from, end);
    },
  };
}
