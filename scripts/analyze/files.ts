import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { readLog } from '../../src/adapters/evidence/ingest/openLog.ts';

/** The logs of a folder and of the folders in it, in order of their names; without `other`, which is no log of messages. */
export async function logFilesIn(folder: string, other: string | undefined): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && /\.(?:json|jsonl|ndjson|csv)(?:\.gz)?$/i.test(entry.name))
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((file) => other === undefined || path.resolve(file) !== path.resolve(other))
    .sort();
}

/** A record of a log: the text of a field, by its name in lower-case letters alone (`datesent`). */
export type Field = (name: string) => string | undefined;

const plain = new Map<string, string>();

/** `date_sent`, `dateSent`, `Date Sent`: `datesent`. */
export function plainName(name: string): string {
  const known = plain.get(name);
  if (known !== undefined) return known;
  const made = name.toLowerCase().replace(/[^a-z]/g, '');
  if (plain.size < 1000) plain.set(name, made);
  return made;
}

/** Every record of a file: CSV, JSON lines, or one JSON document that holds a list. `bad` is told of lines that are none. */
export async function* recordsOf(file: string, bad: (line: number) => void): AsyncGenerator<Record<string, unknown>> {
  const csv = /\.csv(?:\.gz)?$/i.test(file);
  let header: string[] | undefined;
  let line = 0;
  let whole: string[] | undefined;
  for await (const text of linesOf(file, csv)) {
    line++;
    if (text.trim() === '') continue;
    if (csv) {
      const cells = cellsOf(text);
      if (!header) header = cells.map(plainName);
      else if (cells.length === header.length) yield Object.fromEntries(header.map((name, i) => [name, cells[i]]));
      else bad(line);
    } else if (whole) whole.push(text);
    else {
      const value = parsed(text);
      if (isRecord(value)) {
        const list = Object.values(value).find((member) => Array.isArray(member) && isRecord(member[0]));
        if (line === 1 && Array.isArray(list) && !('sid' in value)) yield* list.filter(isRecord);
        else yield value;
      } else if (Array.isArray(value)) yield* value.filter(isRecord);
      else if (line === 1) whole = [text];
      else bad(line);
    }
  }
  if (!whole) return;
  const value = parsed(whole.join('\n'));
  const list = Array.isArray(value) ? value : isRecord(value) ? Object.values(value).find(Array.isArray) : undefined;
  if (Array.isArray(list)) yield* list.filter(isRecord);
  else bad(1);
}

/** Rows of text; of CSV a quoted line feed does not end a row. */
async function* linesOf(file: string, csv: boolean): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const { bytes } of readLog(file, path.basename(file))) {
    const parts = (rest + decoder.decode(bytes, { stream: true })).split('\n');
    rest = parts.pop() ?? '';
    let open = '';
    for (const part of parts) {
      const row = open + part;
      if (csv && (row.split('"').length - 1) % 2 === 1) open = `${row}\n`;
      else {
        open = '';
        yield row.endsWith('\r') ? row.slice(0, -1) : row;
      }
    }
    rest = open + rest;
  }
  if (rest !== '') yield rest;
}

function cellsOf(row: string): string[] {
  if (!row.includes('"')) return row.split(',');
  return [...row.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
    ([, quoted, bare]) => quoted?.replaceAll('""', '"') ?? bare ?? '',
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The fields of a record as texts, whatever the style of their names. */
export function fieldsOf(record: Record<string, unknown>): Field {
  const texts = new Map<string, string>();
  for (const [name, value] of Object.entries(record))
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
      texts.set(plainName(name), String(value));
  return (name) => texts.get(name);
}
