import { noCurrency } from '../model/currency.ts';
import type { CountryHours } from './countryHours.ts';
import { type GridLists, gridReasons, type HourGrid, seriesCodes, seriesIn } from './hourGrid.ts';
import type { Span } from './logColumns.ts';
import { costsNothing, type SegmentCounts } from './segmentCounts.ts';

/** What an index' rows say of an account and country by hour, as `createCountryHours` counts it, and what it is charged by, as `createImportedSegments` does. */
export type GridHours = CountryHours & {
  /** Over the whole span, one number per hour of it. */
  readonly charged: { readonly segments: SegmentCounts; readonly unpriced: Uint32Array };
};

const secondsPerHour = 3600;
const million = 1e6;

/**
 * Country × hour × account from a grid, without a look at the rows: a few milliseconds for ten million. `span` begins on a whole hour; `undefined` when it ends
 * inside an hour that has later messages, which only the rows tell apart. Memory as `createCountryHours` takes.
 */
export function gridHours(grid: HourGrid, lists: GridLists, span: Span): readonly GridHours[] | undefined {
  if (span.from % secondsPerHour !== 0) return undefined;
  if (span.to % secondsPerHour !== secondsPerHour - 1 && span.to < grid.newest) return undefined;
  const hours = Math.floor((span.to - span.from) / secondsPerHour) + 1;
  const first = span.from / secondsPerHour;
  const places = Int32Array.from(grid.hours, (hour) =>
    hour >= first && hour < first + hours ? hour - first : outside,
  );
  const groups = new Map<number, Group>();
  const zeros = memoryFor(seriesIn(grid), hours);
  for (const [n, series] of seriesOf(grid, lists).entries()) {
    const cells = cellsOf(grid, n);
    const firstAt = firstIn(cells, places);
    if (firstAt === Number.POSITIVE_INFINITY) continue;
    const group = groupIn(groups, series, lists, zeros);
    group.firstAt = Math.min(group.firstAt, firstAt);
    addSeries(group, series, cells, places);
  }
  return [...groups.values()].map((group) => resultOf(group, lists, span.from));
}

/** Stands for the place of an hour that is not in the span. */
const outside = -1;

type Cells = Pick<HourGrid, 'messages' | 'segments' | 'micros' | 'firsts'>;

/** The cells of one series, one an hour of the grid. */
function cellsOf({ hours: { length }, messages, segments, micros, firsts }: HourGrid, n: number): Cells {
  const [from, to] = [n * length, (n + 1) * length];
  return {
    messages: messages.subarray(from, to),
    segments: segments.subarray(from, to),
    micros: micros.subarray(from, to),
    firsts: firsts.subarray(from, to),
  };
}

/** Seconds into the span of a series' first message; infinite when it has none. Element reads are asserted to be there, here and below. */
function firstIn({ messages, firsts }: Cells, places: Int32Array): number {
  let least = Number.POSITIVE_INFINITY;
  for (let n = 0; n < places.length; n++) {
    const place = places[n] as number;
    if (place === outside || messages[n] === 0) continue;
    const at = place * secondsPerHour + (firsts[n] as number);
    if (at < least) least = at;
  }
  return least;
}

/** Adds what is counted in each hour to the hour's place. */
function addTo(sums: Uint32Array, counts: Uint32Array, places: Int32Array): void {
  for (let n = 0; n < places.length; n++) {
    const place = places[n] as number;
    if (place !== outside) (sums[place] as number) += counts[n] as number;
  }
}

function sumIn(counts: Uint32Array, places: Int32Array): number {
  let sum = 0;
  for (let n = 0; n < places.length; n++) if (places[n] !== outside) sum += counts[n] as number;
  return sum;
}

/** As `addTo`; compiled apart, since numbers of one size are read faster than of several. */
function addMicros(sums: Float64Array, micros: Float64Array, places: Int32Array): void {
  for (let n = 0; n < places.length; n++)
    if (places[n] !== outside) (sums[places[n] as number] as number) += micros[n] as number;
}

/** A series with what its codes mean. */
interface Series {
  readonly account: number;
  readonly country: number;
  readonly currency: number;
  readonly outcome: 'delivered' | 'failed' | undefined;
  readonly reason: (typeof gridReasons)[number];
  readonly open: boolean;
  readonly free: boolean;
}

function seriesOf(grid: HourGrid, { statuses }: GridLists): readonly Series[] {
  return Array.from({ length: seriesIn(grid) }, (_, n): Series => {
    const [account = 0, country = 0, currency = 0, status = 0, reason = 0, open = 0] = grid.series.subarray(
      n * seriesCodes,
      (n + 1) * seriesCodes,
    );
    const name = statuses[status] ?? '';
    return {
      account,
      country,
      currency,
      outcome: outcomes.get(name),
      reason: gridReasons[reason] ?? 'none',
      open: open === 1,
      free: reason !== 0 || costsNothing(name, undefined),
    };
  });
}

const outcomes = new Map([
  ['delivered', 'delivered'],
  ['read', 'delivered'],
  ['failed', 'failed'],
  ['undelivered', 'failed'],
] as const satisfies [string, 'delivered' | 'failed'][]) as ReadonlyMap<string, 'delivered' | 'failed'>;

/** Of an account and a country; costs in millionths and segments by the currency's code. */
interface Group extends Pick<GridHours, 'account' | 'country' | 'charged'> {
  readonly counts: Pick<GridHours, 'sent' | 'delivered' | 'failed' | 'pumpingBlocked' | 'guardBlocked' | 'unpriced'>;
  readonly micros: Map<number, Float64Array>;
  readonly priced: Map<number, number>;
  /** Seconds since the hour the span begins with. */
  firstAt: number;
}

/** Hands out rows of zeros, many of one piece of memory: hundreds of small ones take longer than counting. */
function memoryFor(series: number, hours: number): () => Uint32Array {
  const rows = Math.min(8 * series, 1024);
  let memory = new Uint32Array(0);
  let used = 0;
  return () => {
    if (used === memory.length) {
      memory = new Uint32Array(rows * hours);
      used = 0;
    }
    used += hours;
    return memory.subarray(used - hours, used);
  };
}

function groupIn(groups: Map<number, Group>, series: Series, lists: GridLists, zeros: () => Uint32Array): Group {
  const key = series.account * lists.countries.length + series.country;
  const known = groups.get(key);
  if (known) return known;
  const group: Group = {
    account: lists.accounts[series.account] ?? '',
    country: lists.countries[series.country] ?? 'unknown',
    counts: {
      sent: zeros(),
      delivered: zeros(),
      failed: zeros(),
      pumpingBlocked: zeros(),
      guardBlocked: zeros(),
      unpriced: zeros(),
    },
    charged: { segments: { priced: new Map(), unpriced: zeros() }, unpriced: zeros() },
    micros: new Map(),
    priced: new Map(),
    firstAt: Number.POSITIVE_INFINITY,
  };
  groups.set(key, group);
  return group;
}

function addSeries(
  group: Group,
  { outcome, reason, open, free, currency }: Series,
  cells: Cells,
  places: Int32Array,
): void {
  const { counts, charged, micros, priced } = group;
  addTo(counts.sent, cells.messages, places);
  if (outcome !== undefined) addTo(counts[outcome], cells.messages, places);
  if (reason !== 'none') addTo(counts[reason], cells.messages, places);
  // What was blocked costs nothing.
  else if (open) addTo(counts.unpriced, cells.messages, places);
  if (open && free) return;
  if (open) {
    addTo(charged.segments.unpriced, cells.segments, places);
    addTo(charged.unpriced, cells.messages, places);
    return;
  }
  const cost = micros.get(currency) ?? new Float64Array(counts.sent.length);
  micros.set(currency, cost);
  addMicros(cost, cells.micros, places);
  const segments = sumIn(cells.segments, places);
  if (segments > 0) priced.set(currency, (priced.get(currency) ?? 0) + segments);
}

function resultOf(group: Group, { currencies }: GridLists, from: number): GridHours {
  const { account, country, counts, charged, micros, priced, firstAt } = group;
  const named = (code: number): string => currencies[code] ?? noCurrency;
  for (const [code, segments] of priced) charged.segments.priced.set(named(code), segments);
  return {
    account,
    country,
    ...counts,
    charged,
    cost: new Map([...micros].map(([code, cost]) => [named(code), inUnits(cost)])),
    firstAt: (from + firstAt) * 1000,
  };
}

/** Millionths as units, in place. */
function inUnits(cost: Float64Array): Float64Array {
  for (let hour = 0; hour < cost.length; hour++) cost[hour] = (cost[hour] as number) / million;
  return cost;
}
