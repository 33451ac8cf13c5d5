import { span } from '../model/age.ts';
import { hasHistory, mostRisen, scanOptions } from '../validate/hourly.ts';
import { clean, count, hit, notEnough, say, unread } from '../validate/results.ts';
import type { Signal } from '../validate/signal.ts';
import { suspicion } from '../validate/suspects.ts';
import { accountText, expectation } from '../validate/words.ts';

/** People answer within a day. Milliseconds. */
const answerTime = span.day;

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
    const options = scanOptions(facts, times, least);
    const rise = mostRisen(incoming, messages.accounts, options, (row) => incoming.stop[row] ?? 0);
    if (!rise) return clean(say`No more STOP replies than is usual.`);
    const found = {
      evidence: rise.sample.map((row) => facts.ref(incoming.ref[row] ?? 0)),
      first: rise.first,
      last: rise.last,
    };
    const said = say`${count(rise.observed)} STOP replies to ${accountText(facts, rise.account)}, expected ${expectation(rise.expected)}.`;
    const lured = facts.suspects.some((text) => {
      const level = suspicion(text);
      return (
        (level === 'critical' || level === 'warning') && text.first <= rise.last && text.last >= rise.first - answerTime
      );
    });
    // A newsletter is answered so, too.
    return lured
      ? hit('warning', say`${said} A suspicious text was sent then (S1).`, found)
      : hit('notice', say`${said} No suspicious text was sent then: it may be a newsletter.`, found);
  },
};
export default s4;
