import { span } from '../model/age.ts';
import type { DayOfUse } from './settingFacts.ts';
import { heightOf, type Surge } from './surges.ts';

const hour = span.hour / 1000;
/** A log with fewer of the day's messages than this share may begin after the rise did. */
const covering = 0.5;

/** Messages of all accounts, by time. Times are epoch seconds. */
interface Log {
  readonly rows: number;
  readonly account: ArrayLike<number>;
  readonly time: ArrayLike<number>;
  readonly ref: ArrayLike<number>;
}

/**
 * When a rise that usage records tell of by the day began and ended by the messages themselves, epoch milliseconds, with rows of it: that of the
 * account's surge on that day, else its highest hours against `usual` a day, which may have begun the evening before. `undefined` where the log does not
 * hold the day.
 */
export function usageOnset(
  {
    out,
    accounts,
    surges,
  }: { readonly out: Log; readonly accounts: readonly string[]; readonly surges: readonly Surge[] },
  account: string,
  { day, amount }: Pick<DayOfUse, 'day' | 'amount'>,
  usual: number,
): { readonly first: number; readonly last: number; readonly refs: readonly number[] } | undefined {
  const start = (day - span.day) / 1000;
  const who = accounts.indexOf(account);
  const counts = new Float64Array(48);
  const own: number[] = [];
  let held = 0;
  for (let row = 0; row < out.rows; row++) {
    const at = Math.floor(((out.time[row] ?? 0) - start) / hour);
    if (out.account[row] !== who || at < 0 || at >= counts.length) continue;
    own.push(row);
    counts[at] = (counts[at] ?? 0) + 1;
    if (at >= 24) held += 1;
  }
  if (held < covering * amount) return undefined;
  const surged = surges.filter(
    (one) =>
      one.account === account &&
      !one.ofText &&
      one.channel === 'messages' &&
      one.last >= day &&
      one.first < day + span.day,
  );
  const told = surged.some(({ fraud }) => fraud) ? surged.filter(({ fraud }) => fraud) : surged;
  if (told.length > 0)
    return {
      first: Math.min(...told.map(({ first }) => first)),
      last: Math.max(...told.map(({ last }) => last)),
      refs: told.flatMap(({ refs }) => refs.slice(0, 3)),
    };
  const height = heightOf(counts, { from: 0, to: counts.length }, usual / 24);
  const risen = own.filter((row) => {
    const at = ((out.time[row] ?? 0) - start) / hour;
    return at >= height.from && at < height.to;
  });
  const [first, last] = [risen[0], risen.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  const instant = (row: number): number => (out.time[row] ?? 0) * 1000;
  return { first: instant(first), last: instant(last), refs: risen.slice(0, 3).map((row) => out.ref[row] ?? 0) };
}
