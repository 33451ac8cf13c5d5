import { columnName } from '../../../core/traffic/logKind.ts';
import { type LogField, logFields } from '../../../core/traffic/logRow.ts';
import type { RowReader, RowSink } from './rows.ts';
import { createSpans, kinds, type Spans } from './spans.ts';
import { isPlainAscii, skipToDelimiter, skipToQuoteOrLine } from './text.ts';

/** What the first line says. */
export interface CsvLayout {
  readonly delimiter: number;
  /** The field each column holds, -1 for one that is not read. */
  readonly columns: readonly number[];
}

/**
 * Names of columns, without case, blanks and punctuation. The Console's message log has From, To, Body, Status, SentDate, ApiVersion,
 * NumSegments, ErrorCode, AccountSid, Sid, Direction, Price, PriceUnit; scripts that use the API name them after it.
 */
const names: Readonly<Record<string, LogField>> = {
  sid: 'sid',
  messagesid: 'sid',
  smssid: 'sid',
  smsmessagesid: 'sid',
  accountsid: 'account_sid',
  to: 'to',
  direction: 'direction',
  status: 'status',
  messagestatus: 'status',
  errorcode: 'error_code',
  price: 'price',
  priceunit: 'price_unit',
  currency: 'price_unit',
  numsegments: 'num_segments',
  segments: 'num_segments',
  messagesegments: 'num_segments',
  sentdate: 'date_sent',
  datesent: 'date_sent',
  createddate: 'date_created',
  datecreated: 'date_created',
  updateddate: 'date_updated',
  dateupdated: 'date_updated',
};
const needed: readonly LogField[] = ['sid', 'to', 'direction'];

/** What the columns of a first line are called, as far as letters go. */
export function columnsIn(header: string): readonly string[] {
  return header.split(delimiterOf(header)).flatMap(
    (name) =>
      name
        .replace(/[^\w .()-]/g, '')
        .trim()
        .slice(0, 40) || [],
  );
}

function delimiterOf(header: string): string {
  return [',', ';', '\t'].find((one) => header.split(one).length > 2) ?? ',';
}

/** Reads the first line; `undefined` when it does not name the columns of a message log. */
export function csvLayout(header: string): CsvLayout | undefined {
  const delimiter = delimiterOf(header);
  const found = header.split(delimiter).map((name) => {
    const plain = columnName(name);
    return Object.hasOwn(names, plain) ? names[plain] : undefined;
  });
  if (!needed.every((name) => found.includes(name))) return undefined;
  const columns = found.map((name, index) =>
    name === undefined || found.indexOf(name) < index ? -1 : logFields.indexOf(name),
  );
  return { delimiter: delimiter.charCodeAt(0), columns };
}

/** Comma-separated rows as RFC 4180 has them: quoted fields may hold delimiters, line feeds and doubled quotes. */
export function createCsv(sink: RowSink, { delimiter, columns }: CsvLayout): RowReader {
  const spans = createSpans();
  // The first line is the header.
  let line = 2;
  let lines = 0;
  let width = 0;
  let complete = true;

  /** The position after the row, which ends with a line feed; -1 when it is not whole. */
  function scan(bytes: Buffer, view: DataView, start: number, end: number): number {
    for (let field = 0; field < spans.kind.length; field++) spans.kind[field] = kinds.none;
    lines = 1;
    let i = start;
    for (let column = 0; ; column++) {
      const field = columns[column] ?? -1;
      let from = i;
      let kind: number = kinds.text;
      let to: number;
      if (bytes[i] === 0x22) {
        from = ++i;
        for (;;) {
          i = skipToQuoteOrLine(view, i, end);
          if (i >= end) return -1;
          if (bytes[i] === 0x0a) {
            lines++;
            i++;
            continue;
          }
          if (bytes[i + 1] !== 0x22) break;
          kind = kinds.doubled;
          i += 2;
        }
        to = i++;
        while (bytes[i] === 0x0d) i++;
      } else {
        i = skipToDelimiter(view, i, delimiter);
        if (i >= end) return -1;
        to = bytes[i - 1] === 0x0d && bytes[i] === 0x0a && i > from ? i - 1 : i;
      }
      if (field >= 0 && to > from) note(spans, field, from, to, isPlainAscii(view, from, to) ? kind : kinds.doubled);
      if (i >= end) return -1;
      width = column + 1;
      if (bytes[i] === 0x0a) return i + 1;
      // A quote that closes before the field ends: the row is not what RFC 4180 allows.
      if (bytes[i] !== delimiter) {
        width = -1;
        const after = bytes.indexOf(0x0a, i);
        return after < 0 || after >= end ? -1 : after + 1;
      }
      i++;
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
      const stop = final && end > start && bytes[end - 1] !== 0x0a ? end + 1 : end;
      complete = true;
      const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      let row = start;
      while (row < stop) {
        const next = scan(bytes, view, row, stop);
        if (next < 0) {
          complete = false;
          return row;
        }
        const blank = width === 1 && next - row <= 2;
        if (!blank && width !== columns.length) sink.bad(line, 'columns-differ');
        else if (!blank && !sink.spans(bytes, spans)) sink.fields((name) => textOf(bytes, spans, name), line);
        line += lines;
        row = next;
      }
      return Math.min(row, end);
    },
  };
}

function note(spans: Spans, field: number, from: number, to: number, kind: number): void {
  spans.start[field] = from;
  spans.end[field] = to;
  spans.kind[field] = kind;
}

function textOf(bytes: Buffer, spans: Spans, name: LogField): string | undefined {
  const field = logFields.indexOf(name);
  const kind = spans.kind[field];
  if (kind === kinds.none) return undefined;
  const text = bytes.toString('utf8', spans.start[field], spans.end[field]);
  return kind === kinds.doubled ? text.replaceAll('""', '"') : text;
}
