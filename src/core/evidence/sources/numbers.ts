import { textOf } from '../../model/json.ts';
import type { EvidenceSource } from '../source.ts';

/** Numbers, with where their calls and messages go. https://www.twilio.com/docs/phone-numbers/api/incomingphonenumber-resource */
export const numbers: EvidenceSource = {
  id: 'numbers',
  title: 'Phone numbers and their webhooks',
  kind: 'state',
  scope: 'account',
  removable: true,
  requests: ({ account }) => [{ operation: 'listPhoneNumbers', account }],
  key: (row) => textOf(row, 'sid'),
};
