import type { Action } from '../contain/action.ts';
import { serviceSender } from '../contain/serviceSender.ts';
import type { ServiceSenderTarget } from '../contain/target.ts';

/** https://www.twilio.com/docs/messaging/api/phonenumber-resource */
const attachSender: Action<ServiceSenderTarget> = {
  ...serviceSender,
  id: 'attachSender',
  title: 'Put Number Into Messaging Service…',
  icon: 'plug',
  reversibility: 'reversible',
  undo: { actionId: 'detachSender' },
  requests: ({ account, service, number }) => [
    { operation: 'attachServiceSender', account, path: { ServiceSid: service }, form: { PhoneNumberSid: number } },
  ],
  wanted: () => ({ 'In the sender pool': 'yes' }),
  blastRadius: (_replies, { name }) => [
    { name: 'Starts', value: `the service sends from ${name}, for whoever can use the service` },
  ],
};
export default attachSender;
