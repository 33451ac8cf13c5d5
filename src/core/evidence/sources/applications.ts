import { textOf } from '../../model/json.ts';
import type { EvidenceSource } from '../source.ts';
import { sourceTitles } from '../sourceTitles.ts';

/** TwiML apps, with where their calls and messages go. https://www.twilio.com/docs/usage/api/applications */
export const applications: EvidenceSource = {
  id: 'applications',
  title: sourceTitles.applications,
  kind: 'state',
  scope: 'account',
  removable: true,
  requests: ({ account }) => [{ operation: 'listApplications', account }],
  key: (row) => textOf(row, 'sid'),
};
