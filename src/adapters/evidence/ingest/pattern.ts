/** Bytes to compare with, four at a time. */
export interface Pattern {
  readonly length: number;
  readonly bytes: Buffer;
  /** All of them but the last few. */
  readonly words: readonly number[];
  /** The last few, and which bits of the four bytes there are theirs. */
  readonly last: number;
  readonly mask: number;
}

/** A copy of these bytes, of which there are at least `tail` more in memory after any place they are looked for. */
export function patternOf(source: Uint8Array): Pattern {
  const { length } = source;
  const bytes = Buffer.alloc((length + 3) & ~3);
  bytes.set(source);
  const whole = length >> 2;
  const words = Array.from({ length: whole }, (_, n) => bytes.readInt32LE(4 * n));
  const rest = length & 3;
  return {
    length,
    bytes: bytes.subarray(0, length),
    words,
    last: rest === 0 ? 0 : bytes.readInt32LE(4 * whole),
    mask: rest === 0 ? 0 : (1 << (8 * rest)) - 1,
  };
}

/** Whether they are what lies at `at`. Reads up to three bytes beyond them. */
export function isAt({ words, last, mask }: Pattern, view: DataView, at: number): boolean {
  let i = at;
  for (let n = 0; n < words.length; n++, i += 4) if (view.getInt32(i, true) !== words[n]) return false;
  return mask === 0 || (view.getInt32(i, true) & mask) === last;
}
