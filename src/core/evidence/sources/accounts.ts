import { textOf } from '../../model/json.ts';
import type { EvidenceSource } from '../source.ts';
import { sourceTitles } from '../sourceTitles.ts';

/** The main account and its subaccounts. https://www.twilio.com/docs/iam/api/account */
export const accounts: EvidenceSource = {
  id: 'accounts',
  title: sourceTitles.accounts,
  kind: 'state',
  scope: 'main',
  removable: true,
  requests: ({ account }) => [{ operation: 'listAccounts', account }],
  key: (row) => textOf(row, 'sid'),
};
