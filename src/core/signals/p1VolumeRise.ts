import { hasHistory } from '../validate/hourly.ts';
import { clean, count, hit, notEnough, say, unread } from '../validate/results.ts';
import type { Signal } from '../validate/signal.ts';
import { usageOnset } from '../validate/usageOnset.ts';
import { usageRise } from '../validate/usageRise.ts';
import { accountText, blockText, expectation, money, nameOf } from '../validate/words.ts';

const p1: Signal = {
  id: 'P1',
  title: 'Immediate rise in message volume and cost',
  type: 'sms-pumping',
  needs: ['messages', 'attempts'],
  evaluate(facts) {
    const { surges, thresholds, messages, attempts } = facts;
    const byUsage = usageRise(facts, 'sms-outbound', 'messages', thresholds.pumping.leastVolume, (...rise) =>
      usageOnset({ ...messages, surges }, ...rise),
    );
    const missing = unread(facts, ['messages', 'attempts']);
    if (missing) return byUsage ?? missing;
    const { historyDays } = thresholds;
    if (!hasHistory(messages.out, historyDays) && !hasHistory(attempts.rows, historyDays))
      return (
        byUsage ??
        notEnough(
          say`Less than ${historyDays} days of messages were collected: what is usual cannot be told. Collect a longer window.`,
        )
      );
    const told = surges.filter(
      ({ ofText, fraud, observed, expected }) =>
        !ofText && (fraud || observed - expected >= thresholds.pumping.leastVolume),
    );
    const [worst] = told;
    if (!worst)
      return clean(
        surges.some(({ ofText }) => ofText)
          ? say`What rose is one suspicious text (S1), not requests for codes.`
          : say`No country has many more messages or Verify attempts than its past foretells.`,
      );
    const alike = told.filter(({ fraud }) => fraud === worst.fraud);
    const found = {
      evidence: alike.flatMap(({ refs }) => refs.slice(0, 3).map(facts.ref)),
      first: Math.min(...alike.map(({ first }) => first)),
      last: Math.max(...alike.map(({ last }) => last)),
    };
    const where = `${nameOf(worst.country)} in ${accountText(facts, worst.account)}`;
    const cost = worst.cost > 0 ? `, ${money(worst.cost, messages.currency)}` : '';
    const blocks = worst.blocks.length > 0 ? ` Numbers crowd in ${worst.blocks.map(blockText).join(', ')}.` : '';
    const more = alike.length > 1 ? ` ${count(alike.length - 1)} more such rises.` : '';
    const volume = say`${count(worst.observed)} ${worst.channel} to ${where}, expected ${expectation(worst.expected)}${cost}.`;
    if (worst.fraud) return hit('critical', say`${volume} More than volume speaks for fraud.${blocks}${more}`, found);
    return hit(
      'notice',
      say`${volume} Nothing but volume speaks for fraud: it may be a campaign or a launch.${more}`,
      found,
    );
  },
};
export default p1;
