import { refsOf, withoutCalls } from '../validate/callParts.ts';
import { mostRisen, scanOptions } from '../validate/hourly.ts';
import { clean, count, hit, say } from '../validate/results.ts';
import type { Signal } from '../validate/signal.ts';
import { accountText, expectation } from '../validate/words.ts';

const t7: Signal = {
  id: 'T7',
  title: 'Calls at odd hours',
  type: 'toll-fraud',
  needs: ['calls'],
  evaluate(facts) {
    const missing = withoutCalls(facts, true);
    if (missing) return missing;
    const { calls, thresholds } = facts;
    const { rows } = calls;
    const { share, calls: least, times } = thresholds.toll.oddHours;
    const warmUp = thresholds.historyDays * 24;
    const until = (rows.time[0] ?? 0) + warmUp * 3600;
    // The rhythm of the account's first days: an attack in them would make its own hours ordinary, which the guide's reader can see in the chart.
    const usual = new Map<number, Float64Array>();
    for (let row = 0; row < rows.rows && (rows.time[row] ?? 0) < until; row++) {
      const account = rows.account[row] ?? 0;
      const hours = usual.get(account) ?? new Float64Array(24);
      const hour = hourOf(rows.time[row] ?? 0);
      hours[hour] = (hours[hour] ?? 0) + 1;
      usual.set(account, hours);
    }
    const odd = (row: number): number => {
      const hours = usual.get(rows.account[row] ?? 0);
      const all = hours?.reduce((sum, each) => sum + each, 0) ?? 0;
      return all >= 48 && (hours?.[hourOf(rows.time[row] ?? 0)] ?? 0) < (share * all) / 24 ? 1 : 0;
    };
    const rise = mostRisen(rows, calls.accounts, scanOptions(facts, times, least), odd);
    if (!rise) return clean(say`No more calls than is usual at hours in which this account hardly calls.`);
    const found = { evidence: refsOf(facts, rise.sample), first: rise.first, last: rise.last };
    return hit(
      'warning',
      say`${count(rise.observed)} calls in ${accountText(facts, rise.account)} at hours in which it hardly calls, expected ${expectation(rise.expected)}.`,
      found,
    );
  },
};
export default t7;

/** Hour of the UTC day of an instant in epoch seconds. */
function hourOf(seconds: number): number {
  return Math.floor(seconds / 3600) % 24;
}
