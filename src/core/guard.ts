/** True when the value has the shape of `T`, and nothing more. */
export type Guard<T> = (value: unknown) => value is T;

/** A string of at most so many UTF-16 units. */
export function text(longest: number): Guard<string> {
  return (value): value is string => typeof value === 'string' && value.length <= longest;
}

/** A finite number. */
export const finite: Guard<number> = (value): value is number => typeof value === 'number' && Number.isFinite(value);

/** A count: 0, 1, 2 and so on. */
export const count: Guard<number> = (value): value is number => Number.isSafeInteger(value) && Number(value) >= 0;

export function oneOf<const T extends string>(...options: readonly T[]): Guard<T> {
  const known: readonly unknown[] = options;
  return (value): value is T => known.includes(value);
}

export function nullable<T>(guard: Guard<T>): Guard<T | null> {
  return (value): value is T | null => value === null || guard(value);
}

export function list<T>(guard: Guard<T>, longest: number): Guard<readonly T[]> {
  return (value): value is readonly T[] =>
    Array.isArray(value) && value.length <= longest && Array.from(value).every(guard);
}

/**
 * An object with exactly these own properties, each of its shape. Anything else on it, `__proto__` and symbols included,
 * makes it malformed; what it inherits does not count.
 */
export function record<T extends object>(fields: { readonly [K in keyof T]-?: Guard<T[K]> }): Guard<T> {
  const names = new Set<string | symbol>(Object.keys(fields));
  return (value): value is T => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
    const own = Reflect.ownKeys(value);
    return own.length === names.size && own.every((key) => names.has(key) && has(fields, key, value));
  };
}

function has<T>(fields: { readonly [K in keyof T]: Guard<T[K]> }, key: string | symbol, value: object): boolean {
  const guard: unknown = Reflect.get(fields, key);
  return typeof guard === 'function' && guard(Reflect.get(value, key)) === true;
}
