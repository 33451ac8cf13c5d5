/**
 * A run of rows in one piece of shared memory, so that threads hand rows over without copying. Rows of a file never share a segment with
 * another file's: a file that is refused is left out by forgetting its segments.
 */
export interface Segment {
  readonly buffer: SharedArrayBuffer;
  readonly capacity: number;
  rows: number;
  readonly columns: SegmentColumns;
}

export interface SegmentColumns {
  /** The 128 bits of the SID, four words a row. */
  readonly sid: Uint32Array;
  readonly time: Uint32Array;
  readonly updated: Uint32Array;
  readonly price: Uint32Array;
  readonly block: Uint32Array;
  readonly error: Uint16Array;
  readonly account: Uint16Array;
  /** The recipient's last four digits, which with its block are the whole number; `noEnding` where there is none. */
  readonly ending: Uint16Array;
  readonly country: Uint8Array;
  readonly status: Uint8Array;
  readonly currency: Uint8Array;
  readonly direction: Uint8Array;
  readonly segments: Uint8Array;
}

/** A segment on its way to another thread. */
export type SegmentMessage = Pick<Segment, 'buffer' | 'capacity' | 'rows'>;

/** Bytes a row takes in each column. */
export const widths = {
  sid: 16,
  time: 4,
  updated: 4,
  price: 4,
  block: 4,
  error: 2,
  account: 2,
  ending: 2,
  country: 1,
  status: 1,
  currency: 1,
  direction: 1,
  segments: 1,
} as const satisfies Record<keyof SegmentColumns, number>;
export const columnNames = Object.keys(widths).filter((name): name is keyof SegmentColumns => name in widths);

const bytesPerRow = Object.values(widths).reduce<number>((sum, width) => sum + width, 0);
const smallest = 4096;
export const largestSegment = 131_072;

/** A segment for the rows after `before` rows of the same file: small files get little memory, large ones few segments. */
export function newSegment(before: number): Segment {
  // A small integer always, never a double that happens to be whole: code that was compiled for one is thrown away for the other.
  const capacity = Math.min(largestSegment, Math.max(smallest, before)) | 0;
  return segmentOf({ buffer: new SharedArrayBuffer(capacity * bytesPerRow), capacity, rows: 0 });
}

/** The same memory, seen from this thread. */
export function segmentOf({ buffer, capacity, rows }: SegmentMessage): Segment {
  let offset = 0;
  const next = (width: number): number => {
    const at = offset;
    offset += width * capacity;
    return at;
  };
  // Widest first, so that every column begins where its numbers may lie.
  const columns: SegmentColumns = {
    sid: new Uint32Array(buffer, next(widths.sid), 4 * capacity),
    time: new Uint32Array(buffer, next(widths.time), capacity),
    updated: new Uint32Array(buffer, next(widths.updated), capacity),
    price: new Uint32Array(buffer, next(widths.price), capacity),
    block: new Uint32Array(buffer, next(widths.block), capacity),
    error: new Uint16Array(buffer, next(widths.error), capacity),
    account: new Uint16Array(buffer, next(widths.account), capacity),
    ending: new Uint16Array(buffer, next(widths.ending), capacity),
    country: new Uint8Array(buffer, next(widths.country), capacity),
    status: new Uint8Array(buffer, next(widths.status), capacity),
    currency: new Uint8Array(buffer, next(widths.currency), capacity),
    direction: new Uint8Array(buffer, next(widths.direction), capacity),
    segments: new Uint8Array(buffer, next(widths.segments), capacity),
  };
  return { buffer, capacity, rows, columns };
}

export function segmentMessage({ buffer, capacity, rows }: Segment): SegmentMessage {
  return { buffer, capacity, rows };
}
