import { isoSeconds } from '../../model/age.ts';
import { instantOf, textOf } from '../../model/json.ts';
import type { EvidenceSource } from '../source.ts';
import { sourceTitles } from '../sourceTitles.ts';

/**
 * Verify attempts, with whether the code was entered: 30 days, and 100 requests a minute.
 * https://www.twilio.com/docs/verify/api/list-verification-attempts
 */
export const attempts: EvidenceSource = {
  id: 'attempts',
  title: sourceTitles.attempts,
  kind: 'log',
  scope: 'account',
  mayLeadDays: 14,
  keptDays: 30,
  mostPerMinute: 100,
  requests: ({ account, window }) => [
    {
      operation: 'listVerifyAttempts',
      account,
      query: { DateCreatedAfter: isoSeconds(window.from), DateCreatedBefore: isoSeconds(window.to) },
    },
  ],
  at: (row) => instantOf(row, 'date_created'),
  key: (row) => textOf(row, 'sid'),
};
