import type { CountryOrBucket } from './country.ts';
import { codesWhere, isOutbound, type LogColumns, type Span, unpriced } from './logColumns.ts';
import type { CountrySeries } from './table.ts';

/** Outbound messages of one account to one country, one number per hour of the span. */
export type CountryHours = Omit<CountrySeries, 'blocks'> & {
  readonly account: string;
  readonly country: CountryOrBucket;
};

const secondsPerHour = 3600;
const million = 1e6;

/** Counts rows a slice at a time, so that whoever must stay responsive can take a breath in between. */
export interface CountryHoursQuery {
  /** Counts the rows from `first` to before `end`. */
  add(first: number, end: number): void;
  result(): readonly CountryHours[];
}

/**
 * Country × hour × account: count, delivered, failed, blocked, cost. `span` begins on a whole hour. Memory grows with accounts ×
 * countries × hours.
 */
export function createCountryHours(columns: LogColumns, span: Span): CountryHoursQuery {
  const { time, price, error, account, country, status, currency, direction, currencies } = columns;
  const hours = Math.floor((span.to - span.from) / secondsPerHour) + 1;
  const outbound = codesWhere(columns.directions, isOutbound);
  const delivered = codesWhere(columns.statuses, (one) => one === 'delivered' || one === 'read');
  const failed = codesWhere(columns.statuses, (one) => one === 'failed' || one === 'undelivered');
  const pumping = codesWhere(columns.errors, (code) => code === 30450);
  const guard = codesWhere(columns.errors, (code) => code === 60410);
  const groups: (CountryHours | undefined)[] = [];
  const found: CountryHours[] = [];

  function groupOf(accountCode: number, countryCode: number): CountryHours {
    const at = accountCode * columns.countries.length + countryCode;
    let group = groups[at];
    if (!group) {
      group = emptyGroup(columns.accounts[accountCode] ?? '', columns.countries[countryCode] ?? 'unknown', hours);
      groups[at] = group;
      found.push(group);
    }
    return group;
  }

  return {
    add(first, end) {
      for (let row = first; row < end; row++) {
        const at = time[row] ?? 0;
        if (outbound[direction[row] ?? 0] !== 1 || at < span.from || at > span.to) continue;
        const group = groupOf(account[row] ?? 0, country[row] ?? 0);
        const hour = Math.floor((at - span.from) / secondsPerHour);
        const reason = error[row] ?? 0;
        const outcome = status[row] ?? 0;
        const micros = price[row] ?? unpriced;
        increase(group.sent, hour, 1);
        if (delivered[outcome] === 1) increase(group.delivered, hour, 1);
        else if (failed[outcome] === 1) increase(group.failed, hour, 1);
        const isPumping = pumping[reason] === 1;
        const isGuard = guard[reason] === 1;
        if (isPumping) increase(group.pumpingBlocked, hour, 1);
        else if (isGuard) increase(group.guardBlocked, hour, 1);
        if (micros !== unpriced)
          increase(costOf(group, currencies[currency[row] ?? 0] ?? 'XXX', hours), hour, micros / million);
        else if (!isPumping && !isGuard) increase(group.unpriced, hour, 1);
        if (at * 1000 < group.firstAt) group.firstAt = at * 1000;
      }
    },
    result: () => found,
  };
}

function emptyGroup(account: string, country: CountryOrBucket, hours: number): CountryHours {
  const zeros = (): Uint32Array => new Uint32Array(hours);
  return {
    account,
    country,
    sent: zeros(),
    delivered: zeros(),
    failed: zeros(),
    pumpingBlocked: zeros(),
    guardBlocked: zeros(),
    unpriced: zeros(),
    cost: new Map(),
    firstAt: Number.POSITIVE_INFINITY,
  };
}

function costOf({ cost }: CountryHours, currency: string, hours: number): Float64Array {
  const known = cost.get(currency);
  if (known) return known;
  const fresh = new Float64Array(hours);
  cost.set(currency, fresh);
  return fresh;
}

function increase(column: Uint32Array | Float64Array, at: number, by: number): void {
  column[at] = (column[at] ?? 0) + by;
}
