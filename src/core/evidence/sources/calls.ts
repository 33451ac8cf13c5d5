import { isoSeconds } from '../../model/age.ts';
import { instantOf, textOf } from '../../model/json.ts';
import type { EvidenceSource } from '../source.ts';
import { sourceTitles } from '../sourceTitles.ts';

/**
 * Calls, by when they began, or were created where nobody answered yet. Kept for 13 months.
 * https://www.twilio.com/docs/voice/api/call-resource#read-multiple-call-resources
 */
export const calls: EvidenceSource = {
  id: 'calls',
  title: sourceTitles.calls,
  kind: 'log',
  scope: 'account',
  mayLeadDays: 14,
  removable: true,
  keptDays: 400,
  // A call lasts 24 hours at most; until it has ended it has neither duration nor price. https://www.twilio.com/docs/voice/api/call-resource
  settlesAfterHours: 24,
  requests: ({ account, window }) => [
    {
      operation: 'listCalls',
      account,
      query: { 'StartTime>': isoSeconds(window.from), 'StartTime<': isoSeconds(window.to) },
    },
  ],
  at: (row) => instantOf(row, 'start_time') ?? instantOf(row, 'date_created'),
  key: (row) => textOf(row, 'sid'),
};
