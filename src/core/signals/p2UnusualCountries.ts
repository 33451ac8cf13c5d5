import { highRiskSmsCountries } from '../traffic/premiumRanges.ts';
import { hasHistory } from '../validate/hourly.ts';
import { clean, count, hit, notEnough, say, unread } from '../validate/results.ts';
import { smsPermissionsCheck } from '../validate/settingChecks.ts';
import type { Signal } from '../validate/signal.ts';
import type { Surge } from '../validate/surges.ts';
import { nameOf } from '../validate/words.ts';

const p2: Signal = {
  id: 'P2',
  title: 'Volume to high-risk or unrelated countries',
  type: 'sms-pumping',
  needs: ['messages', 'attempts'],
  evaluate(facts) {
    const missing = unread(facts, ['messages', 'attempts']);
    if (missing) return missing;
    const { historyDays, pumping } = facts.thresholds;
    if (!hasHistory(facts.messages.out, historyDays) && !hasHistory(facts.attempts.rows, historyDays))
      return notEnough(say`Less than ${historyDays} days were collected: which countries are new cannot be told.`);
    const unusual = facts.surges.filter(({ kinds, country, observed, ofText }) => {
      if (ofText) return false;
      const fresh = kinds.has('new-country') && observed >= pumping.newCountry;
      return fresh || highRiskSmsCountries.has(country);
    });
    const told = unusual.some(({ fraud }) => fraud) ? unusual.filter(({ fraud }) => fraud) : unusual;
    const [worst] = told;
    if (!worst)
      return clean(say`No rise goes to a country that is new for the account or that Twilio calls high-risk.`, {
        check: smsPermissionsCheck(facts),
      });
    const found = {
      evidence: told.flatMap(({ refs }) => refs.slice(0, 3).map(facts.ref)),
      first: Math.min(...told.map(({ first }) => first)),
      last: Math.max(...told.map(({ last }) => last)),
      check: smsPermissionsCheck(facts),
    };
    const names = [...new Set(told.map(({ country }) => nameOf(country)))].slice(0, 5).join(', ');
    const messages = count(told.reduce((sum, { observed }) => sum + observed, 0));
    return hit(
      worst.fraud ? 'critical' : 'notice',
      say`${messages} messages or attempts to ${names}: ${why(worst)}.`,
      found,
    );
  },
};
export default p2;

function why({ kinds }: Surge): string {
  return kinds.has('new-country')
    ? 'never sent to before in what was collected'
    : 'a destination Twilio calls high-risk';
}
