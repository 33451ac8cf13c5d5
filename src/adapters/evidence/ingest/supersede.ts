import { largestSegment, type SegmentMessage, segmentOf } from './segment.ts';

const rowBits = Math.log2(largestSegment);
/** More segments than this cannot be told apart in a slot of 32 bits. */
export const mostSegments = 2 ** (32 - rowBits) - 1;

/** Which rows are another one's earlier state: one byte a row in the order of the segments, 1 for those. */
export type Superseded = Uint8Array;

/**
 * Finds messages that are there more than once and marks all of them but the one updated last; of equal ones the last in file order
 * stays. `share` of `shares` threads looks at the SIDs that are its own, so that threads can work on the same rows at once.
 * `seed` makes the order of the table unpredictable to whoever made the file. Returns how many it marked.
 */
export function markSuperseded(
  messages: readonly SegmentMessage[],
  superseded: Superseded,
  { share, shares, seed }: { readonly share: number; readonly shares: number; readonly seed: number },
): number {
  const segments = messages.map(segmentOf);
  const starts: number[] = [];
  let total = 0;
  for (const { rows } of segments) {
    starts.push(total);
    total += rows;
  }
  let size = 1024;
  while (size < (1.6 * total) / shares) size *= 2;
  const mask = size - 1;
  // Pairs: what tells SIDs apart without looking at them, and segment and row plus one segment (0 is an empty slot).
  const slots = new Uint32Array(2 * size);
  let marked = 0;

  for (const [index, { rows, columns }] of segments.entries()) {
    const { sid, updated } = columns;
    const start = starts[index] as number;
    for (let row = 0; row < rows; row++) {
      const left = mixed(Math.imul((sid[4 * row] as number) ^ seed, 0x9e37_79b1) ^ (sid[4 * row + 1] as number));
      const right = Math.imul((sid[4 * row + 2] as number) ^ left, 0x85eb_ca77) ^ (sid[4 * row + 3] as number);
      const hash = mixed(right);
      if ((hash >>> 24) % shares !== share) continue;
      let slot = hash & mask;
      const place = ((index + 1) << rowBits) | row;
      for (;;) {
        const known = slots[2 * slot + 1] as number;
        if (known === 0) {
          slots[2 * slot] = right;
          slots[2 * slot + 1] = place;
          break;
        }
        if (slots[2 * slot] === right >>> 0) {
          const otherIndex = (known >>> rowBits) - 1;
          const otherRow = known & (largestSegment - 1);
          const other = segments[otherIndex]?.columns;
          if (other && isSame(other.sid, otherRow, sid, row)) {
            const newer = (updated[row] as number) >= (other.updated[otherRow] as number);
            superseded[newer ? (starts[otherIndex] as number) + otherRow : start + row] = 1;
            if (newer) slots[2 * slot + 1] = place;
            marked++;
            break;
          }
        }
        slot = (slot + 1) & mask;
      }
    }
  }
  return marked;
}

function isSame(a: Uint32Array, rowA: number, b: Uint32Array, rowB: number): boolean {
  for (let word = 0; word < 4; word++) if (a[4 * rowA + word] !== b[4 * rowB + word]) return false;
  return true;
}

function mixed(value: number): number {
  const half = Math.imul(value ^ (value >>> 16), 0x85eb_ca6b);
  const whole = Math.imul(half ^ (half >>> 13), 0xc2b2_ae35);
  return (whole ^ (whole >>> 16)) >>> 0;
}
