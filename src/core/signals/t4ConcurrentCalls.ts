import type { CallFacts } from '../validate/callFacts.ts';
import { refsOf, withoutCalls } from '../validate/callParts.ts';
import { clean, count, hit, say } from '../validate/results.ts';
import type { Signal } from '../validate/signal.ts';
import { accountText } from '../validate/words.ts';

const day = 86_400;

const t4: Signal = {
  id: 'T4',
  title: 'Many simultaneous calls',
  type: 'toll-fraud',
  needs: ['calls'],
  evaluate(facts) {
    const missing = withoutCalls(facts, true);
    if (missing) return missing;
    const { calls, thresholds } = facts;
    const { concurrent } = thresholds.toll;
    const peaks = peaksByDay(calls);
    const begun = Math.floor((calls.rows.time[0] ?? 0) / day) + thresholds.historyDays;
    const since = Math.max(begun, Math.floor(facts.from / 1000 / day));
    const worst = [...peaks]
      .flatMap(([account, days]) =>
        [...days].flatMap(([at, peak]) => {
          if (at < since) return [];
          const earlier = [...days].filter(([other]) => other < at);
          const before = Math.max(1, ...earlier.map(([, { calls: most }]) => most));
          return peak.calls >= concurrent.calls && peak.calls >= concurrent.times * before
            ? [{ account, ...peak, before, daysBefore: earlier.length }]
            : [];
        }),
      )
      .toSorted((a, b) => b.calls / b.before - a.calls / a.before)[0];
    if (!worst) return clean(say`Never many more calls at once than on the days before.`);
    const at = (calls.rows.time[worst.row] ?? 0) * 1000;
    const found = { evidence: refsOf(facts, [worst.row]), first: at, last: at };
    const where = accountText(facts, calls.accounts[worst.account] ?? '');
    // Without days of calls before there is little to compare with.
    const severity = worst.daysBefore < thresholds.historyDays ? 'notice' : 'warning';
    return hit(
      severity,
      say`${count(worst.calls)} calls at once in ${where}; no day before had more than ${count(worst.before)}.`,
      found,
    );
  },
};
export default t4;

/** The most calls at one instant, for each account and UTC day, and a call that was among them. */
function peaksByDay({ rows }: CallFacts) {
  const ends = new Map<number, number[]>();
  const peaks = new Map<number, Map<number, { calls: number; row: number }>>();
  for (let row = 0; row < rows.rows; row++) {
    const account = rows.account[row] ?? 0;
    const at = rows.time[row] ?? 0;
    let going = ends.get(account);
    if (!going) {
      going = [];
      ends.set(account, going);
    }
    let kept = 0;
    for (const end of going) if (end > at) going[kept++] = end;
    going.length = kept;
    going.push(at + (rows.seconds[row] ?? 0));
    let days = peaks.get(account);
    if (!days) {
      days = new Map();
      peaks.set(account, days);
    }
    const today = Math.floor(at / day);
    if (going.length > (days.get(today)?.calls ?? 0)) days.set(today, { calls: going.length, row });
  }
  return peaks;
}
