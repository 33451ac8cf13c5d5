import { isoSeconds } from '../../model/age.ts';
import { instantOf, textOf } from '../../model/json.ts';
import type { EvidenceSource } from '../source.ts';
import { sourceTitles } from '../sourceTitles.ts';

/**
 * The audit log. Kept for 30 days, or 13 months where the account has an Edition; which it has cannot be read, so all of it is asked for.
 * https://www.twilio.com/docs/usage/monitor-events
 */
export const events: EvidenceSource = {
  id: 'events',
  title: sourceTitles.events,
  kind: 'log',
  scope: 'account',
  keptDays: 400,
  sure: {
    days: 30,
    sentence: 'Twilio keeps security events for 30 days unless the account has an Edition that keeps 13 months',
  },
  leadDays: 30,
  requests: ({ account, window }) => [
    {
      operation: 'listEvents',
      account,
      query: { StartDate: isoSeconds(window.from), EndDate: isoSeconds(window.to) },
    },
  ],
  at: (row) => instantOf(row, 'event_date'),
  key: (row) => textOf(row, 'sid'),
};
