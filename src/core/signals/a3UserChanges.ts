import { judgeDeeds } from '../validate/deeds.ts';
import { unread } from '../validate/results.ts';
import type { Signal } from '../validate/signal.ts';

const a3: Signal = {
  id: 'A3',
  title: 'Password reset or e-mail change nobody started',
  type: 'account-takeover',
  needs: ['events'],
  evaluate(facts) {
    const missing = unread(facts, ['events']);
    if (missing) return missing;
    return judgeDeeds(facts, ['user'], 'users and passwords', {
      where: 'Console › Admin › Users',
      consolePath: 'us1/account/manage-users',
      what: 'Ask the person named whether the change was theirs.',
    });
  },
};
export default a3;
