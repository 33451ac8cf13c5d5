import type { CountryOrBucket } from './country.ts';
import { codesWhere, isOutbound, type LogColumns, type Span } from './logColumns.ts';
import { blockText } from './numberBlock.ts';

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

/** Which blocks of numbers are hit. Exact; memory grows with the blocks that occur in the span. */
export function createTopBlocks(columns: LogColumns, span: Span): TopBlocksQuery {
  const { time, account, country, direction, block } = columns;
  const outbound = codesWhere(columns.directions, isOutbound);
  const blocks = columns.blocks.length;
  // One map per account and country: their keys are small whole numbers, which are counted fastest.
  const counts = new Map<number, Map<number, number>>();
  let lastPair = -1;
  let last = new Map<number, number>();

  return {
    add(first, end) {
      for (let row = first; row < end; row++) {
        const at = time[row] ?? 0;
        if (outbound[direction[row] ?? 0] !== 1 || at < span.from || at > span.to) continue;
        const pair = (account[row] ?? 0) * columns.countries.length + (country[row] ?? 0);
        if (pair !== lastPair) {
          last = counts.get(pair) ?? new Map<number, number>();
          counts.set(pair, last);
          lastPair = pair;
        }
        const code = block[row] ?? blocks;
        last.set(code, (last.get(code) ?? 0) + 1);
      }
    },
    result(perCountry) {
      const found = [...counts].flatMap(([pair, perBlock]) => {
        const place = {
          account: columns.accounts[Math.floor(pair / columns.countries.length)] ?? '',
          country: columns.countries[pair % columns.countries.length] ?? 'unknown',
        };
        return largest(perBlock, perCountry).map(
          ([code, messages]): BlockCount => ({ ...place, block: blockText(key(code)), messages }),
        );
      });
      return found.sort(
        (a, b) => b.messages - a.messages || compare(a.block, b.block) || compare(a.account, b.account),
      );
    },
  };

  function key(code: number): number {
    return columns.blocks[code] ?? 0;
  }

  /** The largest counts, equal ones by number. Hundreds of thousands of blocks may have one message each: sorting them as objects takes long. */
  function largest(perBlock: ReadonlyMap<number, number>, most: number): readonly (readonly [number, number])[] {
    const sizes = Uint32Array.from(perBlock.values()).sort();
    const least = sizes[Math.max(0, sizes.length - most)] ?? 0;
    const above: (readonly [number, number])[] = [];
    const equal: number[] = [];
    for (const entry of perBlock) {
      if (entry[1] > least) above.push(entry);
      else if (entry[1] === least) equal.push(entry[0]);
    }
    above.sort(([a, many], [b, more]) => more - many || key(a) - key(b));
    const keys = Float64Array.from(equal, key).sort();
    const last = keys[Math.max(0, Math.min(keys.length, most - above.length) - 1)] ?? 0;
    const rest = equal.filter((code) => key(code) <= last).sort((a, b) => key(a) - key(b));
    return [...above, ...rest.map((code) => [code, least] as const)].slice(0, most);
  }
}

function compare(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
