import type { Action } from '../contain/action.ts';
import type { PhoneNumberTarget } from '../contain/target.ts';
import { noUrls, refuseInstead, webhookAction } from '../contain/webhooks.ts';

const cleared = webhookAction(() => noUrls);

/**
 * Leaves a number without webhooks, the safe reply that needs no server: Twilio takes it for out of service.
 * Calls: https://help.twilio.com/articles/223180548, messages: https://help.twilio.com/articles/223135287
 */
const clearWebhooks: Action<PhoneNumberTarget> = {
  ...cleared,
  id: 'clearWebhooks',
  title: 'Clear Webhooks of Number…',
  icon: 'clear-all',
  reversibility: 'reversible',
  refuse: (_target, live) => refuseInstead(live),
  blastRadius: (replies, target, before) => [
    ...cleared.blastRadius(replies, target, before),
    {
      name: 'Calls to it then',
      value: 'not answered: Twilio takes the number for out of service, and neither logs nor bills these calls',
    },
    {
      name: 'Messages to it then',
      value:
        'not taken in and not billed, so nobody is answered, unless a Messaging Service it belongs to has a webhook of its own',
    },
    { name: 'Calls and messages from it', value: 'go on' },
  ],
};
export default clearWebhooks;
