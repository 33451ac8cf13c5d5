/** Days of a log before anything in it is called unusual, unless set otherwise. Apart from the others, so that views need not load them all. */
export const usualHistoryDays = 7;

/** One number that decides whether something counts. */
export interface Threshold {
  readonly usual: number;
  readonly least: number;
  readonly most: number;
  readonly whole: boolean;
  /** What it is, with its unit, as a sentence. */
  readonly meaning: string;
  /** Where the figure comes from. */
  readonly source: string;
}

type Make = (
  usual: number,
  bounds: readonly [least: number, most: number],
  meaning: string,
  source: string,
) => Threshold;

const make =
  (whole: boolean): Make =>
  (usual, [least, most], meaning, source) => ({ usual, least, most, whole, meaning, source });

/** `whole`: counts, days, seconds. `share`: shares, factors and probabilities. */
export const thresholdOf = { whole: make(true), share: make(false) };

/** The same tree with numbers at its ends. */
export type ValuesOf<T> = { readonly [K in keyof T]: T[K] extends Threshold ? number : ValuesOf<T[K]> };

/** A threshold with the name its setting ends in: `pumping.blocks.warning`. */
export interface NamedThreshold {
  readonly name: string;
  readonly threshold: Threshold;
}

/** Every threshold of a tree, in its order. */
export function thresholdsIn(tree: object, prefix = ''): readonly NamedThreshold[] {
  return Object.entries(tree).flatMap(([key, value]: [string, unknown]) => {
    const name = `${prefix}${key}`;
    if (isThreshold(value)) return [{ name, threshold: value }];
    return typeof value === 'object' && value !== null ? thresholdsIn(value, `${name}.`) : [];
  });
}

/** The numbers of a tree: what `read` gives for a threshold's name, else the usual one. */
export function valuesOf<T extends object>(
  tree: T,
  read?: (name: string) => number | undefined,
  prefix = '',
): ValuesOf<T> {
  const pairs = Object.entries(tree).map(([key, value]: [string, unknown]) => {
    const name = `${prefix}${key}`;
    if (isThreshold(value)) return [key, read?.(name) ?? value.usual];
    return [key, typeof value === 'object' && value !== null ? valuesOf(value, read, `${name}.`) : value];
  });
  return Object.fromEntries(pairs) as ValuesOf<T>;
}

function isThreshold(value: unknown): value is Threshold {
  return typeof value === 'object' && value !== null && 'usual' in value && 'meaning' in value;
}
