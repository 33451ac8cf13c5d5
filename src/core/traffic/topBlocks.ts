import type { CountryOrBucket } from './country.ts';
import { codesWhere, isOutbound, type LogColumns, type Span } from './logColumns.ts';
import { blockText } from './numberBlock.ts';
import { createPairCounts } from './pairCounts.ts';
import { createTopSelection, type TopSelection } from './topSelection.ts';

/** Outbound messages of one account to one block of 10,000 numbers of one country. */
export interface BlockCount {
  readonly account: string;
  readonly country: CountryOrBucket;
  /** `+7958111xxxx`. */
  readonly block: string;
  readonly messages: number;
}

export interface TopBlocksQuery {
  /** Counts the rows from `first` to before `end`. */
  add(first: number, end: number): void;
  /** The blocks of each account and country that got most messages, `perCountry` of them; most messages first. */
  result(perCountry: number): readonly BlockCount[];
}

/** A table for each account and block may take four bytes a row, or so many in all. */
const leastCells = 2 ** 20;
/** Rows counted at a time: the loop then runs as its compiled self from the next call on. */
const rowsAtOnce = 4096;

/**
 * Which blocks of numbers are hit. Exact; memory grows with accounts × blocks, or where that is much, with those that occur together in the
 * span. `only`, by the blocks' codes, leaves out the others.
 */
export function createTopBlocks(columns: LogColumns, span: Span, only?: Uint8Array): TopBlocksQuery {
  const outbound = codesWhere(columns.directions, isOutbound);
  const countries = columns.countries.length;
  const accounts = columns.accounts.length;
  const blocks = columns.blocks.length;
  // Counts by account and block. Nearly all blocks lie in one country, the one met first; the others are counted apart.
  const cells = accounts * blocks;
  const counts = new Uint32Array(cells <= Math.max(columns.rows, leastCells) ? cells : 0);
  /** By block: its country's code plus one. */
  const countryOf = new Uint16Array(counts.length > 0 ? blocks : 0);
  const apart = createPairCounts();

  /** Element reads are asserted to be there: rows are the columns' own. */
  function count(first: number, end: number): void {
    const { time, account, country, direction, block } = columns;
    const { from, to } = span;
    for (let row = first; row < end; row++) {
      const at = time[row] as number;
      if (outbound[direction[row] as number] !== 1 || at < from || at > to) continue;
      const where = country[row] as number;
      const place = block[row] as number;
      if (only !== undefined && only[place] !== 1) continue;
      if (countryOf[place] === 0) countryOf[place] = where + 1;
      if (countryOf[place] === where + 1) (counts[(account[row] as number) * blocks + place] as number)++;
      else apart.add((account[row] as number) * countries + where, place);
    }
  }

  return {
    add(first, end) {
      for (let row = first; row < end; row += rowsAtOnce) count(row, Math.min(end, row + rowsAtOnce));
    },
    result(perCountry) {
      const top = createTopSelection(perCountry);
      const found: BlockCount[] = [];
      const countedApart = apart.byFirst();
      const { order, starts } = byCountry(countryOf, countries);
      const lastAccount = counts.length > 0 ? accounts : 0;
      const pairs = new Set(countedApart.keys());
      for (let account = 0; account < lastAccount; account++)
        for (let country = 0; country < countries; country++)
          if (starts[country] !== starts[country + 1]) pairs.add(account * countries + country);
      for (const pair of pairs) {
        const account = Math.floor(pair / countries);
        const country = pair % countries;
        const own = order.subarray(starts[country], starts[country + 1]);
        if (account < lastAccount) offerAll(top, columns.blocks, own, counts, account * blocks);
        const more = countedApart.get(pair);
        for (const [n, code] of more?.seconds.entries() ?? []) top.offer(code, more?.sizes[n] ?? 0, key(code));
        for (const { item, size } of top.take())
          found.push({
            account: columns.accounts[account] ?? '',
            country: columns.countries[country] ?? 'unknown',
            block: blockText(key(item)),
            messages: size,
          });
      }
      return found.sort(
        (a, b) => b.messages - a.messages || compare(a.block, b.block) || compare(a.account, b.account),
      );
    },
  };

  function key(code: number): number {
    return columns.blocks[code] ?? 0;
  }
}

/** Offers the blocks of one country that one account has sent to; `first`: where the account's counts begin. */
function offerAll(
  top: TopSelection,
  keys: ArrayLike<number>,
  blocks: Uint32Array,
  counts: Uint32Array,
  first: number,
): void {
  for (let n = 0; n < blocks.length; n++) {
    const block = blocks[n] as number;
    const size = counts[first + block] as number;
    if (size >= top.least && size > 0) top.offer(block, size, keys[block] as number);
  }
}

/** The blocks in the order of their countries, and where each country's begin. `countryOf`: see `createTopBlocks`. */
function byCountry(countryOf: Uint16Array, countries: number) {
  const starts = new Uint32Array(countries + 2);
  for (const country of countryOf) (starts[country + 1] as number)++;
  for (let country = 1; country < starts.length; country++)
    starts[country] = (starts[country] as number) + (starts[country - 1] as number);
  const order = new Uint32Array(countryOf.length);
  const next = starts.slice();
  for (let block = 0; block < countryOf.length; block++) {
    const country = countryOf[block] as number;
    order[next[country] as number] = block;
    (next[country] as number)++;
  }
  // Those of no country come first.
  return { order, starts: starts.subarray(1) };
}

function compare(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
