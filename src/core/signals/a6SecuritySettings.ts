import { judgeDeeds } from '../validate/deeds.ts';
import { unread } from '../validate/results.ts';
import type { Signal } from '../validate/signal.ts';

const a6: Signal = {
  id: 'A6',
  title: 'Security settings, webhooks or persistence changed',
  type: 'account-takeover',
  needs: ['events'],
  evaluate(facts) {
    const missing = unread(facts, ['events']);
    if (missing) return missing;
    const deeds = facts.takeover.deeds.filter(
      ({ purpose }) =>
        purpose === 'setting' || purpose === 'persistence' || purpose === 'data' || purpose === 'evidence',
    );
    return judgeDeeds(facts, deeds, 'settings, webhooks and other ways to stay', {
      where: 'Console › Functions and Assets; Console › Event Streams',
      consolePath: 'us1/develop/functions/services',
      what: 'Functions, their variables and event sinks leave no audit event: look for any you do not know.',
    });
  },
};
export default a6;
