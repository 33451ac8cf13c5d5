import { noCurrency } from '../model/currency.ts';
import type { CountryOrBucket } from './country.ts';
import { createHourCells, type HourCells } from './hourCells.ts';
import { codesWhere, isOutbound, type LogColumns, type Span, unpriced } from './logColumns.ts';
import type { CountrySeries } from './table.ts';

/** Outbound messages of one account to one country, one number per hour of the span. */
export type CountryHours = Omit<CountrySeries, 'blocks' | 'segments'> & {
  readonly account: string;
  readonly country: CountryOrBucket;
};

const secondsPerHour = 3600;
const million = 1e6;

/** Counts rows a slice at a time, so that whoever must stay responsive can take a breath in between. */
export interface CountryHoursQuery {
  /** Counts the rows from `first` to before `end`. */
  add(first: number, end: number): void;
  /** What was counted so far. */
  result(): readonly CountryHours[];
}

/** Rows counted at a time: the loop then runs as its compiled self from the next call on. */
const rowsAtOnce = 4096;

/**
 * Country × hour × account: count, delivered, failed, blocked, cost. `span` begins on a whole hour. Memory grows with accounts ×
 * countries × hours.
 */
export function createCountryHours(columns: LogColumns, span: Span): CountryHoursQuery {
  const hours = Math.floor((span.to - span.from) / secondsPerHour) + 1;
  const cells = createHourCells(columns, hours, kinds);
  const classes = classesOf(columns);
  return {
    add(first, end) {
      for (
        let row = first;
        row < end;
        row = count(columns, span, classes, cells, row, Math.min(end, row + rowsAtOnce))
      );
    },
    result: () => resultOf(columns, span.from, hours, cells),
  };
}

const outcomes = ['other', 'delivered', 'failed'] as const;
const reasons = ['none', 'pumpingBlocked', 'guardBlocked'] as const;

/** Every combination of what is asked of a message is a kind of its own, so that a row is counted once. A kind's place is its number. */
const allKinds = reasons.flatMap((reason) =>
  outcomes.flatMap((outcome) => [false, true].map((open) => ({ reason, outcome, open }))),
);
type Kind = (typeof allKinds)[number];
const kinds = allKinds.length;

const asked = {
  sent: () => true,
  delivered: ({ outcome }) => outcome === 'delivered',
  failed: ({ outcome }) => outcome === 'failed',
  pumpingBlocked: ({ reason }) => reason === 'pumpingBlocked',
  guardBlocked: ({ reason }) => reason === 'guardBlocked',
  // What was blocked costs nothing.
  unpriced: ({ open, reason }) => open && reason === 'none',
} as const satisfies Record<string, (kind: Kind) => boolean>;
const series = Object.keys(asked).length;

/** Which codes mean what; the numbers of outcome, reason and price add up to the kind's. */
interface Classes {
  readonly outbound: Uint8Array;
  readonly outcome: Uint8Array;
  readonly reason: Uint8Array;
}

function classesOf({ directions, statuses, errors }: LogColumns): Classes {
  const outcomeOf = (one: string): (typeof outcomes)[number] => {
    if (one === 'delivered' || one === 'read') return 'delivered';
    return one === 'failed' || one === 'undelivered' ? 'failed' : 'other';
  };
  const reasonOf = (code: number): (typeof reasons)[number] =>
    code === 30450 ? 'pumpingBlocked' : code === 60410 ? 'guardBlocked' : 'none';
  return {
    outbound: codesWhere(directions, isOutbound),
    outcome: Uint8Array.from(statuses, (one) => 2 * outcomes.indexOf(outcomeOf(one))),
    reason: Uint8Array.from(errors, (code) => 2 * outcomes.length * reasons.indexOf(reasonOf(code))),
  };
}

/**
 * Counts the rows from `first` to before `end`, or to before the one that needs a new group, which it makes; returns where it stopped. The
 * loop calls nothing, so that what it needs of the arrays stays in registers. Element reads are asserted to be there: codes are the columns' own.
 */
function count(
  columns: LogColumns,
  span: Span,
  { outbound, outcome, reason }: Classes,
  cells: HourCells,
  first: number,
  end: number,
): number {
  const { time, price, error, account, country, status, currency, direction } = columns;
  const { places, groupsOf, counts, micros, firstAt, seen } = cells.arrays;
  const { from } = span;
  const lasts = (span.to - from) >>> 0;
  const hours = Math.floor(lasts / secondsPerHour) + 1;
  const countries = columns.countries.length;
  const currencies = columns.currencies.length;
  // Rows are mostly in order of time: many in a row lie in the same hour.
  let begins = -secondsPerHour;
  let hour = 0;
  let row = first;
  for (; row < end; row++) {
    // Seconds into the span; what lies before it becomes more than it lasts.
    const at = ((time[row] as number) - from) >>> 0;
    if (at > lasts || outbound[direction[row] as number] !== 1) continue;
    if (at < begins || at >= begins + secondsPerHour) {
      hour = Math.floor(at / secondsPerHour);
      begins = hour * secondsPerHour;
    }
    const place = places[(account[row] as number) * currencies + (currency[row] as number)] as number;
    const group = (groupsOf[place * countries + (country[row] as number)] as number) - 1;
    if (group < 0) break;
    const cost = price[row] as number;
    const open = cost === unpriced ? 1 : 0;
    const kind = (reason[error[row] as number] as number) + (outcome[status[row] as number] as number) + open;
    (seen[group] as number) |= 1 << kind;
    (counts[(group * kinds + kind) * hours + hour] as number)++;
    if (open === 0) (micros[group * hours + hour] as number) += cost;
    if (at < (firstAt[group] as number)) firstAt[group] = at;
  }
  if (row < end) cells.addGroup(account[row] as number, country[row] as number, currency[row] as number);
  return row;
}

function resultOf(columns: LogColumns, from: number, hours: number, cells: HourCells): readonly CountryHours[] {
  const { countries, currencies, accounts } = columns;
  const { groups, arrays } = cells;
  const found = new Map<number, CountryHours>();
  // One piece of memory for all: hundreds of small ones take longer than counting.
  const memory = new Uint32Array(groups.length * series * hours);
  for (const [group, codes] of groups.entries()) {
    const pair = codes.account * countries.length + codes.country;
    const counted: CountryHours = {
      country: countries[codes.country] ?? 'unknown',
      account: accounts[codes.account] ?? '',
      ...countsOf(arrays, hours, group, memory.subarray(group * series * hours)),
      cost: new Map(),
      firstAt: (from + (arrays.firstAt[group] ?? 0)) * 1000,
    };
    const known = found.get(pair);
    const result = known ? sumOf(known, counted) : counted;
    found.set(pair, result);
    if (allKinds.some(({ open }, kind) => !open && isSeen(arrays, group, kind)))
      result.cost.set(currencies[codes.currency] ?? noCurrency, costOf(arrays, hours, group));
  }
  return [...found.values()];
}

function isSeen({ seen }: HourCells['arrays'], group: number, kind: number): boolean {
  return (((seen[group] ?? 0) >>> kind) & 1) === 1;
}

/** Sums up a group's kinds, in memory that is 0. */
function countsOf(arrays: HourCells['arrays'], hours: number, group: number, memory: Uint32Array) {
  let used = 0;
  const sumOf = (isAsked: (kind: Kind) => boolean): Uint32Array => {
    const sum = memory.subarray(used, used + hours);
    used += hours;
    for (const [kind, one] of allKinds.entries())
      if (isAsked(one) && isSeen(arrays, group, kind)) add(sum, arrays.counts, (group * kinds + kind) * hours);
    return sum;
  };
  return {
    sent: sumOf(asked.sent),
    delivered: sumOf(asked.delivered),
    failed: sumOf(asked.failed),
    pumpingBlocked: sumOf(asked.pumpingBlocked),
    guardBlocked: sumOf(asked.guardBlocked),
    unpriced: sumOf(asked.unpriced),
  };
}

function add(sum: Uint32Array, counts: Uint32Array, first: number): void {
  for (let hour = 0; hour < sum.length; hour++)
    sum[hour] = ((sum[hour] as number) + (counts[first + hour] as number)) >>> 0;
}

function costOf({ micros }: HourCells['arrays'], hours: number, group: number): Float64Array {
  const cost = micros.slice(group * hours, (group + 1) * hours);
  for (let hour = 0; hour < hours; hour++) cost[hour] = (cost[hour] as number) / million;
  return cost;
}

/** Messages to a country that are paid in several currencies. */
function sumOf(a: CountryHours, b: CountryHours): CountryHours {
  return {
    ...a,
    sent: sum(a.sent, b.sent),
    delivered: sum(a.delivered, b.delivered),
    failed: sum(a.failed, b.failed),
    pumpingBlocked: sum(a.pumpingBlocked, b.pumpingBlocked),
    guardBlocked: sum(a.guardBlocked, b.guardBlocked),
    unpriced: sum(a.unpriced, b.unpriced),
    firstAt: Math.min(a.firstAt, b.firstAt),
  };
}

function sum(a: Uint32Array, b: Uint32Array): Uint32Array {
  return a.map((count, hour) => count + (b[hour] ?? 0));
}
