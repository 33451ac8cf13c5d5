import type { JsonObject } from '../model/json.ts';
import type { RowTable } from './collect/rowTable.ts';
import type { Bodies } from './privacy.ts';

/** Rows as they will be on the disk. */
export interface PackedRows {
  /** One row a line, as a gzip member of its own; absent when there are no rows. */
  readonly member?: Uint8Array;
  /** What was removed before: reason → how often. */
  readonly removed: Readonly<Record<string, number>>;
}

/** The rows of a page that stayed in the thread which read them, so that this one is kept free for others. */
export interface HeldRows {
  readonly table: RowTable;
  /** Entries of the page's list, and how many of them are no rows. */
  readonly items: number;
  readonly odd: number;
  /** The SID of the last entry. */
  readonly last?: string;
  /** Packs the rows at these places, which rise. At most once. */
  pack(places: Uint32Array, bodies: Bodies): Promise<PackedRows>;
  /** They are not needed any more. May be said again. */
  drop(): void;
}

/** The rows at these places. */
export function rowsAt(rows: readonly JsonObject[], places: Uint32Array): readonly JsonObject[] {
  return Array.from(places, (place) => rows[place]).filter((row) => row !== undefined);
}
