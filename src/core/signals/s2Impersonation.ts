import { defang } from '../untrusted/defang.ts';
import { clean, count, hit, notEnough, say, unread } from '../validate/results.ts';
import type { Signal } from '../validate/signal.ts';

const s2: Signal = {
  id: 'S2',
  title: 'False urgency, impersonation or look-alike domains',
  type: 'smishing',
  needs: ['messages'],
  evaluate(facts) {
    const missing = unread(facts, ['messages']);
    if (missing) return missing;
    if (facts.messages.out.rows === 0) return notEnough(say`No outbound message was collected.`);
    const fresh = facts.suspects.filter(
      ({ isNew, urgency, links }) =>
        isNew !== false && (urgency.length > 0 || links.some(({ resembles }) => resembles)),
    );
    const posing = fresh.find(
      ({ urgency, links }) =>
        urgency.length > 0 && links.some(({ traits }) => traits.some((trait) => trait !== 'shortener')),
    );
    const luring = fresh.find(
      ({ urgency, links, asksToCall, isNew }) => isNew && urgency.length > 0 && (links.length > 0 || asksToCall),
    );
    const worst = posing ?? luring;
    if (!worst) return clean(say`No new text of many messages joins urgent words with a link or a number to call.`);
    const found = { evidence: worst.refs.map(facts.ref), first: worst.first, last: worst.last };
    const brands = [
      ...new Set(worst.links.flatMap(({ resembles, host }) => (resembles ? [`${defang(host)} for ${resembles}`] : []))),
    ].join(', ');
    const posed = brands === '' ? '' : ` It passes ${brands}.`;
    return hit(
      posing ? 'critical' : 'warning',
      say`${count(worst.messages)} messages urge: ${worst.urgency.slice(0, 4).join(', ')}.${posed}`,
      found,
    );
  },
};
export default s2;
