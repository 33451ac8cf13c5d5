import type { Action } from '../contain/action.ts';
import type { PhoneNumberTarget } from '../contain/target.ts';
import { noUrls, refuseInstead, webhookAction } from '../contain/webhooks.ts';

/**
 * Leaves a number without webhooks: calls are turned away, messages get no answer.
 * https://www.twilio.com/docs/phone-numbers/api/incomingphonenumber-resource#update-an-incomingphonenumber-resource
 */
const clearWebhooks: Action<PhoneNumberTarget> = {
  ...webhookAction(() => noUrls),
  id: 'clearWebhooks',
  title: 'Clear Webhooks of Number…',
  icon: 'clear-all',
  reversibility: 'reversible',
  refuse: (_target, live) => refuseInstead(live),
};
export default clearWebhooks;
