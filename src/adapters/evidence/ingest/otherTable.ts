import { randomInt } from 'node:crypto';
import { unpriced } from '../../../core/traffic/logColumns.ts';
import type { OtherRow } from '../../../core/traffic/otherRow.ts';
import { createDictionary } from './dictionary.ts';
import { emptyColumns, firstRows, type OtherColumns, resized } from './otherColumns.ts';

/** What the codes of a table stand for. */
export interface OtherValues {
  readonly accounts: readonly string[];
  readonly countries: readonly string[];
  readonly statuses: readonly string[];
  readonly ways: readonly string[];
  readonly currencies: readonly string[];
}

/** Calls or Verify attempts, column by column, each SID once: as it was updated last; of equal ones the last added stays. */
export interface OtherTable {
  readonly rows: number;
  /** Earlier states that were replaced. */
  readonly superseded: number;
  readonly values: OtherValues;
  /** False, and nothing added, when the row brings more different values than its column can tell apart. */
  add(row: OtherRow): boolean;
  /** The columns, `rows` long: views that the next `add` may make stale. */
  columns(): OtherColumns;
}

export function createOtherTable(): OtherTable {
  const accounts = createDictionary<string>(2);
  const countries = createDictionary<string>(1);
  const statuses = createDictionary<string>(1);
  const ways = createDictionary<string>(1);
  const currencies = createDictionary<string>(1);
  // Makes the order of the slots unpredictable to whoever made the file.
  const seed = randomInt(2 ** 31);
  let columns = emptyColumns(4096);
  // What tells rows and their states apart, four words and one a row: once all rows are there nobody asks for it.
  let sids = new Uint32Array(4 * 4096);
  let updated = new Uint32Array(4096);
  /** Row plus one; 0 is an empty slot. */
  let slots = new Uint32Array(8192);
  let rows = 0;
  let superseded = 0;
  const words = new Uint32Array(4);

  /** Where the SID whose words begin at `from` is, or where it has its place. */
  function slotOf(words: Uint32Array, from: number): number {
    const mask = slots.length - 1;
    let hash = seed;
    for (let part = 0; part < 4; part++) hash = mixed(hash, words[from + part] ?? 0);
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const entry = slots[slot] ?? 0;
      if (entry === 0) return slot;
      let part = 0;
      while (part < 4 && sids[4 * (entry - 1) + part] === words[from + part]) part++;
      if (part === 4) return slot;
    }
  }
  function grow(): void {
    columns = resized(columns, rows, rows * 2);
    sids = doubled(sids);
    updated = doubled(updated);
    slots = new Uint32Array(rows * 4);
    for (let row = 0; row < rows; row++) slots[slotOf(sids, 4 * row)] = row + 1;
  }

  return {
    get rows() {
      return rows;
    },
    get superseded() {
      return superseded;
    },
    values: {
      accounts: accounts.values,
      countries: countries.values,
      statuses: statuses.values,
      ways: ways.values,
      currencies: currencies.values,
    },
    add(row) {
      const account = accounts.codeOf(row.account);
      const country = countries.codeOf(row.country);
      const status = statuses.codeOf(row.status);
      const way = ways.codeOf(row.way);
      const currency = currencies.codeOf(row.currency);
      if (Math.min(account, country, status, way, currency) < 0) return false;
      for (let part = 0; part < 4; part++)
        words[part] = Number.parseInt(row.sid.slice(2 + 8 * part, 10 + 8 * part), 16);
      let slot = slotOf(words, 0);
      let at = (slots[slot] ?? 0) - 1;
      if (at >= 0) {
        superseded++;
        if (row.updated < (updated[at] ?? 0)) return true;
      } else {
        if (rows === updated.length) {
          grow();
          slot = slotOf(words, 0);
        }
        at = rows++;
        slots[slot] = rows;
        sids.set(words, 4 * at);
      }
      updated[at] = row.updated;
      columns.block[at] = row.block;
      columns.time[at] = row.time;
      columns.seconds[at] = row.seconds;
      columns.price[at] = row.price ?? unpriced;
      columns.account[at] = account;
      columns.country[at] = country;
      columns.status[at] = status;
      columns.way[at] = way;
      columns.currency[at] = currency;
      return true;
    },
    columns: () => firstRows(columns, rows),
  };
}

function doubled(numbers: Uint32Array): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(2 * numbers.length);
  larger.set(numbers);
  return larger;
}

function mixed(hash: number, word: number): number {
  const half = Math.imul(hash ^ word ^ (word >>> 15), 0x85eb_ca6b);
  return (half ^ (half >>> 13)) >>> 0;
}
