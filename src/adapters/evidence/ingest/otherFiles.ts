import { open, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { UserError } from '../../../core/errors.ts';
import { isObject } from '../../../core/model/json.ts';
import type { OtherLogs } from '../../../core/traffic/logImport.ts';
import { bytesPerOtherRow, columnsIn, type OtherColumns, otherColumns } from './otherColumns.ts';
import type { OtherTable, OtherValues } from './otherTable.ts';

/** The logs beside messages. Each is one file: its columns one after the other in the order of `otherColumns`. */
export const otherLogs = ['calls', 'attempts'] as const;
export type OtherLog = (typeof otherLogs)[number];

/** Written as `others.json` when the columns are on the disk. */
export interface OtherHeader {
  readonly format: typeof otherFormat;
  readonly tables: { readonly [Log in OtherLog]?: { readonly rows: number; readonly values: OtherValues } };
  readonly summary: OtherLogs;
}

const otherFormat = 'twilio-incident-other-logs/2';
const headerFile = 'others.json';
const columnFile = (log: OtherLog): string => `${log}.columns`;
const again = 'Import the logs again.';

/** Writes what was read of the logs beside messages; nothing when there is none of it. */
export async function writeOthers(
  folder: string,
  tables: ReadonlyMap<OtherLog, OtherTable>,
  summary: OtherLogs,
): Promise<void> {
  const described: Record<string, { readonly rows: number; readonly values: OtherValues }> = {};
  for (const [log, table] of tables) {
    const columns = table.columns();
    await writeWhole(
      path.join(folder, columnFile(log)),
      otherColumns.map((name) => bytesOf(columns[name])),
    );
    described[log] = { rows: table.rows, values: table.values };
  }
  const header: OtherHeader = { format: otherFormat, tables: described, summary };
  await writeWhole(path.join(folder, headerFile), [Buffer.from(JSON.stringify(header))]);
}

function bytesOf({ buffer, byteOffset, byteLength }: OtherColumns[keyof OtherColumns]): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

async function writeWhole(file: string, parts: readonly Uint8Array[]): Promise<void> {
  const handle = await open(`${file}.tmp`, 'w', 0o600);
  try {
    for (const part of parts) for (let at = 0; at < part.length; ) at += (await handle.write(part, at)).bytesWritten;
  } finally {
    await handle.close();
  }
  await rename(`${file}.tmp`, file);
}

/** What an import holds beside messages; `undefined` when it holds nothing else. Throws `UserError` when it is damaged. */
export async function readOtherHeader(folder: string): Promise<OtherHeader | undefined> {
  const text = await readFile(path.join(folder, headerFile), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    const header: unknown = JSON.parse(text);
    if (isHeader(header)) return header;
  } catch {
    // Told below.
  }
  throw new UserError('bad-input', `The imported calls and Verify attempts are damaged or another version’s. ${again}`);
}

/** The extension wrote it: the format's name says that the rest is as the type tells. */
function isHeader(value: unknown): value is OtherHeader {
  return isObject(value) && value['format'] === otherFormat && isObject(value['tables']) && isObject(value['summary']);
}

/** The columns of one log, and what their codes stand for; `undefined` when the import holds none of it. */
export async function readOther(
  folder: string,
  log: OtherLog,
): Promise<{ readonly rows: number; readonly values: OtherValues; readonly columns: OtherColumns } | undefined> {
  const table = (await readOtherHeader(folder))?.tables[log];
  if (!table) return undefined;
  const bytes = await readFile(path.join(folder, columnFile(log))).catch(() => Buffer.alloc(0));
  if (bytes.length !== table.rows * bytesPerOtherRow)
    throw new UserError('bad-input', `The imported logs are not whole: ${columnFile(log)}. ${again}`);
  // A copy begins where its numbers may lie.
  return { ...table, columns: columnsIn(Uint8Array.from(bytes).buffer, table.rows) };
}

/** Removes what lies beside the index of messages. */
export async function removeOthers(folder: string): Promise<void> {
  for (const file of [headerFile, ...otherLogs.map(columnFile)])
    for (const name of [file, `${file}.tmp`]) await rm(path.join(folder, name), { force: true });
}
