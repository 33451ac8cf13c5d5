import { billedMinutes } from '../traffic/callLog.ts';
import { isTollDestination, refsOf, withoutCalls } from '../validate/callParts.ts';
import type { Facts } from '../validate/facts.ts';
import { mostRisen, scanOptions } from '../validate/hourly.ts';
import { clean, count, hit, say } from '../validate/results.ts';
import type { Signal } from '../validate/signal.ts';
import { usageRise } from '../validate/usageRise.ts';
import { accountText, expectation, money } from '../validate/words.ts';

const t1: Signal = {
  id: 'T1',
  title: 'Spike in voice minutes or cost',
  type: 'toll-fraud',
  needs: ['calls'],
  evaluate(facts) {
    const missing = withoutCalls(facts, true);
    if (missing) return usageRise(facts, 'calls-outbound', 'minutes', facts.thresholds.toll.minutes.least) ?? missing;
    const { calls, thresholds } = facts;
    const { rows } = calls;
    const { times, least } = thresholds.toll.minutes;
    const minutes = (row: number): number => billedMinutes(rows.seconds[row] ?? 0);
    const options = scanOptions(facts, times, least);
    const rise = mostRisen(rows, calls.accounts, options, minutes);
    if (!rise) return clean(say`Minutes of outbound calls stay within what the account's past foretells.`);
    const before = sumOf(facts, rise.account, Number.NEGATIVE_INFINITY, rise.first - 1);
    const { cost, toll, ...then } = sumOf(facts, rise.account, rise.first, rise.last);
    const found = { evidence: refsOf(facts, rise.sample), first: rise.first, last: rise.last };
    const paid = cost > 0 ? `, ${money(cost, calls.currency)}` : '';
    const said = say`${count(rise.observed)} minutes of calls in ${accountText(facts, rise.account)}, expected ${expectation(rise.expected)}${paid}.`;
    if (2 * toll >= rise.observed) return hit('critical', say`${said} Most of them went where toll fraud goes.`, found);
    // An account that never called has no past to be judged by.
    if (rise.expected < 1) return hit('notice', said, found);
    const longer = then.minutes * before.calls >= times * before.minutes * then.calls;
    const dearer = cost * before.minutes >= times * before.cost * then.minutes && before.cost > 0;
    if (longer || dearer)
      return hit('warning', say`${said} The calls are ${longer ? 'far longer' : 'far dearer'} than before.`, found);
    return hit('notice', say`${said} Calls as before, only more of them: it may be a campaign.`, found);
  },
};
export default t1;

/** Calls of an account in a time, both ends included, epoch milliseconds. */
function sumOf(facts: Facts, account: string, from: number, to: number) {
  const { rows, accounts } = facts.calls;
  const sum = { calls: 0, minutes: 0, toll: 0, cost: 0 };
  for (let row = 0; row < rows.rows; row++) {
    const at = (rows.time[row] ?? 0) * 1000;
    if (at < from || at > to || accounts[rows.account[row] ?? 0] !== account) continue;
    const long = billedMinutes(rows.seconds[row] ?? 0);
    sum.calls += 1;
    sum.minutes += long;
    sum.cost += rows.price[row] || 0;
    if (isTollDestination(facts, row)) sum.toll += long;
  }
  return sum;
}
