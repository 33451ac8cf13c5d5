import { type CountryOrBucket, countryOf, dialTrie } from '../../../core/traffic/country.ts';
import { unpriced } from '../../../core/traffic/logColumns.ts';
import { accountOf, currencyCode, type Defect, type LogRow, plainWord } from '../../../core/traffic/logRow.ts';
import { blockKey } from '../../../core/traffic/numberBlock.ts';
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

/** Of a row, everything as the columns hold it; SID in four words. Used again for every row. */
export interface CodedRow {
  readonly sid: Uint32Array;
  time: number;
  updated: number;
  price: number;
  block: number;
  error: number;
  account: number;
  country: number;
  status: number;
  currency: number;
  direction: number;
  segments: number;
}

export interface RowBuilder {
  readonly dictionaries: Dictionaries;
  readonly row: CodedRow;
  /** Rows of the current file. */
  readonly rows: number;
  /** Appends `row`. */
  push(): void;
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
  const row: CodedRow = {
    sid: new Uint32Array(4),
    time: 0,
    updated: 0,
    price: 0,
    block: 0,
    error: 0,
    account: 0,
    country: 0,
    status: 0,
    currency: 0,
    direction: 0,
    segments: 0,
  };
  let done: Segment[] = [];
  let rows = 0;
  let segment = newSegment(0);

  function push(): void {
    if (segment.rows === segment.capacity) {
      done.push(segment);
      segment = newSegment(rows);
    }
    const { columns, rows: n } = segment;
    const { sid } = row;
    columns.sid[4 * n] = sid[0] as number;
    columns.sid[4 * n + 1] = sid[1] as number;
    columns.sid[4 * n + 2] = sid[2] as number;
    columns.sid[4 * n + 3] = sid[3] as number;
    columns.time[n] = row.time;
    columns.updated[n] = row.updated;
    columns.price[n] = row.price;
    columns.block[n] = row.block;
    columns.error[n] = row.error;
    columns.account[n] = row.account;
    columns.country[n] = row.country;
    columns.status[n] = row.status;
    columns.currency[n] = row.currency;
    columns.direction[n] = row.direction;
    columns.segments[n] = row.segments;
    segment.rows = n + 1;
    rows++;
  }

  return {
    dictionaries,
    row,
    get rows() {
      return rows;
    },
    push,
    pushText(text) {
      for (let word = 0; word < 4; word++)
        row.sid[word] = Number.parseInt(text.sid.slice(2 + 8 * word, 10 + 8 * word), 16);
      row.time = text.time;
      row.updated = text.updated;
      row.price = text.price ?? unpriced;
      row.block = dictionaries.blocks.codeOf(blockKey(text.to));
      row.error = dictionaries.errors.codeOf(text.errorCode);
      row.account = dictionaries.accounts.codeOf(text.account);
      row.country = codes.get(countryOf(text.to)) ?? 0;
      row.status = dictionaries.statuses.codeOf(text.status);
      row.currency = dictionaries.currencies.codeOf(text.currency);
      row.direction = dictionaries.directions.codeOf(text.direction);
      row.segments = text.segments;
      if (Math.min(row.error, row.account, row.status, row.currency, row.direction) < 0) return 'too-many-values';
      push();
      return undefined;
    },
    takeSegments() {
      const taken = segment.rows > 0 ? [...done, segment] : done;
      done = [];
      rows = 0;
      segment = newSegment(0);
      return taken;
    },
  };
}
