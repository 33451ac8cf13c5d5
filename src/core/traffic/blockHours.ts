import { type Blocks, createBlocks } from './blocks.ts';
import type { HourSpan } from './panelSpan.ts';
import { hours } from './window.ts';

/** Messages by block of 10,000 numbers and hour of the window, in bounded memory. */
export interface BlockHours {
  add(block: string, hour: number): void;
  /** Messages per block in these hours: at least so many, and exactly while no hour has more blocks than are kept. */
  within(span: HourSpan): ReadonlyMap<string, number>;
}

/** So many blocks are kept of each hour: an attack goes to few, and what is spread over more is no range. */
const perHour = 64;

export function createBlockHours(): BlockHours {
  const byHour: (Blocks | undefined)[] = Array.from({ length: hours });
  return {
    add(block, hour) {
      const blocks = byHour[hour] ?? createBlocks(perHour);
      byHour[hour] = blocks;
      blocks.add(block);
    },
    within({ first, end }) {
      const sums = new Map<string, number>();
      for (const blocks of byHour.slice(first, end))
        for (const [block, messages] of blocks?.counts() ?? []) sums.set(block, (sums.get(block) ?? 0) + messages);
      return sums;
    },
  };
}
