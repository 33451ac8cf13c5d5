import { isTollDestination, refsOf, withoutCalls } from '../validate/callParts.ts';
import type { Facts } from '../validate/facts.ts';
import { clean, count, hit, say } from '../validate/results.ts';
import { dialingPermissionsCheck } from '../validate/settingChecks.ts';
import type { Signal } from '../validate/signal.ts';
import { money, nameOf } from '../validate/words.ts';

const hourMs = 3_600_000;

const t2: Signal = {
  id: 'T2',
  title: 'Calls to premium-rate or unusual international numbers',
  type: 'toll-fraud',
  needs: ['calls'],
  evaluate(facts) {
    const missing = withoutCalls(facts, false);
    if (missing) return missing;
    const { calls, thresholds } = facts;
    const { premiumCalls, newCountryCalls } = thresholds.toll;
    const premium = tally(facts, (row) => calls.rows.premium[row] === 1);
    if (premium.calls >= premiumCalls.warning) {
      const severity = premium.calls >= premiumCalls.critical ? 'critical' : 'warning';
      return hit(
        severity,
        say`${count(premium.calls)} calls to premium-rate or satellite numbers (${premium.where}), ${money(premium.cost, calls.currency)}.`,
        premium,
      );
    }
    const since = Math.max(thresholds.historyDays * 24 * 3600 + (calls.rows.time[0] ?? 0), facts.from / 1000);
    const early = new Set<number>();
    for (let row = 0; row < calls.rows.rows; row++)
      if ((calls.rows.time[row] ?? 0) < since) early.add(calls.rows.country[row] ?? 0);
    const fresh = tally(facts, (row) => !early.has(calls.rows.country[row] ?? 0));
    if (
      fresh.calls >= newCountryCalls &&
      fresh.last - fresh.first >= 0 &&
      (calls.rows.time[calls.rows.rows - 1] ?? 0) >= since
    ) {
      const toll = tally(facts, (row) => !early.has(calls.rows.country[row] ?? 0) && isTollDestination(facts, row));
      const severity = toll.calls >= newCountryCalls ? 'critical' : 'notice';
      return hit(
        severity,
        say`${count(fresh.calls)} calls to countries not called before (${fresh.where}) within ${count((fresh.last - fresh.first) / hourMs)} h.`,
        fresh,
      );
    }
    return clean(
      say`No calls to premium-rate or satellite numbers, nor many to countries that are new for the account.`,
      { check: dialingPermissionsCheck(facts) },
    );
  },
};
export default t2;

function tally(facts: Facts, wanted: (row: number) => boolean) {
  const { rows, countries } = facts.calls;
  const found: number[] = [];
  const where = new Set<string>();
  let [calls, cost, first, last] = [0, 0, 0, 0];
  for (let row = 0; row < rows.rows; row++) {
    if ((rows.time[row] ?? 0) * 1000 < facts.from || !wanted(row)) continue;
    if (calls === 0) first = (rows.time[row] ?? 0) * 1000;
    last = (rows.time[row] ?? 0) * 1000;
    calls += 1;
    cost += rows.price[row] || 0;
    if (found.length < 5) found.push(row);
    if (where.size < 4) where.add(nameOf(countries[rows.country[row] ?? 0] ?? ''));
  }
  return {
    check: dialingPermissionsCheck(facts),
    calls,
    cost,
    first,
    last,
    where: [...where].join(', '),
    evidence: refsOf(facts, found),
  };
}
