import type { SimAccount, Traffic } from '../world.ts';
import type { Window } from './dates.ts';
import { liveTraffic } from './liveTraffic.ts';
import type { Call } from './route.ts';

/** What traffic adds up to. Money is positive US dollars, as usage records give it. */
export interface Tally {
  readonly count: number;
  readonly amount: number;
  readonly price: number;
}

export const nothing: Tally = { count: 0, amount: 0, price: 0 };

/** Rows looked at for one sum. Beyond that the sum is projected from samples spread over the window. */
const budget = 20_000;
const slices = 24;

type Row = { readonly sid: string; readonly at: number };
export type Measure<R> = (row: R) => Omit<Tally, 'count'> | undefined;

/**
 * Sums what `measure` gives for an account's rows in a window; rows for which it gives nothing are not counted.
 * Exact up to twenty thousand rows, an estimate above: the same one every time.
 */
export function tally<R extends Row>(
  call: Call,
  account: SimAccount,
  traffic: Traffic<R>,
  { from, to }: Window,
  measure: Measure<R>,
): Tally {
  const live = liveTraffic({ ...call, account }, traffic);
  const total = live.count(from, to);
  if (total === 0) return nothing;
  if (total <= budget) return summed(live.newestFirst(from, to), measure, total).sum;
  const start = Math.max(from, account.created);
  const width = Math.ceil((to - start + 1) / slices);
  return Array.from({ length: slices }, (_, index): Tally => {
    const slice = { from: start + index * width, to: Math.min(to, start + (index + 1) * width - 1) };
    const rows = live.count(slice.from, slice.to);
    const { sum, seen } = summed(live.newestFirst(slice.from, slice.to), measure, Math.ceil(budget / slices));
    return seen === 0 ? nothing : scaled(sum, rows / seen);
  }).reduce(plus, nothing);
}

export function plus(a: Tally, b: Tally): Tally {
  return { count: a.count + b.count, amount: a.amount + b.amount, price: a.price + b.price };
}

function summed<R>(rows: Iterable<R>, measure: Measure<R>, most: number): { sum: Tally; seen: number } {
  let seen = 0;
  let [count, amount, price] = [0, 0, 0];
  for (const row of rows) {
    if (seen === most) break;
    seen += 1;
    const measured = measure(row);
    if (!measured) continue;
    count += 1;
    amount += measured.amount;
    price += measured.price;
  }
  return { sum: { count, amount, price }, seen };
}

function scaled({ count, amount, price }: Tally, by: number): Tally {
  return { count: Math.round(count * by), amount: Math.round(amount * by), price: price * by };
}
