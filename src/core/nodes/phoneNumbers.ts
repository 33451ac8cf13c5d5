import type { Branch, NodeKind } from '../accounts/nodeKind.ts';
import { isoSeconds, span, utc } from '../model/age.ts';
import { type AuditEvent, readAuditEvent } from '../model/auditEvent.ts';
import { instantOf, textOf } from '../model/json.ts';
import { hostOf } from '../model/webhook.ts';
import { rewrittenWebhook, type Webhooks, webhookFields } from '../model/webhookChanges.ts';

interface PhoneNumber extends Webhooks {
  readonly number: string;
  readonly name: string;
  readonly created: number | undefined;
  /** What takes the place of webhooks: SIDs of TwiML apps and of a SIP trunk. */
  readonly instead: Readonly<Record<string, string>>;
}

type Row = { readonly number: PhoneNumber } | { readonly event: AuditEvent };

const urlNames = {
  voice_url: 'Voice URL',
  voice_fallback_url: 'Voice fallback URL',
  sms_url: 'SMS URL',
  sms_fallback_url: 'SMS fallback URL',
  status_callback: 'Status callback',
} as const satisfies Record<(typeof webhookFields)[number], string>;
const usual: ReadonlySet<string> = new Set(['voice_url', 'sms_url']);

const insteadNames = {
  voice_application_sid: 'TwiML app for calls',
  sms_application_sid: 'TwiML app for messages',
  trunk_sid: 'SIP trunk',
} as const;

const phoneNumbers: NodeKind<Row> = {
  id: 'phoneNumbers',
  heading: 'Phone numbers',
  about: 'Where its calls and messages are sent. Webhooks rewritten lately are marked.',
  icon: 'device-mobile',
  order: 3,
  empty: 'No phone numbers',
  lists: ({ account }) => [{ operation: 'listPhoneNumbers', account }],
  context: ({ account, now }) => [
    {
      operation: 'listEvents',
      account,
      query: { EventType: 'phone-number.updated', StartDate: isoSeconds(now - 30 * span.day) },
    },
  ],
  read(item, source) {
    if (source === 'listEvents') {
      const event = readAuditEvent(item);
      return event && { event };
    }
    const sid = textOf(item, 'sid');
    const number = textOf(item, 'phone_number');
    if (!sid || !number) return undefined;
    return {
      number: {
        sid,
        number,
        name: textOf(item, 'friendly_name') ?? '',
        urls: Object.fromEntries(webhookFields.map((field) => [field, textOf(item, field) ?? ''])),
        created: instantOf(item, 'date_created'),
        instead: Object.fromEntries(
          Object.entries(insteadNames).map(([field, name]) => [name, textOf(item, field) ?? '']),
        ),
      },
    };
  },
  branches(rows, scope) {
    const numbers = rows.flatMap((row) => ('number' in row ? [row.number] : []));
    const events = rows.flatMap((row) => ('event' in row ? [row.event] : []));
    const severity = rewrittenWebhook(numbers, events, scope.now);
    return numbers.map((number) => ({
      ...branch(number, severity(number)),
      target: { kind: 'phoneNumber', account: scope.account, name: number.number, sid: number.sid },
    }));
  },
};
export default phoneNumbers;

function branch(row: PhoneNumber, severity: Branch['severity']): Branch {
  const found = webhookFields.map((field) => hostOf(row.urls[field])).filter((host) => host !== undefined);
  const hosts = [...new Set(found)];
  return {
    id: row.sid,
    label: row.number,
    description: [hosts.join(', '), row.name === row.number ? '' : row.name].filter(Boolean).join(' · '),
    icon: 'device-mobile',
    ...(severity && { severity }),
    facts: [
      { name: 'Number SID', value: row.sid },
      ...webhookFields
        .filter((field) => usual.has(field) || row.urls[field])
        .map((field) => ({ name: urlNames[field], value: row.urls[field] || 'none' })),
      ...Object.entries(row.instead).flatMap(([name, value]) => (value ? [{ name, value }] : [])),
      ...(row.created === undefined ? [] : [{ name: 'Bought', value: utc(row.created) }]),
    ],
    sid: row.sid,
    searchText: hosts.join(' '),
    consolePath: 'us1/develop/phone-numbers/manage/incoming',
  };
}
