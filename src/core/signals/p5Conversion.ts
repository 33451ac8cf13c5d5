import { conversions } from '../traffic/detect/rows.ts';
import { percent } from '../traffic/flags.ts';
import { hasHistory, mostRisen, scanOptions } from '../validate/hourly.ts';
import { clean, count, hit, notEnough, say } from '../validate/results.ts';
import type { Signal } from '../validate/signal.ts';
import { accountText, nameOf } from '../validate/words.ts';

const p5: Signal = {
  id: 'P5',
  title: 'One-time password conversion collapses',
  type: 'sms-pumping',
  needs: ['attempts'],
  evaluate(facts) {
    const { attempts, thresholds, surges } = facts;
    const { rows } = attempts;
    if (rows.rows === 0)
      return notEnough(
        say`No Verify attempt was collected, and for plain SMS Twilio does not say which codes were entered.`,
        {
          where: 'Your application’s logs',
          what: 'Compare codes sent with codes entered, by hour and country.',
        },
      );
    const { conversion } = thresholds.pumping;
    const [worst] = surges.filter(({ fraud, conversion: of }) => {
      return (
        fraud && of && of.attempts >= conversion.attempts && of.converted <= conversion.ofUsual * of.usual * of.attempts
      );
    });
    if (worst?.conversion) {
      const { converted, attempts: sent, usual } = worst.conversion;
      const found = { evidence: worst.refs.map(facts.ref), first: worst.first, last: worst.last };
      const said = say`${percent(converted, sent)} of ${count(sent)} codes to ${nameOf(worst.country)} entered, usual is ${percent(Math.round(usual * 100), 100)}.`;
      return hit('critical', said, found);
    }
    if (!hasHistory(rows, thresholds.historyDays))
      return notEnough(
        say`Less than ${thresholds.historyDays} days of Verify attempts: the usual conversion cannot be told.`,
      );
    const known = (row: number): boolean => rows.conversion[row] !== conversions.unknown;
    const options = scanOptions(facts, conversion.times, conversion.attempts);
    const rise = mostRisen(
      rows,
      attempts.accounts,
      options,
      (row) => (rows.conversion[row] === conversions.unconverted ? 1 : 0),
      (row) => (known(row) ? 1 : 0),
    );
    if (!rise) return clean(say`Conversion of one-time passwords stays as it was.`);
    const share = (from: number, to: number): number => {
      let [part, whole] = [0, 0];
      for (let row = 0; row < rows.rows; row++) {
        const at = (rows.time[row] ?? 0) * 1000;
        if (at < from || at > to || !known(row) || attempts.accounts[rows.account[row] ?? 0] !== rise.account) continue;
        whole += 1;
        if (rows.conversion[row] === conversions.converted) part += 1;
      }
      return whole === 0 ? 0 : part / whole;
    };
    const [now, usual] = [share(rise.first, rise.last), share(0, rise.first - 1)];
    const found = {
      evidence: rise.sample.map((row) => facts.ref(rows.ref[row] ?? 0)),
      first: rise.first,
      last: rise.last,
    };
    const fell = now <= conversion.ofUsual * usual;
    return hit(
      fell && now <= conversion.collapsed ? 'critical' : fell ? 'warning' : 'notice',
      say`${percent(Math.round(now * 100), 100)} of codes entered in ${accountText(facts, rise.account)}, ${percent(Math.round(usual * 100), 100)} before.`,
      found,
    );
  },
};
export default p5;
