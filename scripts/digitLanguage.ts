/**
 * Finite sets of digit strings as hash-consed tries: equal sets are the same object, so sets of millions of phone numbers
 * compare by identity. Built from the subset of regular expressions that numbering-plan metadata uses.
 */
export interface DigitSet {
  readonly id: number;
  /** The empty string is a member. */
  readonly accepts: boolean;
  /** What may follow each digit; absent for the empty set and for a set of only the empty string. */
  readonly after: readonly DigitSet[] | undefined;
}

const known = new Map<string, DigitSet>();
export const nothing = make(false, undefined);
export const emptyString = make(true, undefined);

export function isEmpty(set: DigitSet): boolean {
  return set === nothing;
}

/** The strings of the set that start with `digit`, without it. */
export function after(set: DigitSet, digit: number): DigitSet {
  return set.after?.[digit] ?? nothing;
}

export const union = memoised((a: DigitSet, b: DigitSet): DigitSet => {
  if (a === b || isEmpty(b)) return a;
  if (isEmpty(a)) return b;
  return node(a.accepts || b.accepts, (digit) => union(after(a, digit), after(b, digit)));
});

/** Every string of `a` followed by every string of `b`. */
export const concat = memoised((a: DigitSet, b: DigitSet): DigitSet => {
  if (isEmpty(a) || isEmpty(b)) return nothing;
  return node(a.accepts && b.accepts, (digit) => {
    const rest = concat(after(a, digit), b);
    return a.accepts ? union(rest, after(b, digit)) : rest;
  });
});

/** The strings of the set that are as long as one of `lengths`. */
export function ofLength(set: DigitSet, lengths: readonly number[]): DigitSet {
  const memo = new Map<string, DigitSet>();
  const walk = (from: DigitSet, depth: number): DigitSet => {
    if (isEmpty(from)) return nothing;
    const key = `${from.id}@${depth}`;
    const found =
      memo.get(key) ?? node(from.accepts && lengths.includes(depth), (d) => walk(after(from, d), depth + 1));
    memo.set(key, found);
    return found;
  };
  return walk(set, 0);
}

/** The set a pattern describes: digits, `\d`, classes, groups, alternatives, `?`, `{n}`, `{n,m}`. Throws on anything else. */
export function digitSet(pattern: string): DigitSet {
  let at = 0;
  const fail = (): never => {
    throw new Error(`numbering-plan pattern not understood at ${at}: ${pattern}`);
  };
  const alternatives = (): DigitSet => {
    let set = sequence();
    while (pattern[at] === '|') {
      at++;
      set = union(set, sequence());
    }
    return set;
  };
  const sequence = (): DigitSet => {
    let set: DigitSet = emptyString;
    while (at < pattern.length && pattern[at] !== '|' && pattern[at] !== ')') set = concat(set, repeated());
    return set;
  };
  const repeated = (): DigitSet => {
    const one = atom();
    const count = /^(?:\?|\{(\d+)(?:,(\d+))?\})/.exec(pattern.slice(at));
    if (!count) return one;
    at += count[0].length;
    if (count[0] === '?') return union(one, emptyString);
    return times(one, Number(count[1]), Number(count[2] ?? count[1]));
  };
  const atom = (): DigitSet => {
    const group = /^\((?:\?:)?/.exec(pattern.slice(at));
    if (group) {
      at += group[0].length;
      const inner = alternatives();
      if (pattern[at++] !== ')') fail();
      return inner;
    }
    const single = /^(?:\\d|\d|\[([\d-]+)\])/.exec(pattern.slice(at)) ?? fail();
    at += single[0].length;
    return oneOf(new RegExp(`^${single[0]}$`));
  };
  const set = alternatives();
  return at === pattern.length ? set : fail();
}

function times(one: DigitSet, least: number, most: number): DigitSet {
  let set: DigitSet = emptyString;
  for (let n = most; n > 0; n--) set = n > least ? union(emptyString, concat(one, set)) : concat(one, set);
  return set;
}

function oneOf(digit: RegExp): DigitSet {
  return node(false, (d) => (digit.test(String(d)) ? emptyString : nothing));
}

function node(accepts: boolean, next: (digit: number) => DigitSet): DigitSet {
  const kids = Array.from({ length: 10 }, (_, digit) => next(digit));
  return make(accepts, kids.every(isEmpty) ? undefined : kids);
}

function make(accepts: boolean, kids: readonly DigitSet[] | undefined): DigitSet {
  const key = `${accepts}:${kids?.map((kid) => kid.id).join() ?? ''}`;
  const found = known.get(key) ?? { id: known.size, accepts, after: kids };
  known.set(key, found);
  return found;
}

function memoised(combine: (a: DigitSet, b: DigitSet) => DigitSet): (a: DigitSet, b: DigitSet) => DigitSet {
  const memo = new Map<string, DigitSet>();
  return (a, b) => {
    const key = `${a.id},${b.id}`;
    const found = memo.get(key) ?? combine(a, b);
    memo.set(key, found);
    return found;
  };
}
