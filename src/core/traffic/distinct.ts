/** Counts different numbers exactly, in memory for the different ones alone: 8 to 32 bytes each, however often they come. */
export interface Distinct {
  /** A whole number from 0 to 2^53 - 1. */
  add(key: number): void;
  /** How many different ones came, in steps of some milliseconds for ten million: run it to its end. */
  size(): Generator<void, number, void>;
}

/** Buckets are sorted one by one, so that none takes long. */
const buckets = 256;
const smallest = 64;

/** Keys lie in buckets by their hash; a bucket that is full is sorted and rid of what it holds twice before it grows. */
export function createDistinct(): Distinct {
  // Of different sizes, so that they do not all become full within the same few thousand keys.
  const sizes = Array.from({ length: buckets }, (_, n) => smallest + Math.floor((smallest * n) / buckets));
  const kept = sizes.map((size) => ({ keys: new Float64Array(size), filled: 0 }));

  return {
    add(key) {
      const bucket = kept[bucketOf(key)];
      if (!bucket) return;
      if (bucket.filled === bucket.keys.length) {
        reduce(bucket);
        if (2 * bucket.filled > bucket.keys.length) {
          const larger = new Float64Array(2 * bucket.keys.length);
          larger.set(bucket.keys);
          bucket.keys = larger;
        }
      }
      bucket.keys[bucket.filled++] = key;
    },
    *size() {
      let sum = 0;
      for (const bucket of kept) {
        reduce(bucket);
        sum += bucket.filled;
        yield;
      }
      return sum;
    },
  };
}

function reduce(bucket: { readonly keys: Float64Array; filled: number }): void {
  const held = bucket.keys.subarray(0, bucket.filled).sort();
  let to = 0;
  for (let from = 0; from < held.length; from++)
    if (from === 0 || held[from] !== held[from - 1]) held[to++] = held[from] ?? 0;
  bucket.filled = to;
}

function bucketOf(key: number): number {
  const mixed = Math.imul((key | 0) ^ Math.imul((key / 2 ** 32) | 0, 0x9e37_79b1), 0x85eb_ca6b);
  return (mixed >>> 24) & (buckets - 1);
}
