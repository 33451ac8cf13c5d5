import { isObject, type JsonObject, textOf } from '../../../core/model/json.ts';
import { type BadRow, rememberedBadRows } from '../../../core/traffic/logImport.ts';
import { type Defect, defects, type LogField, readLogRow } from '../../../core/traffic/logRow.ts';
import { createSpanReader } from './codeFields.ts';
import { columnsIn, createCsv, csvLayout } from './csv.ts';
import { createJsonLines } from './jsonLines.ts';
import { createJsonValues } from './jsonValues.ts';
import { chunkSize, readLog } from './openLog.ts';
import { endsInRow, longestRow, mostBadRows, mostlyBad, notALog, Refused, rowTooLong } from './refused.ts';
import { createRowBuilder, type Dictionaries } from './rowBuilder.ts';
import type { RowReader, RowSink } from './rows.ts';
import { camelCased, createJsonScanner, type JsonScanner } from './scanJson.ts';
import type { Segment } from './segment.ts';

export interface FileToIngest {
  readonly path: string;
  /** What it is called in sentences. */
  readonly name: string;
}

/** What one file gave. A refused file gives no rows. */
export interface FileRows {
  readonly segments: readonly Segment[];
  readonly rows: number;
  readonly badCount: number;
  readonly bad: readonly BadRow[];
  readonly refused?: string;
}

/** Rows so far in this file, and bytes read of it. Thrown errors end the work. */
export type OnFileProgress = (rows: number, bytes: number) => void;

/** Reads files one after the other into segments that share dictionaries. */
export interface FileIngester {
  readonly dictionaries: Dictionaries;
  ingest(file: FileToIngest, onProgress: OnFileProgress): Promise<FileRows>;
}

/** Rows are read a few bytes at a time, so that up to so many behind the last one are touched. */
const readBeyond = 32;
/** From so many bytes on the format is certain. */
const sniffed = 64 * 1024;

export function createFileIngester(): FileIngester {
  const builder = createRowBuilder();
  const spans = createSpanReader(builder);
  const scanner = createJsonScanner();
  const work = Buffer.allocUnsafeSlow(longestRow + chunkSize + 16);

  return {
    dictionaries: builder.dictionaries,
    async ingest({ path, name }, onProgress) {
      const bad: BadRow[] = [];
      let badCount = 0;
      const sink: RowSink = {
        spans,
        bad(line, defect) {
          badCount++;
          if (bad.length < rememberedBadRows) bad.push({ file: name, line, defect });
          if (badCount >= mostBadRows && badCount > builder.rows)
            throw mostlyBad(name, defects[bad[0]?.defect ?? defect]);
        },
        fields: (field, line) => readText(readLogRow(field), line),
        value(value, line) {
          if (!isObject(value)) sink.bad(line, 'not-an-object');
          else
            readText(
              readLogRow((field) => fieldOf(value, field)),
              line,
            );
        },
      };
      function readText(row: ReturnType<typeof readLogRow>, line: number): void {
        const defect: Defect | undefined = typeof row === 'string' ? row : builder.pushText(row);
        if (defect !== undefined) sink.bad(line, defect);
      }

      let reader: RowReader | undefined;
      let filled = 0;
      let bytesRead = 0;
      function consume(final: boolean): void {
        let start = 0;
        if (!reader) {
          if (!final && filled < sniffed) return;
          const found = recognise(work, filled, name, sink, scanner);
          if (!found) return;
          reader = found.reader;
          start = found.start;
        }
        work[filled] = 0x0a;
        const rest = reader.read(work, start, filled, final);
        work.copyWithin(0, rest, filled);
        filled -= rest;
        if (filled > longestRow) throw rowTooLong(name, reader.line);
        if (final && !reader.complete) throw endsInRow(name, reader.line);
      }
      /** Reads the rows that lie whole in a part where they are; what is left of it, and what it continues, are put together in `work`. */
      function take(part: Buffer): void {
        let rest = part;
        const after = reader && filled > 0 ? part.indexOf(0x0a) + 1 : 0;
        if (after > 0) {
          add(part.subarray(0, after));
          rest = part.subarray(after);
        }
        if (reader && filled === 0 && rest.length > readBeyond) {
          const end = rest.lastIndexOf(0x0a, rest.length - readBeyond) + 1;
          rest = rest.subarray(reader.read(rest, 0, end, false));
        }
        add(rest);
      }
      function add(part: Buffer): void {
        work.set(part, filled);
        filled += part.length;
        consume(false);
      }

      try {
        for await (const { bytes, read } of readLog(path, name)) {
          for (let from = 0; from < bytes.length; from += chunkSize) take(bytes.subarray(from, from + chunkSize));
          bytesRead = read;
          onProgress(builder.rows, bytesRead);
        }
        consume(true);
        onProgress(builder.rows, bytesRead);
        const { rows } = builder;
        return { segments: builder.takeSegments(), rows, badCount, bad };
      } catch (reason) {
        builder.takeSegments();
        if (reason instanceof Refused) return { segments: [], rows: 0, badCount: 0, bad: [], refused: reason.message };
        throw reason;
      }
    },
  };
}

/** A field of a record as text: by the REST API's name, else by the one the CLI and the SDKs use. */
function fieldOf(record: JsonObject, name: LogField): string | undefined {
  return textOf(record, name) ?? textOf(record, camelCased(name));
}

const page = /^\s*\{(?:\s*"[a-z_]+"\s*:\s*(?:"[^"\\]*"|null|\d+)\s*,)*\s*"messages"\s*:\s*\[/;

/** The reader for what the first bytes look like, and where it begins. Nothing for an empty file. */
function recognise(
  bytes: Buffer,
  end: number,
  name: string,
  sink: RowSink,
  scanner: JsonScanner,
): { readonly reader: RowReader; readonly start: number } | undefined {
  const mark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  const head = bytes.toString('latin1', mark, Math.min(end, mark + sniffed));
  const text = head.trimStart();
  if (text === '') return undefined;
  if (text.startsWith('[')) return { reader: createJsonValues(sink, 'list', 1), start: mark };
  if (text.startsWith('{')) {
    const before = page.exec(head)?.[0];
    if (before !== undefined)
      return { reader: createJsonValues(sink, 'page', before.split('\n').length), start: mark + before.length };
    const alone = /^\{\s*\n/.test(text);
    return { reader: alone ? createJsonValues(sink, 'nothing', 1) : createJsonLines(sink, scanner), start: mark };
  }
  const header = head.split('\n', 1)[0] ?? '';
  const layout = csvLayout(header);
  if (!layout) throw notALog(name, columnsIn(header));
  return { reader: createCsv(sink, layout), start: Math.min(mark + header.length + 1, end) };
}
