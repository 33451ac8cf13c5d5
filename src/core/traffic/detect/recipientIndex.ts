import type { SeriesRows } from './rows.ts';

/** Sizes of blocks of numbers that are looked at: how many of the last digits a block leaves open. */
export const blockSizes = [100, 1000, 10_000] as const;

export type RecipientIndex = ReturnType<typeof createRecipientIndex>;

/**
 * The recipients of a series, numbered from 1 as they first appear, and their blocks from 0, for each of `blockSizes`: made once, so that every
 * stretch of its history is counted by array indices alone.
 */
export function createRecipientIndex({ recipient }: SeriesRows) {
  const idOf = new Map<number, number>();
  const ids = new Uint32Array(recipient.length);
  const levels = blockSizes.map((size) => ({ size, blockOf: [0], idOf: new Map<number, number>() }));
  for (let i = 0; i < recipient.length; i++) {
    const number = recipient[i] ?? 0;
    if (number === 0) continue;
    const known = idOf.get(number);
    const id = known ?? idOf.size + 1;
    ids[i] = id;
    if (known !== undefined) continue;
    idOf.set(number, id);
    for (const level of levels) {
      const block = Math.floor(number / level.size);
      const at = level.idOf.get(block) ?? level.idOf.size;
      if (at === level.idOf.size) level.idOf.set(block, at);
      level.blockOf.push(at);
    }
  }
  return {
    /** Of each row; 0 where it has no recipient. */
    ids,
    idOf,
    /** The block of each recipient's id (0 has none), and the id of a block. */
    levels: levels.map(({ blockOf, idOf: blocks }) => ({ blockOf: Uint32Array.from(blockOf), idOf: blocks })),
  };
}
