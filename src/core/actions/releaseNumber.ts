import type { Action } from '../contain/action.ts';
import type { PhoneNumberTarget } from '../contain/target.ts';
import { textOf } from '../model/json.ts';

/** https://www.twilio.com/docs/phone-numbers/api/incomingphonenumber-resource#delete-an-incomingphonenumber-resource */
const releaseNumber: Action<PhoneNumberTarget> = {
  id: 'releaseNumber',
  title: 'Release Number…',
  icon: 'trash',
  on: 'phoneNumber',
  reversibility: 'irreversible',
  applicable: () => true,
  refuse: (_target, live) =>
    live['Emergency calling'] === 'Active'
      ? 'It is registered for emergency calls. Take it off its emergency address in the Console first.'
      : undefined,
  reads: ({ account, sid }) => ({ number: { operation: 'fetchPhoneNumber', account, path: { Sid: sid } } }),
  // The whole configuration: the record is all that is left of it.
  state({ number }) {
    const text = (property: string) => (number && textOf(number.body, property)) ?? '';
    return {
      number: 'held',
      name: text('friendly_name'),
      'Voice URL': text('voice_url'),
      'SMS URL': text('sms_url'),
      'Status callback': text('status_callback'),
      'Emergency calling': text('emergency_status'),
    };
  },
  gone: { number: 'released' },
  requests: ({ account, sid }) => [{ operation: 'releaseNumber', account, path: { Sid: sid } }],
  wanted: () => ({ number: 'released' }),
  evidence: () => ({}),
  blastRadius: (_replies, { name }, before) => [
    { name: 'Stops', value: `all calls and messages to and from ${name}, for good` },
    { name: 'Answers now', value: before['Voice URL'] || before['SMS URL'] || 'nothing' },
    {
      name: 'Instead',
      value: 'taking it out of its Messaging Service, or clearing its webhooks, stops abuse and can be undone',
    },
    { name: 'Afterwards', value: 'for about ten days it may be had back in the Console, if nobody else took it' },
  ],
};
export default releaseNumber;
