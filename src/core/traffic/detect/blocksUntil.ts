import type { NumberBlock } from './evidence.ts';
import { rowsInBlocks } from './rangeScan.ts';
import { rowsBetween, type SeriesRows } from './rows.ts';

/** Held against what is usual this many seconds at a time, and so many messages are the least. */
const turn = 6 * 3600;
const least = 3;
/** An attack goes on beside the numbers it began with: so many digits are left open at least, blocks of 10,000. */
const openDigits = 4;

/**
 * When more than usual was last sent to the blocks of a surge that begins at `onset`, epoch seconds, as is `start`, where the rows begin; `undefined` where there are no
 * blocks. What a country's volume hides has no end in it, so that whether an attack goes on is seen here. More than usual: three standard deviations of
 * a Poisson count above the rate before.
 */
export function blocksUntil(
  rows: SeriesRows,
  start: number,
  onset: number,
  blocks: readonly NumberBlock[],
): number | undefined {
  if (blocks.length === 0) return undefined;
  const inside = rowsInBlocks(rows, start, Number.POSITIVE_INFINITY, blocks.map(widened));
  const before = rowsBetween(inside, start, onset);
  const usual = onset > start ? ((before.to - before.from) * turn) / (onset - start) : 0;
  const wanted = Math.max(least, Math.ceil(usual + 3 * Math.sqrt(usual)));
  const { time } = inside;
  for (let i = time.length - 1; i >= before.to + wanted - 1; i--) {
    const last = time[i] ?? 0;
    if (last - (time[i - wanted + 1] ?? 0) < turn) return last;
  }
  return undefined;
}

function widened({ digits, open, ...counts }: NumberBlock): NumberBlock {
  const more = Math.max(0, openDigits - open);
  return { ...counts, digits: digits.slice(0, Math.max(1, digits.length - more)), open: open + more };
}
