/** A stream of pseudo-random numbers: the same keys always give the same stream. */
export interface Random {
  /** Uniform in [0, 1). */
  next(): number;
  /** Uniform in 0 … 2³² − 1. */
  uint32(): number;
}

export type StreamKey = string | number;

/** The finalizer of MurmurHash3: every input bit reaches every output bit. */
export function mix32(value: number): number {
  let h = value | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

function absorb(hash: number, key: StreamKey): number {
  if (typeof key === 'number') {
    const high = Math.floor(key / 4_294_967_296);
    return mix32(mix32(hash ^ (key >>> 0)) + high + 0x9e3779b9);
  }
  let h = hash;
  for (let i = 0; i < key.length; i++) h = Math.imul(h ^ key.charCodeAt(i), 0x01000193);
  return mix32(h + key.length);
}

/** 32 bits that depend on every key and on their order. */
export function hash32(seed: number, ...keys: readonly StreamKey[]): number {
  let hash = mix32(seed ^ 0x2545f491);
  for (const key of keys) hash = absorb(hash, key);
  return hash;
}

/** The stream that belongs to these keys (sfc32, 128 bits of state). Making one is cheap: make one per hour, not per run. */
export function stream(seed: number, ...keys: readonly StreamKey[]): Random {
  const hash = hash32(seed, ...keys);
  let a = mix32(hash + 0x9e3779b9);
  let b = mix32(hash ^ 0x7f4a7c15);
  let c = mix32(a ^ Math.imul(seed, 0x632be5ab));
  let counter = 1;
  const uint32 = (): number => {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    return sum >>> 0;
  };
  for (let i = 0; i < 10; i++) uint32();
  return { uint32, next: () => uint32() / 4_294_967_296 };
}

/** Uniform integer in 0 … bound − 1. */
export function below(random: Random, bound: number): number {
  return Math.floor(random.next() * bound);
}

/** Uniform in [low, high). */
export function between(random: Random, low: number, high: number): number {
  return low + random.next() * (high - low);
}

/** One member, all equally likely. Throws on an empty list. */
export function pick<T>(random: Random, list: readonly T[]): T {
  const item = list[below(random, list.length)];
  if (item === undefined) throw new RangeError('Cannot pick from an empty list.');
  return item;
}

/** An index, likely in proportion to its weight. */
export function pickWeighted(random: Random, weights: readonly number[]): number {
  let rest = random.next() * weights.reduce((sum, weight) => sum + weight, 0);
  for (const [index, weight] of weights.entries()) {
    rest -= weight;
    if (rest < 0) return index;
  }
  return weights.length - 1;
}

/** A SID that means nothing: the prefix and 32 hexadecimal digits. */
export function makeSid(random: Random, prefix: string): string {
  let sid = prefix;
  for (let i = 0; i < 4; i++) sid += random.uint32().toString(16).padStart(8, '0');
  return sid;
}

/** Standard normal (Box and Muller). */
function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
}

/** Log-normal with mean 1 and this coefficient of variation. */
export function logNormal(random: Random, variation: number): number {
  if (variation <= 0) return 1;
  const variance = Math.log(1 + variation * variation);
  return Math.exp(Math.sqrt(variance) * normal(random) - variance / 2);
}

/** Gamma with scale 1 (Marsaglia and Tsang 2000, with their boost below shape 1). */
function gamma(random: Random, shape: number): number {
  if (shape < 1) return gamma(random, shape + 1) * (1 - random.next()) ** (1 / shape);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = normal(random);
    const v = (1 + c * x) ** 3;
    if (v > 0 && Math.log(1 - random.next()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v;
  }
}

/** Poisson count: exact by inversion up to a mean of 30, rounded normal above, where the two are indistinguishable here. */
export function poisson(random: Random, mean: number): number {
  if (mean <= 0) return 0;
  if (mean > 30) return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal(random)));
  let probability = Math.exp(-mean);
  let rest = random.next() - probability;
  let count = 0;
  while (rest >= 0 && count < 1000) {
    count++;
    probability *= mean / count;
    rest -= probability;
  }
  return count;
}

/**
 * Negative-binomial count with variance = dispersion × mean: a Poisson count whose rate is itself gamma distributed.
 * A dispersion of 1 or less is plain Poisson.
 */
export function negativeBinomial(random: Random, mean: number, dispersion: number): number {
  if (mean <= 0) return 0;
  if (dispersion <= 1) return poisson(random, mean);
  const shape = mean / (dispersion - 1);
  if (mean > 10) return poisson(random, gamma(random, shape) * (dispersion - 1));
  let probability = dispersion ** -shape;
  let rest = random.next() - probability;
  let count = 0;
  while (rest >= 0 && count < 1000) {
    probability *= ((shape + count) / (count + 1)) * (1 - 1 / dispersion);
    count++;
    rest -= probability;
  }
  return count;
}
