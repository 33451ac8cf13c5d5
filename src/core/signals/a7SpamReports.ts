import { clean, hit, notEnough, say } from '../validate/results.ts';
import type { Signal } from '../validate/signal.ts';
import s1 from './s1IdenticalBodies.ts';
import s2 from './s2Impersonation.ts';
import s3 from './s3FilteredSpike.ts';
import s4 from './s4StopReplies.ts';

const check = {
  where: 'Your support mailbox and abuse reports; e-mail from Twilio’s fraud team',
  what: 'Whether recipients or carriers report messages or calls from your numbers.',
};

const a7: Signal = {
  id: 'A7',
  title: 'Reports that your numbers send spam or phishing',
  type: 'account-takeover',
  needs: ['messages'],
  evaluate(facts) {
    const results = [s1, s2, s3, s4].map((signal) => ({ id: signal.id, result: signal.evaluate(facts) }));
    const hits = results.filter(({ result }) => result.state === 'hit' && result.severity !== 'notice');
    const named = hits.map(({ id }) => id).join(', ');
    if (hits.length >= 2)
      return hit(
        'warning',
        say`Your numbers send what looks like phishing (${named}): somebody uses the account. Reports themselves are not visible by API.`,
        {
          evidence: hits.flatMap(({ result }) => result.evidence.slice(0, 3)),
          first: Math.min(...hits.map(({ result }) => result.first ?? Infinity)),
          check,
        },
      );
    if (results.every(({ result }) => result.state === 'not enough data'))
      return notEnough(say`No messages were collected, and reports themselves are not visible by API.`, check);
    return clean(say`Nothing in the messages explains such a report; reports themselves are not visible by API.`, {
      check,
    });
  },
};
export default a7;
