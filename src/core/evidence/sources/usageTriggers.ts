import { textOf } from '../../model/json.ts';
import type { EvidenceSource } from '../source.ts';
import { sourceTitles } from '../sourceTitles.ts';

/** Alarms on usage. https://www.twilio.com/docs/usage/api/usage-trigger */
export const usageTriggers: EvidenceSource = {
  id: 'usage-triggers',
  title: sourceTitles['usage-triggers'],
  kind: 'state',
  scope: 'account',
  removable: true,
  requests: ({ account }) => [{ operation: 'listUsageTriggers', account }],
  key: (row) => textOf(row, 'sid'),
};
