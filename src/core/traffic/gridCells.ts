import { type GridLists, gridReasons, type HourGrid } from './hourGrid.ts';
import type { LogColumnData } from './logColumns.ts';

/** The memory a grid is counted in. It grows with what occurs, up to a limit. */
export interface GridCells {
  readonly currencies: number;
  readonly countries: number;
  /** How many combinations of status, reason and price there are. */
  readonly kinds: number;
  /** More would be needed than there may be: what was counted is of no use. */
  readonly full: boolean;
  /** Some are replaced when room is made. */
  readonly arrays: {
    /** By account and currency: a number for those that occur, 0 for the others. */
    readonly places: Uint32Array;
    /** By that number and country: the group's number, 0 for none. */
    readonly groupsOf: Uint32Array;
    /** By group and kind: the series' number plus one, 0 for none; group 0 has none. */
    readonly seriesOf: Uint32Array;
    /** By clock hour since the epoch: its place in the grid plus one, 0 for none. */
    readonly hoursOf: Uint16Array;
    /** Series there is room for in each hour. */
    readonly width: number;
    /** What is counted, by hour and series. */
  } & Pick<HourGrid, 'messages' | 'segments' | 'micros' | 'firsts'>;
  /** Makes room for the hour and the series of a row. */
  makeRoom(columns: LogColumnData, row: number, kind: number): void;
  /** The cells by series and hour, without the room that is left. */
  take(): Omit<HourGrid, 'oldest' | 'newest' | 'runs'>;
}

/** All hours that fit into 32 bits of seconds. */
const clockHours = Math.ceil(2 ** 32 / 3600);
const mostHours = 0xffff;
/** Tables by code are given up beyond this: an index of real accounts does not come near. */
const mostTable = 2 ** 22;

export function createGridCells(lists: GridLists, mostCells: number): GridCells {
  const [currencies, countries] = [lists.currencies.length, lists.countries.length];
  const kinds = lists.statuses.length * gridReasons.length * 2;
  const pairs = lists.accounts.length * currencies;
  const hours: number[] = [];
  const codes: number[] = [];
  let [placesUsed, groupsUsed, seriesUsed, hourRoom] = [0, 0, 0, 64];
  let full = pairs > mostTable;
  let arrays: GridCells['arrays'] = {
    places: new Uint32Array(full ? 0 : pairs),
    groupsOf: new Uint32Array(4 * countries),
    seriesOf: new Uint32Array(64 * kinds),
    hoursOf: new Uint16Array(clockHours),
    width: 64,
    ...room(64 * hourRoom),
  };

  /** Cells are moved when a series more does not fit beside the others of its hour. */
  function widen(width: number, hourCount: number): void {
    if (width * hourCount > 2 * mostCells) {
      full = true;
      return;
    }
    const larger = room(width * hourCount);
    for (let hour = 0; hour < hours.length; hour++) copyHour(arrays, hour * arrays.width, larger, hour * width);
    arrays = { ...arrays, ...larger, width };
    hourRoom = hourCount;
  }
  function copyHour(from: GridCells['arrays'], at: number, to: ReturnType<typeof room>, target: number): void {
    for (const name of ['messages', 'segments', 'micros', 'firsts'] as const)
      to[name].set(from[name].subarray(at, at + seriesUsed), target);
  }

  return {
    currencies,
    countries,
    kinds,
    get full() {
      return full || seriesUsed * hours.length > mostCells;
    },
    get arrays() {
      return arrays;
    },
    makeRoom(columns, row, kind) {
      const hour = Math.floor((columns.time[row] as number) / 3600);
      if (arrays.hoursOf[hour] === 0) {
        if (hours.length === hourRoom) widen(arrays.width, 2 * hourRoom);
        if (hours.length === mostHours) full = true;
        if (full) return;
        arrays.hoursOf[hour] = hours.push(hour);
      }
      const { places } = arrays;
      const [account, country, currency, status] = codesAt(columns, row);
      const pair = account * currencies + currency;
      if (places[pair] === 0) places[pair] = ++placesUsed;
      // Always room for every country of a pair, and every kind of a group: whoever counts looks beyond no table.
      const groupsEnd = ((places[pair] as number) + 1) * countries;
      if (groupsEnd > arrays.groupsOf.length) arrays = { ...arrays, groupsOf: grown(arrays.groupsOf, groupsEnd) };
      const group = (places[pair] as number) * countries + country;
      if (arrays.groupsOf[group] === 0) arrays.groupsOf[group] = ++groupsUsed;
      const seriesEnd = ((arrays.groupsOf[group] as number) + 1) * kinds;
      if (seriesEnd > arrays.seriesOf.length) arrays = { ...arrays, seriesOf: grown(arrays.seriesOf, seriesEnd) };
      const series = (arrays.groupsOf[group] as number) * kinds + kind;
      if (arrays.seriesOf[series] !== 0) return;
      if (seriesUsed === arrays.width) widen(2 * arrays.width, hourRoom);
      if (arrays.groupsOf.length > mostTable || arrays.seriesOf.length > mostTable) full = true;
      if (full) return;
      codes.push(account, country, currency, status, Math.floor(kind / 2) % gridReasons.length, kind % 2);
      arrays.seriesOf[series] = ++seriesUsed;
    },
    take() {
      const { width, messages, segments, micros, firsts } = arrays;
      const shape = { width, series: seriesUsed, hours: hours.length };
      return {
        hours: Uint32Array.from(hours),
        series: Uint16Array.from(codes),
        messages: bySeries(messages, new Uint32Array(seriesUsed * hours.length), shape),
        segments: bySeries(segments, new Uint32Array(seriesUsed * hours.length), shape),
        micros: bySeries(micros, new Float64Array(seriesUsed * hours.length), shape),
        firsts: bySeries(firsts, new Uint16Array(seriesUsed * hours.length), shape),
      };
    },
  };
}

function codesAt({ account, country, currency, status }: LogColumnData, row: number) {
  return [account[row] ?? 0, country[row] ?? 0, currency[row] ?? 0, status[row] ?? 0] as const;
}

function grown(table: Uint32Array, length: number): Uint32Array {
  const larger = new Uint32Array(2 * Math.max(table.length, length));
  larger.set(table);
  return larger;
}

/** Counting goes hour by hour, questions series by series. */
function bySeries<Column extends Uint32Array | Float64Array | Uint16Array>(
  byHour: Column,
  to: Column,
  { width, series, hours }: { readonly width: number; readonly series: number; readonly hours: number },
): Column {
  for (let n = 0; n < series; n++)
    for (let hour = 0; hour < hours; hour++) to[n * hours + hour] = byHour[hour * width + n] as number;
  return to;
}

function room(cells: number) {
  return {
    messages: new Uint32Array(cells),
    segments: new Uint32Array(cells),
    micros: new Float64Array(cells),
    firsts: new Uint16Array(cells).fill(0xffff),
  };
}
