import { instantOf, textOf } from '../../model/json.ts';
import type { EvidenceSource } from '../source.ts';
import { sourceTitles } from '../sourceTitles.ts';

/**
 * What each UTC day cost and counted, by category, of the account alone: with its subaccounts in it, sums would count twice.
 * https://www.twilio.com/docs/usage/api/usage-record
 */
export const usage: EvidenceSource = {
  id: 'usage',
  title: sourceTitles.usage,
  kind: 'log',
  scope: 'account',
  unit: 'day',
  leadDays: 30,
  requests: ({ account, window }) => [
    {
      operation: 'listUsageDaily',
      account,
      query: { StartDate: day(window.from), EndDate: day(window.to), IncludeSubaccounts: 'false' },
    },
  ],
  at: (row) => instantOf(row, 'start_date'),
  key(row) {
    const category = textOf(row, 'category');
    const start = textOf(row, 'start_date');
    return category !== undefined && start !== undefined ? `${category} ${start}` : undefined;
  },
};

function day(instant: number): string {
  return new Date(instant).toISOString().slice(0, 10);
}
