import { fieldOfColumn } from '../../../core/evidence/importedRow.ts';
import { columnsByValue, kindOfCells } from '../../../core/traffic/columnValues.ts';
import {
  columnName,
  kindOfColumns,
  kindOfJson,
  type LogKind,
  pageStart,
  type Recognised,
} from '../../../core/traffic/logKind.ts';
import { readLog } from './openLog.ts';
import { cellsOf, restName } from './otherFields.ts';
import { Refused } from './refused.ts';

/** From so many bytes on the format is certain. */
const sniffed = 64 * 1024;
/** Rows that are looked at to tell what a column holds. */
const sampled = 50;

/** How a file is built. */
export type Format =
  /** Rows after a first line that names the columns; `byValue`: the places of those that were taken for what stands in them. */
  | {
      readonly kind: 'csv';
      readonly delimiter: number;
      readonly columns: readonly string[];
      readonly byValue?: readonly number[];
    }
  /** One object a line. */
  | { readonly kind: 'lines' }
  /** Objects of a list, of a page's list from byte `start` on, or one after the other over several lines. */
  | {
      readonly kind: 'values';
      readonly around: 'list' | 'page' | 'nothing';
      readonly start: number;
      readonly line: number;
    };

export interface RecognisedLog {
  readonly log: LogKind;
  readonly format: Format;
}

/**
 * What a file holds, by its first bytes. What says nothing of itself counts as messages, whose reader tells what is wrong with
 * it. Throws `Refused` for something of Twilio's that is no log, and for a file that cannot be read.
 */
export async function recogniseLog(path: string, name: string): Promise<RecognisedLog> {
  const head = await headOf(path, name);
  const format = formatOf(head);
  if (format.kind === 'csv') return recogniseColumns(format, head, name);
  const found = kindOfJson(head);
  if (found && 'looksLike' in found) throw noLog(name, found);
  return { log: found?.log ?? 'messages', format };
}

/** By the names of the columns, and where these say too little by what stands in them. */
function recogniseColumns(
  format: Extract<Format, { readonly kind: 'csv' }>,
  head: string,
  name: string,
): RecognisedLog {
  const rows = firstRows(head, String.fromCharCode(format.delimiter), format.columns.length);
  const found = kindOfColumns(format.columns);
  if (found && 'looksLike' in found) throw noLog(name, found);
  const log = found?.log ?? kindOfCells(rows) ?? 'messages';
  if (log === 'messages') return { log, format };
  const named = format.columns.map((column) => fieldOfColumn(log, restName(column)));
  const taken = columnsByValue(log, named, rows);
  if (taken.size === 0) return { log, format };
  const columns = format.columns.map((column, place) => taken.get(place) ?? column);
  return { log, format: { ...format, columns, byValue: [...taken.keys()] } };
}

/** The cells of the first rows that have as many as the first line. */
function firstRows(head: string, delimiter: string, width: number): readonly (readonly string[])[] {
  const whole = head.split('\n').slice(1, head.length < sniffed ? undefined : -1);
  return whole
    .slice(0, sampled)
    .map((line) => cellsOf(line.trimEnd(), delimiter) ?? [])
    .filter(({ length }) => length === width);
}

/** The first bytes, each as one character. */
async function headOf(path: string, name: string): Promise<string> {
  let head = '';
  for await (const { bytes } of readLog(path, name)) {
    head += bytes.toString('latin1', 0, sniffed - head.length);
    if (head.length >= sniffed) break;
  }
  return head;
}

function formatOf(head: string): Format {
  const mark = head.startsWith('\u00ef\u00bb\u00bf') ? 3 : 0;
  const text = head.slice(mark).trimStart();
  if (text.startsWith('[')) return { kind: 'values', around: 'list', start: mark, line: 1 };
  if (text.startsWith('{')) {
    const before = pageStart.exec(head.slice(mark))?.[0];
    if (before !== undefined)
      return { kind: 'values', around: 'page', start: mark + before.length, line: before.split('\n').length };
    return /^\{\s*\n/.test(text) ? { kind: 'values', around: 'nothing', start: mark, line: 1 } : { kind: 'lines' };
  }
  const header = (head.slice(mark).split('\n', 1)[0] ?? '').trimEnd();
  const delimiter = [',', ';', '\t'].find((one) => header.split(one).length > 2) ?? ',';
  return { kind: 'csv', delimiter: delimiter.charCodeAt(0), columns: header.split(delimiter).map(columnName) };
}

function noLog(name: string, { looksLike }: Extract<Recognised, { readonly looksLike: string }>): Refused {
  return new Refused(
    `${name} looks like a list of ${looksLike}. Logs of messages, calls and Verify attempts can be imported. Nothing of it was imported.`,
  );
}
