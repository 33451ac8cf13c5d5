import { open, readFile } from 'node:fs/promises';
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
    const buffer = await readWhole(path.join(folder, file), bytes).catch(() => {
      throw new UserError('not-found', `The index of imported logs lacks its file ${file}. ${again}`);
    });
    if (!buffer) throw new UserError('bad-input', `The index of imported logs is not whole. ${again}`);
    return buffer;
  };
  const column = (name: ColumnName): Promise<ArrayBuffer> => read(columnFile(name), rows * widths[name]);
  const [time, price, block, error, account, country, status, currency, direction, segments, blocks] =
    await Promise.all([
      column('time'),
      column('price'),
      column('block'),
      column('error'),
      column('account'),
      column('country'),
      column('status'),
      column('currency'),
      column('direction'),
      column('segments'),
      read(blocksFile, values.blocks * 8),
    ]);
  const columns: LogColumns = {
    rows,
    time: new Uint32Array(time),
    price: new Uint32Array(price),
    block: new Uint32Array(block),
    error: new Uint16Array(error),
    account: new Uint16Array(account),
    country: new Uint8Array(country),
    status: new Uint8Array(status),
    currency: new Uint8Array(currency),
    direction: new Uint8Array(direction),
    segments: new Uint8Array(segments),
    blocks: new Float64Array(blocks),
    errors: values.errors,
    accounts: values.accounts,
    statuses: values.statuses,
    currencies: values.currencies,
    directions: values.directions,
    countries: values.countries.map((country): CountryOrBucket => (isCountryOrBucket(country) ? country : 'unknown')),
  };
  return { columns, summary };
}

/** A file's contents in memory of their own, where numbers lie at their own multiples; `undefined` when it is not `size` bytes long. */
async function readWhole(file: string, size: number): Promise<ArrayBuffer | undefined> {
  const handle = await open(file);
  try {
    if ((await handle.stat()).size !== size) return undefined;
    const bytes = new Uint8Array(size);
    for (let filled = 0; filled < size; ) {
      const { bytesRead } = await handle.read(bytes, filled, size - filled, filled);
      if (bytesRead === 0) return undefined;
      filled += bytesRead;
    }
    return bytes.buffer;
  } finally {
    await handle.close();
  }
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
