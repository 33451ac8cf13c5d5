import { open } from 'node:fs/promises';
import path from 'node:path';
import { createHourGrid } from '../../../core/traffic/countGrid.ts';
import { type HourGrid, runNumbers, seriesCodes, seriesIn } from '../../../core/traffic/hourGrid.ts';
import { readWhole, writeAll } from './columnBytes.ts';
import { rowsOf } from './merge.ts';
import { countryCodes, type Dictionaries } from './rowBuilder.ts';
import { type SegmentMessage, segmentOf } from './segment.ts';
import type { Superseded } from './supersede.ts';

export const gridFile = 'hours.grid';

/** What a header says of the grid beside it: how much there is of it, and what is not in the file. */
export interface GridHeader extends Pick<HourGrid, 'oldest' | 'newest'> {
  readonly hours: number;
  readonly series: number;
  readonly runs: number;
}

/** A grid with more cells than this share of the rows is not worth its bytes; a few are always. */
const cellsPerRow = 0.25;
const fewCells = 2 ** 14;

/** Counts the segments' rows by country and hour, and writes that; nothing when there is no grid that is much smaller than the rows. */
export async function writeGrid(
  folder: string,
  messages: readonly SegmentMessage[],
  superseded: Superseded | undefined,
  { accounts, statuses, currencies, directions, errors }: Dictionaries,
): Promise<GridHeader | undefined> {
  const lists = {
    accounts: accounts.values,
    statuses: statuses.values,
    currencies: currencies.values,
    directions: directions.values,
    errors: errors.values,
    countries: countryCodes(),
  };
  const builder = createHourGrid(lists, Math.max(fewCells, cellsPerRow * rowsOf(messages)));
  let first = 0;
  for (const message of messages) {
    const { columns, rows } = segmentOf(message);
    builder.add(columns, rows, superseded?.subarray(first, first + rows));
    first += rows;
  }
  const grid = builder.result();
  if (!grid) return undefined;
  const handle = await open(path.join(folder, gridFile), 'w', 0o600);
  try {
    await writeAll(
      handle,
      partsOf(grid).map(({ buffer, byteOffset, byteLength }) => new Uint8Array(buffer, byteOffset, byteLength)),
    );
  } finally {
    await handle.close();
  }
  const { hours, runs, oldest, newest } = grid;
  return { hours: hours.length, series: seriesIn(grid), runs: runs.length / runNumbers, oldest, newest };
}

/** Reads what `writeGrid` wrote; `undefined` when it is not whole. Rejects when it is not there. */
export async function readGrid(
  folder: string,
  { hours, series, runs, oldest, newest }: GridHeader,
): Promise<HourGrid | undefined> {
  const cells = hours * series;
  const sizes = [
    8 * cells,
    4 * cells,
    4 * cells,
    4 * hours,
    4 * runNumbers * runs,
    2 * cells,
    2 * seriesCodes * series,
  ];
  const bytes = await readWhole(
    path.join(folder, gridFile),
    sizes.reduce((sum, size) => sum + size, 0),
  );
  if (!bytes) return undefined;
  let at = 0;
  const next = (size: number): number => {
    at += size;
    return at - size;
  };
  return {
    oldest,
    newest,
    micros: new Float64Array(bytes, next(8 * cells), cells),
    messages: new Uint32Array(bytes, next(4 * cells), cells),
    segments: new Uint32Array(bytes, next(4 * cells), cells),
    hours: new Uint32Array(bytes, next(4 * hours), hours),
    runs: new Uint32Array(bytes, next(4 * runNumbers * runs), runNumbers * runs),
    firsts: new Uint16Array(bytes, next(2 * cells), cells),
    series: new Uint16Array(bytes, next(2 * seriesCodes * series), seriesCodes * series),
  };
}

/** In the order of the file: widest numbers first, so that each part begins where its numbers may lie. */
function partsOf({ micros, messages, segments, hours, runs, firsts, series }: HourGrid) {
  return [micros, messages, segments, hours, runs, firsts, series];
}
