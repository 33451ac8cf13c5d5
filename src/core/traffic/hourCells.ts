import type { LogColumns } from './logColumns.ts';

/** Codes. */
interface Group {
  readonly account: number;
  readonly country: number;
  readonly currency: number;
}

/** Counts of all groups by hour: a group for each account, country and currency that occur. */
export interface HourCells {
  /** In the order they were met. */
  readonly groups: readonly Group[];
  /** Replaced when a group is added. */
  readonly arrays: {
    /** By account and currency: a number for those that occur, 0 for the others. */
    readonly places: Uint32Array;
    /** By that number and country: the group's number plus one, 0 for none. */
    readonly groupsOf: Uint32Array;
    /** By group, kind and hour. */
    readonly counts: Uint32Array;
    /** By group and hour: prices in millionths. Whole numbers, so that sums are exact below 9e15. */
    readonly micros: Float64Array;
    /** By group: seconds into the span. */
    readonly firstAt: Uint32Array;
    /** By group: a bit for each kind that occurs. */
    readonly seen: Uint32Array;
  };
  /** Makes room for a new group and returns its number. */
  addGroup(account: number, country: number, currency: number): number;
}

/** Counts there is room for at first. Memory that is not used costs nothing, copying what is used does. */
const firstCounts = 2 ** 23;

/** `kinds`: how many different things are counted in each hour, 32 at most. */
export function createHourCells(columns: LogColumns, hours: number, kinds: number): HourCells {
  const { accounts, currencies, countries } = columns;
  const groups: Group[] = [];
  const places = new Uint32Array(accounts.length * currencies.length);
  let placesUsed = 0;
  let capacity = Math.max(16, Math.floor(firstCounts / (kinds * hours)));
  // Place 0 has no groups.
  let arrays = { places, groupsOf: new Uint32Array(4 * countries.length), ...roomFor(capacity, hours, kinds) };

  return {
    groups,
    get arrays() {
      return arrays;
    },
    addGroup(account, country, currency) {
      const pair = account * currencies.length + currency;
      if (places[pair] === 0) places[pair] = ++placesUsed;
      const first = (places[pair] as number) * countries.length;
      if (first + countries.length > arrays.groupsOf.length) {
        const groupsOf = new Uint32Array(2 * arrays.groupsOf.length);
        groupsOf.set(arrays.groupsOf);
        arrays = { ...arrays, groupsOf };
      }
      if (groups.length === capacity) {
        capacity *= 2;
        const larger = roomFor(capacity, hours, kinds);
        larger.counts.set(arrays.counts);
        larger.micros.set(arrays.micros);
        larger.firstAt.set(arrays.firstAt);
        larger.seen.set(arrays.seen);
        arrays = { ...arrays, ...larger };
      }
      arrays.groupsOf[first + country] = groups.push({ account, country, currency });
      return groups.length - 1;
    },
  };
}

function roomFor(capacity: number, hours: number, kinds: number) {
  return {
    counts: new Uint32Array(capacity * kinds * hours),
    micros: new Float64Array(capacity * hours),
    firstAt: new Uint32Array(capacity).fill(0xffff_ffff),
    seen: new Uint32Array(capacity),
  };
}
