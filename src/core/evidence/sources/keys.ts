import { textOf } from '../../model/json.ts';
import type { EvidenceSource } from '../source.ts';
import { sourceTitles } from '../sourceTitles.ts';

/** API keys and their kind. https://www.twilio.com/docs/iam/api-keys/key-resource-v1 */
export const keys: EvidenceSource = {
  id: 'keys',
  title: sourceTitles.keys,
  kind: 'state',
  scope: 'account',
  removable: true,
  requests: ({ account }) => [{ operation: 'listKeys', account, query: { AccountSid: account } }],
  key: (row) => textOf(row, 'sid'),
};
