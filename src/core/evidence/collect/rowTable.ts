import type { JsonObject } from '../../model/json.ts';
import { textOf } from '../../model/json.ts';
import { hash53 } from '../numberSet.ts';
import type { EvidenceSource } from '../source.ts';

/** What collecting has to know of the rows of a page, as numbers: the rows themselves may be in another thread. */
export interface RowTable {
  readonly rows: number;
  /** When each happened, epoch milliseconds; `NaN` where it has no date. */
  readonly at: Float64Array;
  /** 53 bits of what tells each from the others; 0 where nothing does. */
  readonly keys: Float64Array;
  /** 64 bits of what tells each state of each from others, two words a row: what it is, and when it was updated last. */
  readonly states: Uint32Array;
}

export function tableOf({ at, key }: Pick<EvidenceSource, 'at' | 'key'>, rows: readonly JsonObject[]): RowTable {
  const table = {
    rows: rows.length,
    at: new Float64Array(rows.length),
    keys: new Float64Array(rows.length),
    states: new Uint32Array(rows.length * 2),
  };
  for (const [place, row] of rows.entries()) {
    table.at[place] = at?.(row) ?? Number.NaN;
    const own = key(row);
    if (own === undefined) continue;
    table.keys[place] = hash53(own);
    table.states.set(stateWords(stateOf(own, row)), place * 2);
  }
  return table;
}

/** What tells a state of a row from its others: when it was updated last, and what may change of it without that being told. None of it is ever masked. */
export function stateOf(key: string, row: JsonObject): string {
  let state = key;
  for (const member of changing) state += ` ${textOf(row, member) ?? ''}`;
  return state;
}

const changing = ['date_updated', 'status', 'price', 'error_code'];

/** 64 bits of a text, as two words. */
export function stateWords(text: string): readonly [number, number] {
  return [hash(text, 0x811c9dc5), hash(text, 0x9e3779b9)];
}

/** MurmurHash3 over UTF-16 units with its 32-bit finalizer. https://github.com/aappleby/smhasher */
function hash(text: string, seed: number): number {
  let state = seed;
  for (let at = 0; at < text.length; at += 2) {
    let block = text.charCodeAt(at) | ((at + 1 < text.length ? text.charCodeAt(at + 1) : 0) << 16);
    block = Math.imul(block, 0xcc9e2d51);
    block = Math.imul((block << 15) | (block >>> 17), 0x1b873593);
    state ^= block;
    state = (Math.imul((state << 13) | (state >>> 19), 5) + 0xe6546b64) | 0;
  }
  state ^= text.length;
  state = Math.imul(state ^ (state >>> 16), 0x85ebca6b);
  state = Math.imul(state ^ (state >>> 13), 0xc2b2ae35);
  return (state ^ (state >>> 16)) >>> 0;
}
