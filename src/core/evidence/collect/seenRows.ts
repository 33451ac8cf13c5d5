import { stateWords } from './rowTable.ts';

/** Whose rows are told apart: those of one slice, from its beginning to its end. */
export interface Reader {
  /** Of a row's `stateWords`. `new`: nobody has it; `mine`: this slice had it before; `kept`: a slice that was written has it. */
  see(one: number, two: number): 'new' | 'mine' | 'kept';
  /** Its rows are written: nobody else needs them. */
  keep(): void;
  /** Its rows are forgotten: whoever meets them next has to take them. */
  drop(): void;
}

const words = 3;
const smallest = 1 << 5;
/** Tables that grow each by itself, because to move a million rows at once takes longer than anybody should wait. */
const parts = 64;

/**
 * Which rows a run has written, to leave repeated ones out. A row takes 12 bytes and spare room for as many: 64 bits of hash and the slice
 * that has it, so a million rows take 50 MB at most, and the chance that two of them are mistaken for one is one in thirty million.
 */
export function createSeenRows(): { reader(of?: string): Reader } {
  const tables = Array.from({ length: parts }, createTable);
  let readers = 0;
  const open = new Set<number>();
  const dropped = new Set<number>();

  function see(one: number, two: number, slice: number): 'new' | 'mine' | 'kept' {
    const table = tables[two & (parts - 1)];
    const place = table?.placeOf(one, two) ?? 0;
    const before = table?.sliceAt(place) ?? 0;
    if (before === slice) return 'mine';
    // What another slice has but has not written yet may be forgotten with it.
    if (before !== 0 && !open.has(before) && !dropped.has(before)) return 'kept';
    table?.put(place, one, two, slice);
    return 'new';
  }

  return {
    /** `of`: whose rows they are, besides what their words tell. */
    reader(of = '') {
      const [first, second] = stateWords(of);
      readers += 1;
      const slice = readers;
      open.add(slice);
      return {
        see: (one, two) => see((one ^ first) >>> 0, (two ^ second) >>> 0, slice),
        keep: () => void open.delete(slice),
        drop() {
          open.delete(slice);
          dropped.add(slice);
        },
      };
    },
  };
}

/** Which slice has which hash. Slices count from 1. */
function createTable() {
  let table = new Uint32Array(smallest * words);
  let rows = 0;

  /** Where the hash is, or the free place for it. Slice 0 marks free places. */
  function placeOf(into: Uint32Array, one: number, two: number): number {
    const last = into.length / words - 1;
    let place = (one & last) * words;
    while (into[place + 2] !== 0 && (into[place] !== one || into[place + 1] !== two))
      place = place === last * words ? 0 : place + words;
    return place;
  }

  function grow(): void {
    const larger = new Uint32Array(table.length * 2);
    for (let at = 0; at < table.length; at += words) {
      if (table[at + 2] === 0) continue;
      larger.set(table.subarray(at, at + words), placeOf(larger, table[at] ?? 0, table[at + 1] ?? 0));
    }
    table = larger;
  }

  return {
    placeOf: (one: number, two: number): number => placeOf(table, one, two),
    /** 0 where there is none. */
    sliceAt: (place: number): number => table[place + 2] ?? 0,
    /** `place`: the one of this hash, not from before something else was put. */
    put(place: number, one: number, two: number, slice: number): void {
      if (table[place + 2] === 0) rows += 1;
      table[place] = one;
      table[place + 1] = two;
      table[place + 2] = slice;
      if (rows * words * 2 > table.length) grow();
    },
  };
}
