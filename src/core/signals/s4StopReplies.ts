import { hasHistory, mostRisen } from '../validate/hourly.ts';
import { clean, count, hit, notEnough, say, unread } from '../validate/results.ts';
import type { Signal } from '../validate/signal.ts';
import { accountText, expectation } from '../validate/words.ts';

const s4: Signal = {
  id: 'S4',
  title: 'Many STOP replies',
  type: 'smishing',
  needs: ['messages'],
  evaluate(facts) {
    const missing = unread(facts, ['messages']);
    if (missing) return missing;
    const { messages, thresholds } = facts;
    const incoming = messages.in;
    if (messages.out.rows > 0 && incoming.rows === 0) return clean(say`Nobody answered: there is no inbound message.`);
    if (!hasHistory(incoming, thresholds.historyDays))
      return notEnough(
        say`Less than ${thresholds.historyDays} days of inbound messages were collected: how many STOP replies are usual cannot be told.`,
      );
    const { messages: least, times } = thresholds.smishing.stops;
    const options = { warmUp: thresholds.historyDays * 24, times, least, logP: thresholds.logP };
    const rise = mostRisen(incoming, messages.accounts, options, (row) => incoming.stop[row] ?? 0);
    if (!rise) return clean(say`No more STOP replies than is usual.`);
    const found = {
      evidence: rise.sample.map((row) => facts.ref(incoming.ref[row] ?? 0)),
      first: rise.first,
      last: rise.last,
    };
    return hit(
      'warning',
      say`${count(rise.observed)} STOP replies to ${accountText(facts, rise.account)}, expected ${expectation(rise.expected)}.`,
      found,
    );
  },
};
export default s4;
