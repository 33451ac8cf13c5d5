import { instantOf, type JsonObject, numberOf, objectOf, objectsOf, textOf } from '../model/json.ts';
import { type AccountSid, accountSid } from '../model/sid.ts';
import type { JournalEntry } from '../ports.ts';
import type { LogKind } from '../traffic/logKind.ts';
import { untrusted } from '../untrusted.ts';
import type { DeletedFile } from './heldCaptures.ts';
import type { ChainRecord } from './record.ts';

/** A file of logs that a person imported into an incident: what was taken in of it, and what was not. */
export interface ImportedLog {
  /** The file's own name: hostile text. */
  readonly file: string;
  /** Of the file as it was, and how long it was. Absent when it could not be read. */
  readonly sha256?: string;
  readonly bytes?: number;
  /** Absent when the file was refused before that was known. */
  readonly log?: LogKind;
  /** Rows taken into captures, and rows that were not understood. */
  readonly rows: number;
  readonly bad: number;
  /** Instants of the first and last row taken in, epoch milliseconds. */
  readonly first?: number;
  readonly last?: number;
  /** Whose rows were taken in; those that name no account are under whose they were taken for. Absent in older records. */
  readonly accounts?: readonly AccountRows[];
  /** How many of these rows name no account. */
  readonly unnamed?: number;
  /** Whose rows were not taken in, since the incident is not about these accounts and nobody wanted them in it. */
  readonly leftOut?: readonly AccountRows[];
  /** Where the rows that were not understood are, the first ones of them. */
  readonly rejected?: RejectedRows;
  /** What the columns of a CSV file were taken for. */
  readonly columns?: readonly TakenColumn[];
  /** Columns of a CSV file whose names mean nothing here: hostile text. Their cells were not taken in. */
  readonly unknownColumns?: readonly string[];
  /** Why nothing of it was taken in, as a sentence with hostile text in it. */
  readonly refused?: string;
}

/** How many rows of a file are an account's. */
export interface AccountRows {
  readonly sid: AccountSid;
  readonly rows: number;
}

/** A column of a CSV file and the REST API's name of the field it was taken for; without one its cells were not taken in. */
export interface TakenColumn {
  /** As it stands in the first line: hostile text. */
  readonly name: string;
  readonly as?: string;
  /** Not its name but what stands in it says so. */
  readonly byValue?: true;
}

/** A file in `evidence/` beside the captures: `file`, `line`, `reason` and `row` of each row that was not understood, as JSON Lines. */
export interface RejectedRows extends DeletedFile {
  readonly rows: number;
}

const rejectedName = /^evidence\/rejected-\d{4,9}\.jsonl$/;

/** Whether this is what a file of rejected rows is called below an incident's folder. */
export function isRejectedFile(file: string): boolean {
  return rejectedName.test(file);
}

/**
 * What the journal says of it; names and sentences become harmless to read. `imported` is the file that is not the incident's own; `file` and
 * `sha256` seal the rejected rows, as they do a capture.
 */
export function importEntry(log: ImportedLog): JournalEntry {
  const { first, last, rejected, accounts, leftOut, columns, unknownColumns, refused, ...others } = log;
  const { file, sha256, bytes, ...rest } = others;
  const own = { ...(sha256 !== undefined && { sha256 }), ...(bytes !== undefined && { bytes }) };
  return {
    type: 'import',
    ...rest,
    imported: { name: untrusted(file).for('label'), ...own },
    ...(first !== undefined && { first: new Date(first).toISOString() }),
    ...(last !== undefined && { last: new Date(last).toISOString() }),
    ...(accounts && { accounts: accounts.map((one) => ({ ...one })) }),
    ...(leftOut && { leftOut: leftOut.map((one) => ({ ...one })) }),
    ...(rejected && { file: rejected.file, sha256: rejected.sha256, kept: rejected.rows }),
    ...(columns && { columns: columns.map((one) => ({ ...one, name: untrusted(one.name).for('label') })) }),
    ...(unknownColumns && { unknownColumns: unknownColumns.map((name) => untrusted(name).for('label')) }),
    ...(refused !== undefined && { refused: untrusted(refused).for('label') }),
  };
}

/** Reads a journal record back; `undefined` for another record. What it lacks is left out. */
export function importOf(record: JsonObject): ImportedLog | undefined {
  if (textOf(record, 'type') !== 'import') return undefined;
  const imported = objectOf(record, 'imported') ?? {};
  const columns = record['unknownColumns'];
  const taken = objectsOf(record, 'columns').map(columnFrom);
  const names = Array.isArray(columns) ? columns.filter((name: unknown) => typeof name === 'string') : [];
  const known = {
    sha256: textOf(imported, 'sha256'),
    bytes: numberOf(imported, 'bytes'),
    log: logs.find((one) => one === textOf(record, 'log')),
    first: instantOf(record, 'first'),
    last: instantOf(record, 'last'),
    accounts: accountRows(record, 'accounts'),
    unnamed: numberOf(record, 'unnamed'),
    leftOut: accountRows(record, 'leftOut'),
    rejected: rejectedOf(record),
    refused: textOf(record, 'refused'),
  };
  return {
    file: textOf(imported, 'name') ?? '',
    rows: numberOf(record, 'rows') ?? 0,
    bad: numberOf(record, 'bad') ?? 0,
    ...Object.fromEntries(Object.entries(known).filter(([, value]) => value !== undefined)),
    ...(taken.length > 0 && { columns: taken }),
    ...(names.length > 0 && { unknownColumns: names }),
  };
}

/** The files of rejected rows that imports left, without those that were deleted on purpose. */
export function rejectedFiles(records: readonly ChainRecord[]): readonly RejectedRows[] {
  const gone = new Set(
    records
      .filter(({ type }) => type === 'evidence-deleted')
      .flatMap((record) => objectsOf(record, 'files').map((one) => textOf(one, 'file'))),
  );
  return records.flatMap((record) => importOf(record)?.rejected ?? []).filter(({ file }) => !gone.has(file));
}

function accountRows(record: JsonObject, key: string): readonly AccountRows[] | undefined {
  const found = objectsOf(record, key).flatMap((one) => {
    const sid = accountSid(textOf(one, 'sid'));
    return sid === undefined ? [] : [{ sid, rows: numberOf(one, 'rows') ?? 0 }];
  });
  return found.length > 0 ? found : undefined;
}

const logs: readonly LogKind[] = ['messages', 'calls', 'attempts'];

function columnFrom(one: JsonObject): TakenColumn {
  const as = textOf(one, 'as');
  return {
    name: textOf(one, 'name') ?? '',
    ...(as !== undefined && { as }),
    ...(one['byValue'] === true && { byValue: true }),
  };
}

function rejectedOf(record: JsonObject): RejectedRows | undefined {
  const [file, sha256] = [textOf(record, 'file'), textOf(record, 'sha256')];
  if (file === undefined || !isRejectedFile(file) || sha256 === undefined) return undefined;
  return { file, sha256, rows: numberOf(record, 'kept') ?? 0 };
}
