import type { Country } from '../generate/countries.ts';
import { mobileNumber, numberBlock, numberInBlock } from '../generate/phoneNumbers.ts';
import { below, pick, type Random, stream } from '../random.ts';

/**
 * How attackers choose numbers: consecutive ones in a few blocks of ten thousand they earn from, random ones in such
 * blocks, or any of the country (which hides them best).
 */
export type RecipientPattern = 'sequential' | 'block' | 'spread';

export interface Recipients {
  /** The attacked blocks, such as `+7958111`; empty for `spread`. */
  readonly ranges: readonly string[];
  number(position: number, random: Random): string;
}

/** Consecutive numbers are taken from one block this often before the next block has its turn. */
const runLength = 150;

/** The numbers one attack goes to. `blocks` fixes the ranges, else `blockCount` of them are drawn. */
export function attackedNumbers(
  country: Country,
  key: number,
  pattern: RecipientPattern,
  blockCount: number,
  blocks?: readonly string[],
): Recipients {
  if (pattern === 'spread') return { ranges: [], number: (_, random) => mobileNumber(country, random) };
  const random = stream(key, 'blocks');
  const ranges = blocks ?? Array.from({ length: blockCount }, () => numberBlock(country, random));
  if (pattern === 'block') return { ranges, number: (_, own) => numberInBlock(pick(own, ranges), below(own, 10_000)) };
  const first = below(random, 10_000);
  return {
    ranges,
    number: (position) => {
      const run = Math.floor(position / runLength);
      const round = Math.floor(run / ranges.length);
      const offset = first + round * runLength + (position % runLength);
      return numberInBlock(ranges[run % ranges.length] ?? '', offset);
    },
  };
}
