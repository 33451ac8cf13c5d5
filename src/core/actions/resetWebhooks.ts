import type { Action } from '../contain/action.ts';
import type { PhoneNumberTarget } from '../contain/target.ts';
import { earlier, refuseInstead, urlsOf, webhookAction } from '../contain/webhooks.ts';

/**
 * Sets the webhooks of a number back to what they were before the oldest change in the audit log, which goes back 30 days or 13
 * months. https://www.twilio.com/docs/phone-numbers/api/incomingphonenumber-resource#update-an-incomingphonenumber-resource
 */
const resetWebhooks: Action<PhoneNumberTarget> = {
  ...webhookAction(
    (before, { restore }) =>
      restore ??
      Object.fromEntries(Object.entries(urlsOf(before)).map(([name, url]) => [name, before[earlier(name)] ?? url])),
  ),
  id: 'resetWebhooks',
  title: 'Reset Webhooks of Number…',
  icon: 'debug-restart',
  reversibility: 'reversible',
  refuse(_target, live) {
    const known = Object.keys(urlsOf(live)).some((name) => live[earlier(name)] !== undefined);
    if (!known)
      return 'The audit log that can be read knows of no change of its webhooks, so what they were before is not known. Use “Clear Webhooks of Number…” or the Console.';
    return refuseInstead(live);
  },
};
export default resetWebhooks;
