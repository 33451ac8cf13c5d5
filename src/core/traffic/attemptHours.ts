import { noCurrency } from '../model/currency.ts';
import type { AttemptColumns } from './attemptLog.ts';
import type { CountryOrBucket } from './country.ts';
import { createGroups, increase, sumOf } from './hourGroups.ts';
import { codesWhere, type Span, unpriced } from './logColumns.ts';

/** Verify attempts of one account to one country, one number per hour of the span. */
export interface AttemptHours {
  readonly account: string;
  readonly country: CountryOrBucket;
  readonly attempts: Uint32Array;
  /** Attempts whose code was entered. */
  readonly converted: Uint32Array;
  /** Without a price yet. */
  readonly unpriced: Uint32Array;
  /** Per ISO 4217 currency. */
  readonly cost: Map<string, Float64Array>;
}

/** Country × hour × account of imported Verify attempts. `span` begins on a whole hour. */
export function attemptHours(columns: AttemptColumns, span: Span): readonly AttemptHours[] {
  const { rows, time, price, account, country, conversion, currency } = columns;
  const converted = codesWhere(columns.conversions, (one) => one === 'converted');
  const groups = createGroups(
    columns,
    span,
    (place, zeros): AttemptHours => ({
      ...place,
      attempts: zeros(),
      converted: zeros(),
      unpriced: zeros(),
      cost: new Map(),
    }),
  );
  for (let row = 0; row < rows; row++) {
    const hour = groups.hourOf(time[row] ?? 0);
    if (hour === undefined) continue;
    const group = groups.of(account[row] ?? 0, country[row] ?? 0);
    const micros = price[row] ?? unpriced;
    increase(group.attempts, hour, 1);
    if (converted[conversion[row] ?? 0] === 1) increase(group.converted, hour, 1);
    if (micros === unpriced) increase(group.unpriced, hour, 1);
    else
      increase(
        sumOf(group.cost, columns.currencies[currency[row] ?? 0] ?? noCurrency, groups.noCost),
        hour,
        micros / 1e6,
      );
  }
  return groups.all();
}
