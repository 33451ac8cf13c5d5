import { open, rename, rm, rmdir } from 'node:fs/promises';
import path from 'node:path';
import type { ImportSummary } from '../../../core/traffic/logImport.ts';
import { writeAll } from './columnBytes.ts';
import { type GridHeader, gridFile } from './gridFile.ts';
import type { DictionaryValues } from './merge.ts';
import { columnNames, type SegmentColumns, type SegmentMessage, segmentOf } from './segment.ts';
import type { Superseded } from './supersede.ts';

/** Written as `index.json` when everything else is on the disk: a folder without it is no index. */
export interface IndexHeader {
  readonly format: typeof indexFormat;
  readonly rows: number;
  readonly values: Omit<DictionaryValues, 'blocks'> & {
    readonly blocks: number;
    readonly countries: readonly string[];
  };
  readonly summary: ImportSummary;
  /** Absent when there is none: rows are counted instead. */
  readonly grid?: GridHeader;
}

export const indexFormat = 'twilio-incident-traffic-index/3';
export const headerFile = 'index.json';
export const blocksFile = 'blocks.f64';
/** The columns of an index. What tells messages and their states apart is in memory only: once it has done so, nobody asks for it. */
export type ColumnName = Exclude<keyof SegmentColumns, 'sid' | 'updated'>;
const indexColumns = columnNames.filter((name): name is ColumnName => name !== 'sid' && name !== 'updated');

export function columnFile(name: keyof SegmentColumns): string {
  return `${name}.col`;
}

/** The columns a thread writes: all of them the second one, as the first one counts the grid meanwhile. */
export function columnsOf(share: number, shares: number): readonly ColumnName[] {
  return share === Math.min(1, shares - 1) ? indexColumns : [];
}

/** So many pieces are written with one call. */
const piecesAtOnce = 256;

/** Writes columns of the segments one after the other, without superseded rows. */
export async function writeColumns(
  folder: string,
  messages: readonly SegmentMessage[],
  superseded: Superseded | undefined,
  names: readonly ColumnName[],
): Promise<void> {
  const segments = messages.map(segmentOf);
  for (const name of names) {
    const handle = await open(path.join(folder, columnFile(name)), 'w', 0o600);
    try {
      let first = 0;
      for (let from = 0; from < segments.length; from += piecesAtOnce) {
        const pieces = segments.slice(from, from + piecesAtOnce).map(({ columns, rows }) => {
          const all = columns[name].subarray(0, rows);
          const kept = superseded ? keep(all, superseded.subarray(first, first + rows)) : all;
          first += rows;
          return new Uint8Array(kept.buffer, kept.byteOffset, kept.byteLength);
        });
        await writeAll(handle, pieces);
      }
    } finally {
      await handle.close();
    }
  }
}

type Column = Uint32Array | Uint16Array | Uint8Array;

function keep(column: Column, superseded: Uint8Array): Column {
  if (!superseded.includes(1)) return column;
  const kept = column.slice();
  let to = 0;
  for (const [row, gone] of superseded.entries()) {
    if (gone === 0) kept[to++] = column[row] as number;
  }
  return kept.subarray(0, to);
}

export async function writeHeader(folder: string, header: IndexHeader, blocks: Float64Array): Promise<void> {
  await writeWhole(path.join(folder, blocksFile), new Uint8Array(blocks.buffer, blocks.byteOffset, blocks.byteLength));
  await writeWhole(path.join(folder, headerFile), Buffer.from(JSON.stringify(header)));
}

/** Removes an index of this or a former format, whole or not, and its folder when nothing else is in it. */
export async function removeIndex(folder: string): Promise<void> {
  const names = [headerFile, blocksFile, gridFile, ...columnNames.map(columnFile)];
  for (const name of [...names, `${headerFile}.tmp`, `${blocksFile}.tmp`])
    await rm(path.join(folder, name), { force: true });
  await rmdir(folder).catch(() => undefined);
}

async function writeWhole(file: string, bytes: Uint8Array): Promise<void> {
  const handle = await open(`${file}.tmp`, 'w', 0o600);
  try {
    await writeAll(handle, [bytes]);
  } finally {
    await handle.close();
  }
  await rename(`${file}.tmp`, file);
}
