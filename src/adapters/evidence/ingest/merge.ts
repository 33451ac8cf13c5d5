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

/** What each code of one thread is in another's dictionaries. */
export interface Recoding {
  readonly block: Uint32Array;
  readonly error: Uint16Array;
  readonly account: Uint16Array;
  readonly status: Uint8Array;
  readonly currency: Uint8Array;
  readonly direction: Uint8Array;
}

/** Takes another thread's values into these dictionaries; `undefined` when there are more than a column can tell apart. */
export function mergeValues(dictionaries: Dictionaries, values: DictionaryValues): Recoding | undefined {
  const { blocks, errors, accounts, statuses, currencies, directions } = dictionaries;
  const block = new Uint32Array(values.blocks.length);
  blocks.codesOf(values.blocks, block.length, block, 0);
  const error = values.errors.map((code) => errors.codeOf(code));
  const account = values.accounts.map((sid) => accounts.codeOf(sid));
  const status = values.statuses.map((word) => statuses.codeOf(word));
  const currency = values.currencies.map((code) => currencies.codeOf(code));
  const direction = values.directions.map((word) => directions.codeOf(word));
  if ([error, account, status, currency, direction].some((codes) => codes.includes(-1))) return undefined;
  return {
    block,
    error: Uint16Array.from(error),
    account: Uint16Array.from(account),
    status: Uint8Array.from(status),
    currency: Uint8Array.from(currency),
    direction: Uint8Array.from(direction),
  };
}

/** Makes a thread's segments use another's codes, in place. */
export function recodeSegments(segments: readonly SegmentMessage[], recoding: Recoding): void {
  for (const message of segments) {
    const { rows, columns } = segmentOf(message);
    for (const name of ['block', 'error', 'account', 'status', 'currency', 'direction'] as const)
      recode(columns[name], recoding[name], rows);
  }
}

type Codes = Uint32Array | Uint16Array | Uint8Array;

function recode(column: Codes, codes: Codes, rows: number): void {
  if (codes.every((code, index) => code === index)) return;
  for (let row = 0; row < rows; row++) column[row] = codes[column[row] as number] as number;
}

/** How many rows the segments have. */
export function rowsOf(segments: readonly Pick<Segment, 'rows'>[]): number {
  return segments.reduce((sum, { rows }) => sum + rows, 0);
}
