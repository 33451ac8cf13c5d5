import { judgeDeeds } from '../validate/deeds.ts';
import { unread } from '../validate/results.ts';
import type { Signal } from '../validate/signal.ts';

const a5: Signal = {
  id: 'A5',
  title: 'Auth Token created, promoted or reset',
  type: 'account-takeover',
  needs: ['events'],
  evaluate(facts) {
    const missing = unread(facts, ['events']);
    if (missing) return missing;
    return judgeDeeds(facts, ['token'], 'Auth Tokens', {
      where: 'Console › Account › API keys & tokens',
      consolePath: 'us1/account/keys-credentials/api-keys',
      what: 'Whether a secondary token exists, and who has it.',
    });
  },
};
export default a5;
