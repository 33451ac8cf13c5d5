import type { RowReader, RowSink } from './rows.ts';
import type { JsonScanner } from './scanJson.ts';
import { createSpans } from './spans.ts';

/** One JSON object a line, as BulkExport writes them. One scanner serves file after file: code that was compiled for it stays in use. */
export function createJsonLines(sink: RowSink, { scan, forget }: JsonScanner): RowReader {
  const spans = createSpans();
  forget();
  let line = 1;

  function readWithParser(bytes: Buffer, start: number, end: number): void {
    const text = bytes.toString('utf8', start, end);
    if (text.trim() === '') return;
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      sink.bad(line, 'not-json');
      return;
    }
    sink.value(value, line);
  }

  return {
    get line() {
      return line;
    },
    complete: true,
    read(bytes, start, end, final) {
      if (end === start) return end;
      // The byte after the last line is a line feed when there is no more to come.
      const stop = final && bytes[end - 1] !== 0x0a ? end + 1 : bytes.lastIndexOf(0x0a, end - 1) + 1;
      const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      let row = start;
      while (row < stop) {
        if (bytes[row] === 0x0a) {
          row++;
          line++;
          continue;
        }
        const next = scan(bytes, view, row, spans);
        if (next > 0 && sink.spans(bytes, spans)) row = next;
        else {
          const after = next > 0 ? next : bytes.indexOf(0x0a, row) + 1;
          readWithParser(bytes, row, after - 1);
          row = after;
        }
        line++;
      }
      return Math.min(Math.max(row, start), end);
    },
  };
}
