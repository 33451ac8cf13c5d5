import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { UserError } from '../../../core/errors.ts';
import { span } from '../../../core/model/age.ts';
import { isObject } from '../../../core/model/json.ts';
import { type GridLists, type HourGrid, rowsWithin } from '../../../core/traffic/hourGrid.ts';
import type { LogColumns } from '../../../core/traffic/logColumns.ts';
import type { ImportSummary } from '../../../core/traffic/logImport.ts';
import { windowEndingAt } from '../../../core/traffic/window.ts';
import { readGrid } from './gridFile.ts';
import { headerFile, type IndexHeader, indexFormat } from './indexFiles.ts';
import { again, listsOf, readColumns } from './readColumns.ts';

/** An import that is on the disk. */
export interface TrafficIndex {
  readonly columns: LogColumns;
  readonly summary: ImportSummary;
  /** What all rows add up to, where `columns` lacks those outside the window of a report. */
  readonly grid?: HourGrid;
}

/** What an index says without its rows. */
export interface IndexHours {
  readonly summary: ImportSummary;
  readonly lists: GridLists;
  /** Absent where rows are to be counted: there are few, or they are spread over very many hours and countries. */
  readonly grid: HourGrid | undefined;
}

/** Reads what `ingestLogs` wrote. Throws `UserError` when the folder holds no whole index of this version. */
export async function openIndex(folder: string): Promise<TrafficIndex> {
  const header = await readHeader(folder);
  const columns = await readColumns(folder, header, [{ first: 0, end: header.rows }]);
  return { columns, summary: header.summary };
}

/**
 * Reads what the report of the seven days up to the newest message needs: of millions of rows only those that may lie in these days, and the counts by hour
 * for all. Messages dated after `now` (epoch ms, a day of grace for clocks) move no window, so with any of these all rows are read. `known`: what
 * `openHours` gave of the same index. Throws as `openIndex`.
 */
export async function openNewest(folder: string, now: number, known?: Pick<IndexHours, 'grid'>): Promise<TrafficIndex> {
  const header = await readHeader(folder);
  const { grid } = known ?? { grid: await readHours(folder, header) };
  if (!grid || grid.newest > (now + span.day) / 1000) return openIndex(folder);
  const { from } = windowEndingAt(grid.newest * 1000);
  const columns = await readColumns(folder, header, rowsWithin(grid, { from: from / 1000, to: grid.newest }));
  return { columns, grid, summary: header.summary };
}

/**
 * Reads the counts by hour alone, which `gridHours` answers from: milliseconds whatever the number of rows. Throws `UserError` when the folder holds no whole
 * index of this version.
 */
export async function openHours(folder: string): Promise<IndexHours> {
  const header = await readHeader(folder);
  return { summary: header.summary, lists: listsOf(header), grid: await readHours(folder, header) };
}

async function readHours(folder: string, { grid }: IndexHeader): Promise<HourGrid | undefined> {
  const hours = grid && (await readGrid(folder, grid).catch(() => undefined));
  if (grid && !hours) throw new UserError('bad-input', `The index of imported logs lacks its counts by hour. ${again}`);
  return hours;
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
