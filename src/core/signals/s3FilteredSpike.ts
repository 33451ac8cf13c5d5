import { hasHistory, mostRisen, scanOptions } from '../validate/hourly.ts';
import { clean, count, hit, notEnough, say, unread } from '../validate/results.ts';
import type { Signal } from '../validate/signal.ts';
import { accountText, expectation } from '../validate/words.ts';

/** Filtered as spam; link domains refused. https://www.twilio.com/docs/api/errors/30007 */
const codes: ReadonlySet<number> = new Set([30007, 30110, 30111]);

const s3: Signal = {
  id: 'S3',
  title: 'Spike of delivery errors, above all 30007',
  type: 'smishing',
  needs: ['messages'],
  evaluate(facts) {
    const missing = unread(facts, ['messages']);
    if (missing) return missing;
    const { messages, thresholds } = facts;
    const { out } = messages;
    if (!hasHistory(out, thresholds.historyDays))
      return notEnough(
        say`Less than ${thresholds.historyDays} days of messages were collected: the usual share of filtered ones cannot be told.`,
      );
    const { messages: least, times } = thresholds.smishing.filtered;
    const rise = mostRisen(
      out,
      messages.accounts,
      scanOptions(facts, times, least),
      (row) => (codes.has(out.errorCode[row] ?? 0) ? 1 : 0),
      () => 1,
    );
    if (!rise) return clean(say`No more messages filtered as spam (30007) than is usual.`);
    const found = {
      evidence: rise.sample.map((row) => facts.ref(out.ref[row] ?? 0)),
      first: rise.first,
      last: rise.last,
    };
    return hit(
      'warning',
      say`${count(rise.observed)} messages of ${accountText(facts, rise.account)} filtered as spam (30007), expected ${expectation(rise.expected)}.`,
      found,
    );
  },
};
export default s3;
