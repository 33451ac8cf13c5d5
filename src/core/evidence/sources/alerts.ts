import { isoSeconds } from '../../model/age.ts';
import { instantOf, textOf } from '../../model/json.ts';
import type { EvidenceSource } from '../source.ts';
import { sourceTitles } from '../sourceTitles.ts';

/** The debugger's alerts: 30 days, and 10,000 for one query. https://www.twilio.com/docs/usage/monitor-alert */
export const alerts: EvidenceSource = {
  id: 'alerts',
  title: sourceTitles.alerts,
  kind: 'log',
  scope: 'account',
  keptDays: 30,
  mostPerQuery: 10_000,
  requests: ({ account, window }) => [
    {
      operation: 'listAlerts',
      account,
      query: { StartDate: isoSeconds(window.from), EndDate: isoSeconds(window.to) },
    },
  ],
  at: (row) => instantOf(row, 'date_generated') ?? instantOf(row, 'date_created'),
  key: (row) => textOf(row, 'sid'),
};
