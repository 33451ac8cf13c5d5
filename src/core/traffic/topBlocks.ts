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
      const selection = createSelections(perCountry, countries);
      const found: BlockCount[] = [];
      const countedApart = apart.byFirst();
      const pairsOf = new Map<number, number[]>();
      for (let account = 0; account < accounts && counts.length > 0; account++) pairsOf.set(account, []);
      for (const pair of countedApart.keys()) {
        const account = Math.floor(pair / countries);
        pairsOf.set(account, [...(pairsOf.get(account) ?? []), pair]);
      }
      for (const [account, pairs] of pairsOf) {
        if (counts.length > 0) offerAll(selection, columns.blocks, countryOf, counts, account * blocks);
        for (const pair of pairs) {
          const more = countedApart.get(pair);
          const top = selection.of(pair % countries);
          for (const [n, code] of more?.seconds.entries() ?? []) top.offer(code, more?.sizes[n] ?? 0, key(code));
        }
        for (const [country, top] of selection.all())
          for (const { item, size } of top.take())
            found.push({
              account: columns.accounts[account] ?? '',
              country: columns.countries[country] ?? 'unknown',
              block: blockText(key(item)),
              messages: size,
            });
        selection.least.fill(0);
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

/** The largest blocks of each country, for one account after the other. */
interface Selections {
  of(country: number): TopSelection;
  all(): ReadonlyMap<number, TopSelection>;
  /** By country: what is smaller would not be kept. */
  readonly least: Uint32Array;
}

function createSelections(perCountry: number, countries: number): Selections {
  const selections = new Map<number, TopSelection>();
  return {
    of(country) {
      const known = selections.get(country);
      if (known) return known;
      const made = createTopSelection(perCountry);
      selections.set(country, made);
      return made;
    },
    all: () => selections,
    least: new Uint32Array(countries),
  };
}

/**
 * Offers the blocks that one account has sent to, in the order of the table: in that of countries each count would be a wait for memory. `first`: where
 * the account's counts begin; `countryOf`: see `createTopBlocks`.
 */
function offerAll(
  { of, least }: Selections,
  keys: ArrayLike<number>,
  countryOf: Uint16Array,
  counts: Uint32Array,
  first: number,
): void {
  for (let block = 0; block < countryOf.length; block++) {
    const size = counts[first + block] as number;
    if (size === 0) continue;
    const country = (countryOf[block] as number) - 1;
    if (size < (least[country] as number)) continue;
    const top = of(country);
    top.offer(block, size, keys[block] as number);
    least[country] = top.least;
  }
}

function compare(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
