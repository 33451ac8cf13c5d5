import { span } from '../model/age.ts';
import { median } from '../traffic/median.ts';
import type { Facts } from './facts.ts';
import { clean, count, hit, say } from './results.ts';
import type { SignalResult } from './signal.ts';
import { accountText } from './words.ts';

/**
 * What usage records say of a rise when the log itself cannot: days of `category` against the median of the days before. They tell neither
 * countries nor recipients, so that a rise is a reason to collect the log. `undefined` where they are no longer than a few days either.
 * `what`: `messages`.
 */
export function usageRise(facts: Facts, category: string, what: string, least: number): SignalResult | undefined {
  const { historyDays, usage: by } = facts.thresholds;
  const judged = [...facts.settings.usage].flatMap(([account, categories]) => {
    const days = categories.get(category) ?? [];
    const since = Math.max(
      (days[0]?.day ?? Number.POSITIVE_INFINITY) + historyDays * span.day,
      facts.from - span.day + 1,
    );
    return days.flatMap((one, index) => {
      if (one.day < since) return [];
      const usual = median(days.slice(0, index).map(({ amount }) => amount));
      return [{ account, ...one, usual, rose: one.amount >= by.times * usual && one.amount - usual >= least }];
    });
  });
  if (judged.length === 0) return undefined;
  const [worst] = judged.filter(({ rose }) => rose).toSorted((a, b) => b.amount - b.usual - (a.amount - a.usual));
  if (!worst)
    return clean(say`By usage records, no day has many more ${what} than the days before. They tell no countries.`);
  const { account, day, amount, usual, ref } = worst;
  return hit(
    'warning',
    say`By usage records ${count(amount)} ${what} of ${accountText(facts, account)} on ${new Date(day).toISOString().slice(0, 10)}, usually ${count(usual)} a day. They tell no countries: collect the log itself.`,
    { evidence: [facts.ref(ref)], first: day, last: day + span.day - 1 },
  );
}
