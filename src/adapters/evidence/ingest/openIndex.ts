import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { UserError } from '../../../core/errors.ts';
import { isObject } from '../../../core/model/json.ts';
import { type CountryOrBucket, isCountryOrBucket } from '../../../core/traffic/country.ts';
import type { LogColumns } from '../../../core/traffic/logColumns.ts';
import type { ImportSummary } from '../../../core/traffic/logImport.ts';
import { blocksFile, type ColumnName, columnFile, headerFile, type IndexHeader, indexFormat } from './indexFiles.ts';
import { widths } from './segment.ts';

/** An import that is on the disk. */
export interface TrafficIndex {
  readonly columns: LogColumns;
  readonly summary: ImportSummary;
}

const again = 'Import the logs again.';

/** Reads what `ingestLogs` wrote. Throws `UserError` when the folder holds no whole index of this version. */
export async function openIndex(folder: string): Promise<TrafficIndex> {
  const { rows, values, summary } = await readHeader(folder);
  const read = async (file: string, bytes: number): Promise<ArrayBuffer> => {
    const { buffer, byteOffset, byteLength } = await readFile(path.join(folder, file)).catch(() => {
      throw new UserError('not-found', `The index of imported logs lacks its file ${file}. ${again}`);
    });
    if (byteLength !== bytes) throw new UserError('bad-input', `The index of imported logs is not whole. ${again}`);
    // Small files come in a part of a shared buffer, and numbers must lie at their own multiples.
    return buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer;
  };
  const column = (name: ColumnName): Promise<ArrayBuffer> => read(columnFile(name), rows * widths[name]);
  const columns: LogColumns = {
    rows,
    time: new Uint32Array(await column('time')),
    price: new Uint32Array(await column('price')),
    block: new Uint32Array(await column('block')),
    error: new Uint16Array(await column('error')),
    account: new Uint16Array(await column('account')),
    country: new Uint8Array(await column('country')),
    status: new Uint8Array(await column('status')),
    currency: new Uint8Array(await column('currency')),
    direction: new Uint8Array(await column('direction')),
    blocks: new Float64Array(await read(blocksFile, values.blocks * 8)),
    errors: values.errors,
    accounts: values.accounts,
    statuses: values.statuses,
    currencies: values.currencies,
    directions: values.directions,
    countries: values.countries.map((country): CountryOrBucket => (isCountryOrBucket(country) ? country : 'unknown')),
  };
  return { columns, summary };
}

/** What an index says of itself, without its rows. */
export async function readHeader(folder: string): Promise<IndexHeader> {
  const text = await readFile(path.join(folder, headerFile), 'utf8').catch(() => undefined);
  if (text === undefined) throw new UserError('not-found', `There are no imported logs here. ${again}`);
  try {
    const header: unknown = JSON.parse(text);
    if (isHeader(header)) return header;
  } catch {
    // Told below.
  }
  throw new UserError('bad-input', `The index of imported logs is damaged or another version’s. ${again}`);
}

/** The extension wrote it: the format's name and the parts that are used at once say that the rest is as the type tells. */
function isHeader(value: unknown): value is IndexHeader {
  if (!isObject(value) || value['format'] !== indexFormat || typeof value['rows'] !== 'number') return false;
  const { values, summary } = value;
  return isObject(values) && Array.isArray(values['countries']) && isObject(summary) && Array.isArray(summary['files']);
}
