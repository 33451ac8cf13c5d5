import { isoSeconds } from '../../model/age.ts';
import { instantOf, textOf } from '../../model/json.ts';
import type { EvidenceSource } from '../source.ts';
import { sourceTitles } from '../sourceTitles.ts';

/**
 * Messages, by when they were sent, or created where Twilio never sent them. Kept for 400 days; fewer can be set.
 * https://www.twilio.com/docs/messaging/api/message-resource#read-multiple-message-resources
 */
export const messages: EvidenceSource = {
  id: 'messages',
  title: sourceTitles.messages,
  kind: 'log',
  scope: 'account',
  mayLeadDays: 14,
  removable: true,
  keptDays: 400,
  // What Twilio could not send within ten hours has failed. https://www.twilio.com/docs/messaging/api/message-resource#validityperiod
  settlesAfterHours: 10,
  caveat:
    'Whether Twilio lists messages it never sent under this filter is not documented; compare with alerts. A message read ten hours or more after it was sent is not read again: a later change of its status or price is not in here.',
  requests: ({ account, window }) => [
    {
      operation: 'listMessages',
      account,
      query: { 'DateSent>': isoSeconds(window.from), 'DateSent<': isoSeconds(window.to) },
    },
  ],
  at: (row) => instantOf(row, 'date_sent') ?? instantOf(row, 'date_created'),
  key: (row) => textOf(row, 'sid'),
};
