/** Numbers that are the same for the same seed. */
export interface RandomStream {
  /** A whole number from 0 to before `end`. */
  below(end: number): number;
  pick<T>(options: readonly T[]): T;
}

/** Mulberry32. */
export function randomStream(seed: number): RandomStream {
  let state = seed;
  const below = (end: number): number => {
    state = (state + 0x6d2b79f5) | 0;
    let value = Math.imul(state ^ (state >>> 15), 1 | state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return Math.floor((((value ^ (value >>> 14)) >>> 0) / 2 ** 32) * end);
  };
  return {
    below,
    pick(options) {
      const option = options[below(options.length)];
      if (option === undefined) throw new RangeError('There is nothing to pick from.');
      return option;
    },
  };
}
