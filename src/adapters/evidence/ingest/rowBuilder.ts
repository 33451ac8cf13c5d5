import { currencyCode } from '../../../core/model/currency.ts';
import { type CountryOrBucket, countryOf, dialTrie } from '../../../core/traffic/country.ts';
import { unpriced } from '../../../core/traffic/logColumns.ts';
import { accountOf, type Defect, type LogRow, plainWord } from '../../../core/traffic/logRow.ts';
import { type BlockKey, blockKey, endingOf } from '../../../core/traffic/numberBlock.ts';
import { type BlockDictionary, createBlockDictionary } from './blockDictionary.ts';
import { createDictionary, createTextDictionary, type Dictionary, type TextDictionary } from './dictionary.ts';
import { newSegment, type Segment } from './segment.ts';

/** What the codes of a thread's segments stand for. */
export interface Dictionaries {
  readonly blocks: BlockDictionary;
  readonly errors: Dictionary<number>;
  readonly accounts: TextDictionary;
  readonly statuses: TextDictionary;
  readonly currencies: TextDictionary;
  readonly directions: TextDictionary;
}

export interface RowBuilder {
  readonly dictionaries: Dictionaries;
  /** Rows of the current file. */
  readonly rows: number;
  /** A segment with room for a row: whoever writes it at `segment.rows` in every column but `block` says so with `push`. */
  room(): Segment;
  /** Keeps the row that was written. `block`: its block's key. */
  push(block: BlockKey): void;
  /** Appends a row that was read as text. */
  pushText(row: LogRow): Defect | undefined;
  /** The segments filled since the last call. */
  takeSegments(): readonly Segment[];
}

/** All countries in the order of their codes. */
export function countryCodes(): readonly CountryOrBucket[] {
  const numbered = dialTrie().countries;
  return [...numbered, ...(['short-code', 'alphanumeric'] as const)];
}

const blocksAtOnce = 512;

export function createRowBuilder(): RowBuilder {
  const codes = new Map(countryCodes().map((country, code) => [country, code]));
  const dictionaries: Dictionaries = {
    blocks: createBlockDictionary(),
    errors: createDictionary<number>(2),
    accounts: createTextDictionary(2, accountOf),
    statuses: createTextDictionary(1, plainWord),
    currencies: createTextDictionary(1, currencyCode),
    directions: createTextDictionary(1, plainWord),
  };
  let done: Segment[] = [];
  let rows = 0;
  let segment = newSegment(0);
  /** Keys of the last rows whose blocks are not looked up yet. */
  const pending = new Float64Array(blocksAtOnce);
  let pendingRows = 0;

  function lookUpBlocks(): void {
    dictionaries.blocks.codesOf(pending, pendingRows, segment.columns.block, segment.rows - pendingRows);
    pendingRows = 0;
  }
  /** Apart from `room`, so that what is compiled for every row has no part in what happens once in thousands. */
  function nextSegment(): void {
    lookUpBlocks();
    done.push(segment);
    segment = newSegment(rows);
  }
  function room(): Segment {
    if (segment.rows === segment.capacity) nextSegment();
    return segment;
  }
  function push(block: BlockKey): void {
    pending[pendingRows++] = block;
    segment.rows++;
    rows++;
    if (pendingRows === blocksAtOnce) lookUpBlocks();
  }

  return {
    dictionaries,
    get rows() {
      return rows;
    },
    room,
    push,
    pushText(text) {
      const { columns, rows: n } = room();
      const error = dictionaries.errors.codeOf(text.errorCode);
      const account = dictionaries.accounts.codeOf(text.account);
      const status = dictionaries.statuses.codeOf(text.status);
      const currency = dictionaries.currencies.codeOf(text.currency);
      const direction = dictionaries.directions.codeOf(text.direction);
      if (Math.min(error, account, status, currency, direction) < 0) return 'too-many-values';
      for (let word = 0; word < 4; word++)
        columns.sid[4 * n + word] = Number.parseInt(text.sid.slice(2 + 8 * word, 10 + 8 * word), 16);
      columns.time[n] = text.time;
      columns.updated[n] = text.updated;
      columns.price[n] = text.price ?? unpriced;
      columns.error[n] = error;
      columns.account[n] = account;
      columns.country[n] = codes.get(countryOf(text.to)) ?? 0;
      columns.ending[n] = endingOf(text.to);
      columns.status[n] = status;
      columns.currency[n] = currency;
      columns.direction[n] = direction;
      columns.segments[n] = text.segments;
      push(blockKey(text.to));
      return undefined;
    },
    takeSegments() {
      lookUpBlocks();
      const taken = segment.rows > 0 ? [...done, segment] : done;
      done = [];
      rows = 0;
      segment = newSegment(0);
      return taken;
    },
  };
}
