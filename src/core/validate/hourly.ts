import type { Facts } from './facts.ts';
import { type Rise, type ScanOptions, scanRise } from './scan.ts';

/** Rows by time that an account can be told of. `time` is in epoch seconds. */
export interface Timed {
  readonly rows: number;
  readonly account: ArrayLike<number>;
  readonly time: ArrayLike<number>;
}

/** A rise in one account. Epoch milliseconds. */
export interface AccountRise extends Rise {
  readonly account: string;
  readonly first: number;
  readonly last: number;
  /** Rows of the rise that count, up to five. */
  readonly sample: readonly number[];
}

const hour = 3600;
const sampled = 5;

/** How much each hour of each account holds of what `amount` gives for a row. All accounts begin with the first row of all. */
export function byHour({ rows, account, time }: Timed, accounts: number, amount: (row: number) => number) {
  const start = Math.floor((time[0] ?? 0) / hour) * hour;
  const hours = rows === 0 ? 0 : Math.floor(((time[rows - 1] ?? 0) - start) / hour) + 1;
  const series = new Map<number, Float64Array>();
  for (let i = 0; i < rows; i++) {
    const value = amount(i);
    if (value === 0) continue;
    const who = account[i] ?? 0;
    let own = series.get(who);
    if (!own) {
      own = new Float64Array(hours);
      series.set(who, own);
    }
    const at = Math.floor(((time[i] ?? 0) - start) / hour);
    own[at] = (own[at] ?? 0) + value;
  }
  return { start, hours, series, accounts };
}

/** The rise that stands out most among all accounts, of `part`, or of its share in `whole`. */
export function mostRisen(
  timed: Timed,
  accounts: readonly string[],
  { since = Number.NEGATIVE_INFINITY, ...options }: AccountScan,
  part: (row: number) => number,
  whole?: (row: number) => number,
): AccountRise | undefined {
  const parts = byHour(timed, accounts.length, part);
  const wholes = whole && byHour(timed, accounts.length, whole);
  let best: (Rise & { readonly who: number }) | undefined;
  for (const [who, series] of parts.series) {
    const rise = scanRise(
      series,
      { ...options, after: (since - parts.start) / hour },
      wholes && (wholes.series.get(who) ?? new Float64Array(series.length)),
    );
    if (rise && (!best || rise.logP < best.logP)) best = { ...rise, who };
  }
  if (!best) return undefined;
  const { who, ...rise } = best;
  const [from, to] = [parts.start + rise.from * hour, parts.start + rise.to * hour];
  const sample: number[] = [];
  let [first, last] = [0, 0];
  for (let i = 0; i < timed.rows; i++) {
    const at = timed.time[i] ?? 0;
    if (timed.account[i] !== who || at < Math.max(from, since) || at >= to || part(i) === 0) continue;
    if (sample.length === 0) first = at;
    last = at;
    if (sample.length < sampled) sample.push(i);
  }
  return { ...rise, account: accounts[who] ?? '', first: first * 1000, last: last * 1000, sample };
}

/** How rises are looked for, in the incident's window, by the thresholds. `times` and `least` as in `ScanOptions`. */
export function scanOptions(
  { thresholds, from }: Pick<Facts, 'thresholds' | 'from'>,
  times: number,
  least: number,
): AccountScan {
  return { warmUp: thresholds.historyDays * 24, times, least, logP: Math.log(thresholds.pValue), since: from / 1000 };
}

/** `since`: epoch seconds; rises that were over by then are not told. */
export interface AccountScan extends ScanOptions {
  readonly since?: number;
}

/** Whether a log is long enough to say what is usual in it. */
export function hasHistory({ rows, time }: Timed, days: number): boolean {
  return rows > 0 && (time[rows - 1] ?? 0) - (time[0] ?? 0) >= days * 24 * hour;
}
