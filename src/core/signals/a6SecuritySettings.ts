import { judgeDeeds } from '../validate/deeds.ts';
import { unread } from '../validate/results.ts';
import { alarmsCheck } from '../validate/settingChecks.ts';
import type { Signal } from '../validate/signal.ts';

const a6: Signal = {
  id: 'A6',
  title: 'Security settings, webhooks or persistence changed',
  type: 'account-takeover',
  needs: ['events'],
  evaluate(facts) {
    const missing = unread(facts, ['events']);
    if (missing) return missing;
    const purposes = ['setting', 'persistence', 'data', 'evidence'] as const;
    return judgeDeeds(facts, purposes, 'settings, webhooks and other ways to stay', alarmsCheck(facts));
  },
};
export default a6;
