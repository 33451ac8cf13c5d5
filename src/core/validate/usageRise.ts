import { span, utc } from '../model/age.ts';
import { median } from '../traffic/median.ts';
import type { Facts } from './facts.ts';
import { clean, count, hit, say } from './results.ts';
import type { DayOfUse } from './settingFacts.ts';
import type { SignalResult } from './signal.ts';
import type { usageOnset } from './usageOnset.ts';
import { accountText } from './words.ts';

/** When the rise of a day of an account began by its log, where that holds the day. */
type Onset = (account: string, day: Pick<DayOfUse, 'day' | 'amount'>, usual: number) => ReturnType<typeof usageOnset>;

/**
 * What usage records say of a rise when the log itself cannot: days of `category` against the median of the days before. They tell neither
 * countries nor recipients, so that a rise is a reason to collect the log. `undefined` where they are no longer than a few days either.
 * `what`: `messages`. They know days alone: the hit has a time only where `onset` finds one in the log, so that no midnight passes for the
 * beginning.
 */
export function usageRise(
  facts: Facts,
  category: string,
  what: string,
  least: number,
  onset?: Onset,
): SignalResult | undefined {
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
  if (!worst) {
    const accounts = new Set(judged.map(({ account }) => account)).size;
    return clean(
      say`By usage records of ${accounts} account${accounts === 1 ? '' : 's'}, no day has many more ${what} than the days before. They tell no countries.`,
    );
  }
  const { account, day, amount, usual, ref } = worst;
  const told = say`By usage records ${count(amount)} ${what} of ${accountText(facts, account)} on ${new Date(day).toISOString().slice(0, 10)}, usually ${count(usual)} a day.`;
  const began = onset?.(account, { day, amount }, usual);
  const evidence = [ref, ...(began?.refs ?? [])].map(facts.ref);
  if (began)
    return hit('warning', say`${told} By the messages themselves it began at ${utc(began.first)}.`, {
      ...began,
      evidence,
    });
  return hit('warning', say`${told} They tell no countries: collect the log itself.`, { evidence });
}
