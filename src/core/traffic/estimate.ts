import type { CountryOrBucket } from './country.ts';
import { addMoney, type Money } from './money.ts';
import type { UnitPrice } from './priceList.ts';
import type { CountrySeries } from './table.ts';

/** What is not rated yet will cost about this. */
export interface Estimate {
  /** Per currency; empty when nothing is open, or no price is known. */
  readonly amounts: readonly Money[];
  /** Where the price of a segment is from; absent when no price is known. */
  readonly basis?: 'price list' | 'same logs';
}

const nothing: Estimate = { amounts: [] };

/**
 * Messages without a price × their segments × the price of a segment, or calls × their billed minutes × the price of a minute: Twilio's current list
 * price for the country, of `prices` that are all of the one unit, or, where no list is known, the mean that rated ones to the same country cost in the same logs. Without both there is no estimate: never 0. Counts the
 * hours from `first` to before `end`.
 */
export function estimateUnpriced(
  country: CountryOrBucket,
  series: readonly CountrySeries[],
  prices: readonly UnitPrice[],
  first = 0,
  end?: number,
): Estimate {
  const open = series.reduce(
    (sum, { segments }) => segments.unpriced.subarray(first, end).reduce((a, b) => a + b, sum),
    0,
  );
  if (open === 0) return nothing;
  const listed = prices.find((price) => price.country === country);
  if (listed) return { amounts: [{ currency: listed.currency, amount: open * listed.amount }], basis: 'price list' };
  const mean = meanPrice(series);
  return mean ? { amounts: [{ currency: mean.currency, amount: open * mean.amount }], basis: 'same logs' } : nothing;
}

/** What a segment cost on average in the currency most segments were charged in. */
function meanPrice(series: readonly CountrySeries[]): Money | undefined {
  const segments = addMoney(
    series.flatMap(({ segments: { priced } }) => [...priced].map(([currency, amount]) => ({ currency, amount }))),
  );
  const [most] = segments.toSorted((a, b) => b.amount - a.amount);
  if (!most) return undefined;
  const total = series.reduce(
    (sum, { cost }) => (cost.get(most.currency) ?? new Float64Array()).reduce((a, b) => a + b, sum),
    0,
  );
  return total > 0 ? { currency: most.currency, amount: total / most.amount } : undefined;
}
