import { textOf } from '../../model/json.ts';
import type { EvidenceSource } from '../source.ts';
import { sourceTitles } from '../sourceTitles.ts';

/** Numbers, with where their calls and messages go. https://www.twilio.com/docs/phone-numbers/api/incomingphonenumber-resource */
export const numbers: EvidenceSource = {
  id: 'numbers',
  title: sourceTitles.numbers,
  kind: 'state',
  scope: 'account',
  removable: true,
  requests: ({ account }) => [{ operation: 'listPhoneNumbers', account }],
  key: (row) => textOf(row, 'sid'),
};
