/** The number blocks that got most messages, in bounded memory. */
export interface Blocks {
  add(block: string): void;
  /** Messages per block: at least this many, and exactly while there are no more blocks than `capacity`. */
  counts(): ReadonlyMap<string, number>;
}

/**
 * Frequent items in one pass (Misra and Gries, "Finding repeated elements", 1982): of n messages, a block's count is too low by at most
 * n / (capacity + 1), and never too high. `counts` are what was counted before, `capacity` of them at most.
 */
export function createBlocks(capacity = 256, counts = new Map<string, number>()): Blocks {
  return {
    add(block) {
      const count = counts.get(block);
      if (count !== undefined) counts.set(block, count + 1);
      else if (counts.size < capacity) counts.set(block, 1);
      else
        for (const [other, seen] of counts)
          if (seen === 1) counts.delete(other);
          else counts.set(other, seen - 1);
    },
    counts: () => counts,
  };
}
