import { noCurrency } from '../model/currency.ts';
import { billedMinutes, type CallColumns, isOutboundCall } from './callLog.ts';
import type { CountryOrBucket } from './country.ts';
import { createGroups, increase, sumOf } from './hourGroups.ts';
import { codesWhere, type Span, unpriced } from './logColumns.ts';

/** Outbound calls of one account to one country, one number per hour of the span. */
export interface CallHours {
  readonly account: string;
  readonly country: CountryOrBucket;
  readonly calls: Uint32Array;
  /** As they are billed: begun minutes count. */
  readonly minutes: Uint32Array;
  /** By status: `completed`, `busy`, `no-answer`, `failed`, `canceled`… */
  readonly statuses: Map<string, Uint32Array>;
  /** Minutes of calls that lasted and have no price yet. */
  readonly unpricedMinutes: Uint32Array;
  /** Per ISO 4217 currency. */
  readonly cost: Map<string, Float64Array>;
}

/** Country × hour × account of imported calls. `span` begins on a whole hour. Memory grows with accounts × countries × hours. */
export function callHours(columns: CallColumns, span: Span): readonly CallHours[] {
  const { rows, time, seconds, price, account, country, status, direction, currency } = columns;
  const outbound = codesWhere(columns.directions, isOutboundCall);
  const groups = createGroups(
    columns,
    span,
    (place, zeros): CallHours => ({
      ...place,
      calls: zeros(),
      minutes: zeros(),
      statuses: new Map(),
      unpricedMinutes: zeros(),
      cost: new Map(),
    }),
  );
  for (let row = 0; row < rows; row++) {
    const hour = groups.hourOf(time[row] ?? 0);
    if (hour === undefined || outbound[direction[row] ?? 0] !== 1) continue;
    const group = groups.of(account[row] ?? 0, country[row] ?? 0);
    const minutes = billedMinutes(seconds[row] ?? 0);
    const micros = price[row] ?? unpriced;
    increase(group.calls, hour, 1);
    increase(group.minutes, hour, minutes);
    increase(sumOf(group.statuses, columns.statuses[status[row] ?? 0] ?? '', groups.zeros), hour, 1);
    if (micros === unpriced) increase(group.unpricedMinutes, hour, minutes);
    else
      increase(
        sumOf(group.cost, columns.currencies[currency[row] ?? 0] ?? noCurrency, groups.noCost),
        hour,
        micros / 1e6,
      );
  }
  return groups.all();
}
