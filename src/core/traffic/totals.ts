import type { CountryOrBucket } from './country.ts';
import { estimateUnpriced } from './estimate.ts';
import { median } from './median.ts';
import { addMoney, type Money } from './money.ts';
import type { UnitPrice } from './priceList.ts';
import { byHour, type CountrySeries, costIn, countIn, firstHourOfLastDay } from './table.ts';
import { hours } from './window.ts';

/** Outbound messages of a span of hours. */
export interface Totals {
  readonly messages: number;
  readonly delivered: number;
  /** Failed or undelivered, blocked ones included. */
  readonly failed: number;
  readonly pumpingBlocked: number;
  readonly guardBlocked: number;
  /** What Twilio charged, and what it is estimated to charge for messages without a price yet; per currency. */
  readonly cost: readonly Money[];
  /** True when something in `cost` is estimated (see `estimateUnpriced`). */
  readonly costEstimated: boolean;
  /** Messages that are not in `cost`, not even estimated: it will rise. */
  readonly unpriced: number;
}

export interface CountryTotals {
  readonly country: CountryOrBucket;
  readonly lastDay: Totals;
  readonly window: Totals;
  /** Messages in the last 24 hours. */
  readonly observed: number;
  /** A usual day: the median of the six days before, or, with `foretold`, what these 24 hours were expected to have. */
  readonly expected: number;
  /** `observed − expected`. */
  readonly excess: number;
  /** Messages in the six days before the last 24 hours; with `foretold`, in all days that are known before them. */
  readonly before: number;
  /** The 95 % predictive interval of the last 24 hours, and how many days it was learnt from; absent where medians stand for it. */
  readonly foretold?: { readonly lower: number; readonly upper: number; readonly days: number };
  /** The earliest message in the window, epoch milliseconds. */
  readonly firstAt?: number;
  /** The three blocks most messages of the last 24 hours went to, each with a lower bound on how many. */
  readonly topBlocks: readonly { readonly block: string; readonly messages: number }[];
}

/** What a country's series, one per account, add up to. */
export function totalsOf(
  country: CountryOrBucket,
  series: readonly CountrySeries[],
  prices: readonly UnitPrice[] = [],
): CountryTotals {
  const lastDay = spanTotals(country, series, prices, firstHourOfLastDay);
  const window = spanTotals(country, series, prices, 0);
  const expected = median(dailyBefore(series));
  const firstAt = Math.min(...series.map((one) => one.firstAt));
  return {
    country,
    lastDay,
    window,
    observed: lastDay.messages,
    expected,
    excess: lastDay.messages - expected,
    before: window.messages - lastDay.messages,
    ...(Number.isFinite(firstAt) && { firstAt }),
    topBlocks: topBlocks(series),
  };
}

/**
 * The expected level of every hour of the window: a usual day, spread over the clock as the six days before the last 24 hours were, so that
 * it adds up to `expected` a day.
 */
export function expectedByHour(series: readonly CountrySeries[]): readonly number[] {
  const sent = byHour(series, 'sent').slice(0, firstHourOfLastDay);
  const total = sent.reduce((a, b) => a + b, 0);
  const usual = median(dailyBefore(series));
  const profile = Array.from({ length: 24 }, (_, clock) =>
    sent.reduce((sum, count, at) => (at % 24 === clock ? sum + count : sum), 0),
  );
  return Array.from({ length: hours }, (_, at) => (total === 0 ? 0 : (usual * (profile[at % 24] ?? 0)) / total));
}

function dailyBefore(series: readonly CountrySeries[]): readonly number[] {
  return Array.from({ length: firstHourOfLastDay / 24 }, (_, day) => countIn(series, 'sent', day * 24, day * 24 + 24));
}

/** The hours from `first` to before `end`. */
export function spanTotals(
  country: CountryOrBucket,
  series: readonly CountrySeries[],
  prices: readonly UnitPrice[],
  first: number,
  end = hours,
): Totals {
  const { amounts, basis } = estimateUnpriced(country, series, prices, first, end);
  return {
    messages: countIn(series, 'sent', first, end),
    delivered: countIn(series, 'delivered', first, end),
    failed: countIn(series, 'failed', first, end),
    pumpingBlocked: countIn(series, 'pumpingBlocked', first, end),
    guardBlocked: countIn(series, 'guardBlocked', first, end),
    cost: addMoney(costIn(series, first, end), amounts).slice(0, 10),
    costEstimated: basis !== undefined,
    unpriced: basis === undefined ? countIn(series, 'unpriced', first, end) : 0,
  };
}

function topBlocks(series: readonly CountrySeries[]): CountryTotals['topBlocks'] {
  const sums = new Map<string, number>();
  for (const { blocks } of series)
    for (const [block, messages] of blocks.counts()) sums.set(block, (sums.get(block) ?? 0) + messages);
  return [...sums]
    .map(([block, messages]) => ({ block, messages }))
    .filter(({ block }) => block.startsWith('+'))
    .sort((a, b) => b.messages - a.messages || (a.block < b.block ? -1 : 1))
    .slice(0, 3);
}
