import path from 'node:path';
import { UserError } from '../../../core/errors.ts';
import { type CountryOrBucket, isCountryOrBucket } from '../../../core/traffic/country.ts';
import type { GridLists, RowRange } from '../../../core/traffic/hourGrid.ts';
import type { LogColumns } from '../../../core/traffic/logColumns.ts';
import { type ByteRange, readRanges } from './columnBytes.ts';
import { blocksFile, type ColumnName, columnFile, type IndexHeader } from './indexFiles.ts';
import { widths } from './segment.ts';

export const again = 'Import the logs again.';

/** Reads some rows of an index, in order and one after the other. Throws `UserError` when a file is missing or not as long as the header says. */
export async function readColumns(
  folder: string,
  header: IndexHeader,
  ranges: readonly RowRange[],
): Promise<LogColumns> {
  const { rows, values } = header;
  const read = async (file: string, size: number, parts: readonly ByteRange[]): Promise<ArrayBuffer> => {
    const buffer = await readRanges(path.join(folder, file), size, parts).catch(() => {
      throw new UserError('not-found', `The index of imported logs lacks its file ${file}. ${again}`);
    });
    if (!buffer) throw new UserError('bad-input', `The index of imported logs is not whole. ${again}`);
    return buffer;
  };
  const column = (name: ColumnName): Promise<ArrayBuffer> => {
    const width = widths[name];
    const parts = ranges.map(({ first, end }) => ({ from: first * width, to: end * width }));
    return read(columnFile(name), rows * width, parts);
  };
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
      read(blocksFile, values.blocks * 8, [{ from: 0, to: values.blocks * 8 }]),
    ]);
  return {
    rows: ranges.reduce((sum, { first, end }) => sum + end - first, 0),
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
    directions: values.directions,
    ...listsOf(header),
  };
}

/** What the codes of an index stand for. */
export function listsOf({ values: { accounts, statuses, currencies, countries } }: IndexHeader): GridLists {
  return {
    accounts,
    statuses,
    currencies,
    countries: countries.map((country): CountryOrBucket => (isCountryOrBucket(country) ? country : 'unknown')),
  };
}
