import type { CountryOrBucket } from './country.ts';
import type { Span } from './logColumns.ts';

/** Whose calls or attempts are counted together. */
export interface Place {
  readonly account: string;
  readonly country: CountryOrBucket;
}

/** Counts by account and country, made when they are first needed. */
export interface Groups<Group> {
  /** Which hour of the span an instant (epoch seconds) falls in; `undefined` outside. */
  hourOf(at: number): number | undefined;
  of(accountCode: number, countryCode: number): Group;
  all(): readonly Group[];
  readonly zeros: () => Uint32Array;
  readonly noCost: () => Float64Array;
}

const secondsPerHour = 3600;

export function createGroups<Group>(
  lists: { readonly accounts: readonly string[]; readonly countries: readonly CountryOrBucket[] },
  { from, to }: Span,
  make: (place: Place, zeros: () => Uint32Array) => Group,
): Groups<Group> {
  const hours = Math.floor((to - from) / secondsPerHour) + 1;
  const zeros = (): Uint32Array => new Uint32Array(hours);
  const groups = new Map<number, Group>();
  return {
    hourOf: (at) => (at >= from && at <= to ? Math.floor((at - from) / secondsPerHour) : undefined),
    of(accountCode, countryCode) {
      const key = accountCode * lists.countries.length + countryCode;
      const known = groups.get(key);
      if (known !== undefined) return known;
      const country = lists.countries[countryCode] ?? 'unknown';
      const fresh = make({ account: lists.accounts[accountCode] ?? '', country }, zeros);
      groups.set(key, fresh);
      return fresh;
    },
    all: () => [...groups.values()],
    zeros,
    noCost: () => new Float64Array(hours),
  };
}

export function increase(column: Uint32Array | Float64Array, at: number, by: number): void {
  column[at] = (column[at] ?? 0) + by;
}

/** The column of a name, made when it is first needed. */
export function sumOf<Column>(columns: Map<string, Column>, name: string, make: () => Column): Column {
  const column = columns.get(name) ?? make();
  columns.set(name, column);
  return column;
}
