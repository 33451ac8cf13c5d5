import { isoSeconds } from '../../model/age.ts';
import { instantOf, textOf } from '../../model/json.ts';
import type { EvidenceSource } from '../source.ts';

/**
 * Calls, by when they began, or were created where nobody answered yet. Kept for 13 months.
 * https://www.twilio.com/docs/voice/api/call-resource#read-multiple-call-resources
 */
export const calls: EvidenceSource = {
  id: 'calls',
  title: 'Calls',
  kind: 'log',
  scope: 'account',
  mayLeadDays: 14,
  removable: true,
  keptDays: 400,
  caveat:
    'A call read an hour or more after it began is not read again: one that went on then has neither duration nor price in here.',
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
