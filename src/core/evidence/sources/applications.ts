import { textOf } from '../../model/json.ts';
import type { EvidenceSource } from '../source.ts';

/** TwiML apps, with where their calls and messages go. https://www.twilio.com/docs/usage/api/applications */
export const applications: EvidenceSource = {
  id: 'applications',
  title: 'TwiML apps and their webhooks',
  kind: 'state',
  scope: 'account',
  removable: true,
  requests: ({ account }) => [{ operation: 'listApplications', account }],
  key: (row) => textOf(row, 'sid'),
};
