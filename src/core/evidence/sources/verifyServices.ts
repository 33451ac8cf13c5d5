import { textOf } from '../../model/json.ts';
import type { EvidenceSource } from '../source.ts';
import { sourceTitles } from '../sourceTitles.ts';

/** Verify services. https://www.twilio.com/docs/verify/api/service */
export const verifyServices: EvidenceSource = {
  id: 'verify-services',
  title: sourceTitles['verify-services'],
  kind: 'state',
  scope: 'account',
  removable: true,
  requests: ({ account }) => [{ operation: 'listVerifyServices', account }],
  key: (row) => textOf(row, 'sid'),
};
