import { textOf } from '../../model/json.ts';
import type { EvidenceSource } from '../source.ts';
import { sourceTitles } from '../sourceTitles.ts';

/** Messaging services and their webhooks. https://www.twilio.com/docs/messaging/api/service-resource */
export const messagingServices: EvidenceSource = {
  id: 'messaging-services',
  title: sourceTitles['messaging-services'],
  kind: 'state',
  scope: 'account',
  removable: true,
  requests: ({ account }) => [{ operation: 'listMessagingServices', account }],
  key: (row) => textOf(row, 'sid'),
};
