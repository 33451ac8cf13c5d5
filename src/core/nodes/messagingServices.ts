import type { NodeKind } from '../accounts/nodeKind.ts';
import { utc } from '../model/age.ts';
import { instantOf, textOf } from '../model/json.ts';
import { shortSid } from '../model/sid.ts';
import { hostOf } from '../model/webhook.ts';

interface MessagingService {
  readonly sid: string;
  readonly name: string;
  readonly usecase: string;
  readonly inboundUrl: string;
  readonly updated: number | undefined;
}

const messagingServices: NodeKind<MessagingService> = {
  id: 'messagingServices',
  heading: 'Messaging services',
  about: 'Use case and where replies are sent.',
  icon: 'comment-discussion',
  order: 4,
  empty: 'No messaging services',
  lists: ({ account }) => [{ operation: 'listMessagingServices', account }],
  read(item) {
    const sid = textOf(item, 'sid');
    if (!sid) return undefined;
    return {
      sid,
      name: textOf(item, 'friendly_name') ?? '',
      usecase: textOf(item, 'usecase') ?? '',
      inboundUrl: textOf(item, 'inbound_request_url') ?? '',
      updated: instantOf(item, 'date_updated'),
    };
  },
  branches: (rows) =>
    rows.map(({ sid, name, usecase, inboundUrl, updated }) => ({
      id: sid,
      label: name || sid,
      description: [hostOf(inboundUrl), usecase, shortSid(sid)].filter(Boolean).join(' · '),
      icon: 'comment-discussion',
      facts: [
        { name: 'Service SID', value: sid },
        { name: 'Use case', value: usecase || 'not stated' },
        { name: 'Inbound URL', value: inboundUrl || 'none' },
        ...(updated === undefined ? [] : [{ name: 'Updated', value: utc(updated) }]),
      ],
      sid,
      searchText: hostOf(inboundUrl) ?? '',
      consolePath: 'us1/develop/sms/services',
    })),
};
export default messagingServices;
