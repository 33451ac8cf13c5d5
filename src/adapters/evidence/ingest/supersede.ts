import { largestSegment, type SegmentColumns, type SegmentMessage, segmentOf } from './segment.ts';

const rowBits = Math.log2(largestSegment);
/** More segments than this cannot be told apart in a slot of 32 bits. */
export const mostSegments = 2 ** (32 - rowBits) - 1;

/** Which rows are another one's earlier state: one byte a row in the order of the segments, 1 for those. */
export type Superseded = Uint8Array;

/** `share` of `shares` threads looks at the SIDs that are its own, so that threads can work on the same rows at once. */
export interface Part {
  readonly share: number;
  readonly shares: number;
  /** Makes the order of the tables unpredictable to whoever made the file. */
  readonly seed: number;
}

/**
 * Finds messages that are there more than once and marks all of them but the one updated last; of equal ones the last in file order
 * stays. Returns how many it marked. Most SIDs are there once, so a first pass only looks which of them may be there again, in a table
 * of bits that fits a core's cache (Bloom 1970, with one hash function); the second pass compares those.
 */
export function markSuperseded(messages: readonly SegmentMessage[], superseded: Superseded, part: Part): number {
  const rows = messages.map(segmentOf);
  const { again, collisions } = findRepeated(rows, part);
  return collisions === 0 ? 0 : settle(rows, superseded, part, again, collisions);
}

type Rows = readonly ReturnType<typeof segmentOf>[];

const bitsPerRow = 12;
/** Rows a loop is given at a time: it then runs as its compiled self from the next call on, however long everything takes. */
const rowsAtOnce = 2048;

/** Bits by SID, one a row: those that one row has set, and those that more than one has. */
interface Bits {
  readonly once: Int32Array;
  readonly again: Int32Array;
}

/** The bits that more than one row of the share has set, and how often a row found its bit set. */
function findRepeated(segments: Rows, part: Part) {
  const total = segments.reduce((sum, { rows }) => sum + rows, 0);
  const words = powerOfTwo((bitsPerRow * total) / part.shares) / 32;
  const bits: Bits = { once: new Int32Array(words), again: new Int32Array(words) };
  let collisions = 0;
  for (const { rows, columns } of segments)
    for (let row = 0; row < rows; row += rowsAtOnce)
      collisions += setBits(columns.sid, row, Math.min(rows, row + rowsAtOnce), part, bits);
  return { again: bits.again, collisions };
}

function setBits(
  sid: Uint32Array,
  first: number,
  end: number,
  { share, shares, seed }: Part,
  { once, again }: Bits,
): number {
  const mask = once.length - 1;
  let collisions = 0;
  for (let row = first; row < end; row++) {
    if (shareOf(sid, row, seed, shares) !== share) continue;
    const hash = mixed(fingerprint(sid, row, seed));
    const word = (hash >>> 5) & mask;
    const bit = 1 << hash;
    const before = once[word] as number;
    once[word] = before | bit;
    if ((before & bit) !== 0) {
      again[word] = (again[word] as number) | bit;
      collisions++;
    }
  }
  return collisions;
}

/** Writes to `found` which rows have their bit set in `again`, and returns how many. */
function findCandidates(
  sid: Uint32Array,
  first: number,
  end: number,
  { share, shares, seed }: Part,
  again: Int32Array,
  found: Uint32Array,
): number {
  const mask = again.length - 1;
  let count = 0;
  for (let row = first; row < end; row++) {
    if (shareOf(sid, row, seed, shares) !== share) continue;
    const hash = mixed(fingerprint(sid, row, seed));
    found[count] = row;
    count += ((again[(hash >>> 5) & mask] as number) >>> hash) & 1;
  }
  return count;
}

/** Compares the rows whose bit is set in `again`, and marks the ones that are superseded. */
function settle(segments: Rows, superseded: Superseded, part: Part, again: Int32Array, collisions: number): number {
  const lookUp = createLookUp(segments, superseded, part.seed, collisions);
  const found = new Uint32Array(rowsAtOnce + 1);
  let marked = 0;
  for (const [index, { rows, columns }] of segments.entries())
    for (let row = 0; row < rows; row += rowsAtOnce) {
      const count = findCandidates(columns.sid, row, Math.min(rows, row + rowsAtOnce), part, again, found);
      for (let n = 0; n < count; n++) if (lookUp(index, found[n] as number)) marked++;
    }
  return marked;
}

/** Makes the function that takes in a row, and marks it or the one that it supersedes; false when it is the first with its SID. */
function createLookUp(
  segments: Rows,
  superseded: Superseded,
  seed: number,
  collisions: number,
): (index: number, row: number) => boolean {
  // Every collision brings one row, and at most one more that was there before.
  const mask = powerOfTwo(3.2 * collisions) - 1;
  // Pairs: what tells SIDs apart without looking at them, and segment and row plus one segment (0 is an empty slot).
  const slots = new Uint32Array(2 * (mask + 1));
  const all = segments.map(({ columns }) => columns);
  const starts: number[] = [];
  let start = 0;
  for (const { rows } of segments) {
    starts.push(start);
    start += rows;
  }

  return (index, row) => {
    const { sid, updated } = all[index] as SegmentColumns;
    const print = fingerprint(sid, row, seed) >>> 0;
    const place = (((index + 1) << rowBits) | row) >>> 0;
    for (let slot = mixed(print) & mask; ; slot = (slot + 1) & mask) {
      const known = slots[2 * slot + 1] as number;
      if (known === 0) {
        slots[2 * slot] = print;
        slots[2 * slot + 1] = place;
        return false;
      }
      if (slots[2 * slot] !== print) continue;
      const otherIndex = (known >>> rowBits) - 1;
      const otherRow = known & (largestSegment - 1);
      const other = all[otherIndex] as SegmentColumns;
      if (!isSame(other.sid, otherRow, sid, row)) continue;
      const newer = (updated[row] as number) >= (other.updated[otherRow] as number);
      superseded[newer ? (starts[otherIndex] as number) + otherRow : (starts[index] as number) + row] = 1;
      if (newer) slots[2 * slot + 1] = place;
      return true;
    }
  };
}

function powerOfTwo(least: number): number {
  let size = 1024;
  while (size < least) size *= 2;
  return size;
}

function isSame(a: Uint32Array, rowA: number, b: Uint32Array, rowB: number): boolean {
  for (let word = 0; word < 4; word++) if (a[4 * rowA + word] !== b[4 * rowB + word]) return false;
  return true;
}

/** From one word alone, so that other threads' rows cost little. */
function shareOf(sid: Uint32Array, row: number, seed: number, shares: number): number {
  return ((Math.imul((sid[4 * row + 3] as number) ^ seed, 0x9e37_79b1) >>> 24) * shares) >>> 8;
}

function fingerprint(sid: Uint32Array, row: number, seed: number): number {
  const a = Math.imul((sid[4 * row] as number) ^ seed, 0x9e37_79b1) ^ (sid[4 * row + 1] as number);
  const b = Math.imul(a ^ (a >>> 15), 0xc2b2_ae35) ^ (sid[4 * row + 2] as number);
  return Math.imul(b ^ (b >>> 15), 0x85eb_ca77) ^ (sid[4 * row + 3] as number);
}

function mixed(value: number): number {
  const half = Math.imul(value ^ (value >>> 16), 0x85eb_ca6b);
  const whole = Math.imul(half ^ (half >>> 13), 0xc2b2_ae35);
  return (whole ^ (whole >>> 16)) >>> 0;
}
