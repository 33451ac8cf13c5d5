import { refsOf, withoutCalls } from '../validate/callParts.ts';
import { mostRisen, scanOptions } from '../validate/hourly.ts';
import { clean, count, hit, say } from '../validate/results.ts';
import type { Signal } from '../validate/signal.ts';
import { accountText, expectation } from '../validate/words.ts';

const t5: Signal = {
  id: 'T5',
  title: 'Thousands of very short calls',
  type: 'toll-fraud',
  needs: ['calls'],
  evaluate(facts) {
    const missing = withoutCalls(facts, true);
    if (missing) return missing;
    const { calls, thresholds } = facts;
    const { rows } = calls;
    const { seconds, calls: least, times } = thresholds.toll.shortCall;
    const isShort = (row: number): number => (rows.answered[row] === 1 && (rows.seconds[row] ?? 0) <= seconds ? 1 : 0);
    const options = scanOptions(facts, times, least);
    const rise = mostRisen(rows, calls.accounts, options, isShort);
    if (!rise) return clean(say`No more short calls than is usual.`);
    const found = { evidence: refsOf(facts, rise.sample), first: rise.first, last: rise.last };
    return hit(
      'warning',
      say`${count(rise.observed)} answered calls of ${seconds} s or less in ${accountText(facts, rise.account)}, expected ${expectation(rise.expected)}.`,
      found,
    );
  },
};
export default t5;
