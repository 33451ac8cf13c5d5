import { refsOf, withoutCalls } from '../validate/callParts.ts';
import { mostRisen, scanOptions } from '../validate/hourly.ts';
import { clean, count, hit, say } from '../validate/results.ts';
import type { Signal } from '../validate/signal.ts';
import { accountText, expectation } from '../validate/words.ts';

const t3: Signal = {
  id: 'T3',
  title: 'Unusually long calls',
  type: 'toll-fraud',
  needs: ['calls'],
  evaluate(facts) {
    const missing = withoutCalls(facts, false);
    if (missing) return missing;
    const { calls, thresholds } = facts;
    const { rows } = calls;
    const { premium, any, calls: least, times } = thresholds.toll.longCall;
    const toll: number[] = [];
    for (let row = 0; row < rows.rows; row++)
      if (rows.premium[row] === 1 && (rows.seconds[row] ?? 0) > premium && (rows.time[row] ?? 0) * 1000 >= facts.from)
        toll.push(row);
    const [first] = toll;
    if (first !== undefined && toll.length >= least) {
      const found = {
        evidence: refsOf(facts, toll),
        first: (rows.time[first] ?? 0) * 1000,
        last: (rows.time[toll.at(-1) ?? 0] ?? 0) * 1000,
      };
      return hit(
        'critical',
        say`${count(toll.length)} calls of more than ${premium} s to premium-rate or satellite numbers.`,
        found,
      );
    }
    const options = scanOptions(facts, times, least);
    const rise = mostRisen(
      rows,
      calls.accounts,
      options,
      (row) => ((rows.seconds[row] ?? 0) > any ? 1 : 0),
      (row) => (rows.answered[row] === 1 ? 1 : 0),
    );
    if (!rise) return clean(say`No more long calls than is usual.`);
    const found = { evidence: refsOf(facts, rise.sample), first: rise.first, last: rise.last };
    return hit(
      'warning',
      say`${count(rise.observed)} calls of more than ${any / 3600} h in ${accountText(facts, rise.account)}, expected ${expectation(rise.expected)}.`,
      found,
    );
  },
};
export default t3;
