import { createBlockDictionary } from './blockDictionary.ts';
import { createDictionary } from './dictionary.ts';
import type { Dictionaries } from './rowBuilder.ts';
import { type Segment, type SegmentMessage, segmentOf } from './segment.ts';

/** The values behind a thread's codes, on their way to another thread. */
export interface DictionaryValues {
  readonly blocks: Float64Array;
  readonly errors: readonly number[];
  readonly accounts: readonly string[];
  readonly statuses: readonly string[];
  readonly currencies: readonly string[];
  readonly directions: readonly string[];
}

/** The rows one thread read, and its dictionaries. */
export interface ThreadRows {
  readonly values: DictionaryValues;
  readonly segments: readonly SegmentMessage[];
}

export function dictionaryValues(dictionaries: Dictionaries): DictionaryValues {
  const { blocks, errors, accounts, statuses, currencies, directions } = dictionaries;
  return {
    blocks: blocks.keys(),
    errors: errors.values,
    accounts: accounts.values,
    statuses: statuses.values,
    currencies: currencies.values,
    directions: directions.values,
  };
}

/** Makes all threads' segments use the same codes, in place, and returns what the codes now stand for. */
export function mergeDictionaries(threads: readonly ThreadRows[]): DictionaryValues {
  const [only, ...more] = threads;
  if (only && more.length === 0) return only.values;
  const blocks = createBlockDictionary();
  const errors = createDictionary<number>(2);
  const accounts = createDictionary<string>(2);
  const statuses = createDictionary<string>(1);
  const currencies = createDictionary<string>(1);
  const directions = createDictionary<string>(1);
  for (const { values, segments } of threads) {
    const remaps = {
      block: Uint32Array.from(values.blocks, (key) => blocks.codeOf(key)),
      error: Uint16Array.from(values.errors, (code) => errors.codeOf(code)),
      account: Uint16Array.from(values.accounts, (sid) => accounts.codeOf(sid)),
      status: Uint8Array.from(values.statuses, (word) => statuses.codeOf(word)),
      currency: Uint8Array.from(values.currencies, (code) => currencies.codeOf(code)),
      direction: Uint8Array.from(values.directions, (word) => directions.codeOf(word)),
    };
    for (const message of segments) {
      const { rows, columns } = segmentOf(message);
      for (const name of ['block', 'error', 'account', 'status', 'currency', 'direction'] as const)
        recode(columns[name], remaps[name], rows);
    }
  }
  const words = { statuses: statuses.values, currencies: currencies.values, directions: directions.values };
  return { blocks: blocks.keys(), errors: errors.values, accounts: accounts.values, ...words };
}

type Codes = Uint32Array | Uint16Array | Uint8Array;

function recode(column: Codes, remap: Codes, rows: number): void {
  if (remap.every((code, index) => code === index)) return;
  for (let row = 0; row < rows; row++) column[row] = remap[column[row] as number] as number;
}

/** How many rows the segments have. */
export function rowsOf(segments: readonly Pick<Segment, 'rows'>[]): number {
  return segments.reduce((sum, { rows }) => sum + rows, 0);
}
