import { defang } from '../untrusted/defang.ts';
import { clean, count, hit, notEnough, say, unread } from '../validate/results.ts';
import type { Signal } from '../validate/signal.ts';
import { suspicion } from '../validate/suspects.ts';

const s1: Signal = {
  id: 'S1',
  title: 'Many identical bodies with a link, a number to call or a call to action',
  type: 'smishing',
  needs: ['messages'],
  evaluate(facts) {
    const missing = unread(facts, ['messages']);
    if (missing) return missing;
    if (facts.messages.out.rows === 0) return notEnough(say`No outbound message was collected.`);
    const judged = facts.suspects
      .flatMap((template) => {
        const level = suspicion(template);
        return level === undefined ? [] : [{ template, level }];
      })
      .toSorted((a, b) => levels.indexOf(a.level) - levels.indexOf(b.level));
    const [worst] = judged;
    if (!worst)
      return clean(
        say`No new template of ${facts.thresholds.smishing.template} messages or more has a new link or a number to call.`,
      );
    const { template, level } = worst;
    const hosts = template.links
      .map(({ host, traits }) => (traits.length > 0 ? `${defang(host)} (${traits.join(', ')})` : defang(host)))
      .join(', ');
    const senders = template.newSenders.length > 0 ? ' From a sender not used before.' : '';
    const found = { evidence: template.refs.map(facts.ref), first: template.first, last: template.last };
    const leads = hosts === '' ? 'asks to call a number' : `leads to ${hosts}`;
    return hit(
      level,
      say`${count(template.messages)} messages of one text to ${count(template.recipients)} recipients; it ${leads}.${senders} “${defang(template.words.join(' '))}”`,
      found,
    );
  },
};
export default s1;

const levels = ['critical', 'warning', 'notice'] as const;
