import { billedMinutes } from '../traffic/callLog.ts';
import { isTollDestination, refsOf, withoutCalls } from '../validate/callParts.ts';
import { mostRisen } from '../validate/hourly.ts';
import { clean, count, hit, say } from '../validate/results.ts';
import type { Signal } from '../validate/signal.ts';
import { accountText, expectation, money } from '../validate/words.ts';

const t1: Signal = {
  id: 'T1',
  title: 'Spike in voice minutes or cost',
  type: 'toll-fraud',
  needs: ['calls'],
  evaluate(facts) {
    const missing = withoutCalls(facts, true);
    if (missing) return missing;
    const { calls, thresholds } = facts;
    const { rows } = calls;
    const { times, least } = thresholds.toll.minutes;
    const minutes = (row: number): number => billedMinutes(rows.seconds[row] ?? 0);
    const options = { warmUp: thresholds.historyDays * 24, times, least, logP: thresholds.logP };
    const rise = mostRisen(rows, calls.accounts, options, minutes);
    if (!rise) return clean(say`Minutes of outbound calls stay within what the account's past foretells.`);
    let [cost, toll] = [0, 0];
    for (let row = 0; row < rows.rows; row++) {
      const at = (rows.time[row] ?? 0) * 1000;
      if (at < rise.first || at > rise.last || calls.accounts[rows.account[row] ?? 0] !== rise.account) continue;
      cost += rows.price[row] || 0;
      if (isTollDestination(facts, row)) toll += minutes(row);
    }
    const found = { evidence: refsOf(facts, rise.sample), first: rise.first, last: rise.last };
    const paid = cost > 0 ? `, ${money(cost, calls.currency)}` : '';
    const said = say`${count(rise.observed)} minutes of calls in ${accountText(facts, rise.account)}, expected ${expectation(rise.expected)}${paid}.`;
    if (2 * toll >= rise.observed) return hit('critical', say`${said} Most of them went where toll fraud goes.`, found);
    // An account that never called has no past to be judged by.
    return hit(rise.expected < 1 ? 'notice' : 'warning', said, found);
  },
};
export default t1;
