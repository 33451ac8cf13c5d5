import type { Branch, NodeKind, Scope } from '../accounts/nodeKind.ts';
import { duration, isoSeconds, span, utc } from '../model/age.ts';
import { type AuditEvent, byWhom, readAuditEvent } from '../model/auditEvent.ts';
import { instantOf, textOf } from '../model/json.ts';
import { hostOf } from '../model/webhook.ts';

interface PhoneNumber {
  readonly sid: string;
  readonly number: string;
  readonly name: string;
  readonly voiceUrl: string;
  readonly smsUrl: string;
  readonly created: number | undefined;
}

type Row = { readonly number: PhoneNumber } | { readonly event: AuditEvent };

const webhookProperties = new Set([
  'voice_url',
  'sms_url',
  'voice_fallback_url',
  'sms_fallback_url',
  'status_callback',
]);

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
        voiceUrl: textOf(item, 'voice_url') ?? '',
        smsUrl: textOf(item, 'sms_url') ?? '',
        created: instantOf(item, 'date_created'),
      },
    };
  },
  branches(rows, scope) {
    const numbers = rows.flatMap((row) => ('number' in row ? [row.number] : []));
    const events = rows.flatMap((row) => ('event' in row ? [row.event] : []));
    return numbers.map((number) => branch(number, numbers, events, scope));
  },
};
export default phoneNumbers;

function branch(row: PhoneNumber, all: readonly PhoneNumber[], events: readonly AuditEvent[], scope: Scope): Branch {
  const hosts = [...new Set([hostOf(row.voiceUrl), hostOf(row.smsUrl)])].filter((host) => host !== undefined);
  const severity = rewritten(row, all, events, scope);
  return {
    id: row.sid,
    label: row.number,
    description: [row.name === row.number ? '' : row.name, hosts.join(', ')].filter(Boolean).join(' · '),
    icon: 'device-mobile',
    ...(severity && { severity }),
    facts: [
      { name: 'Number SID', value: row.sid },
      { name: 'Voice URL', value: row.voiceUrl || 'none' },
      { name: 'SMS URL', value: row.smsUrl || 'none' },
      ...(row.created === undefined ? [] : [{ name: 'Bought', value: utc(row.created) }]),
    ],
    sid: row.sid,
    consolePath: 'us1/develop/phone-numbers/manage/incoming',
  };
}

/** Says when a webhook of this number was changed lately, and whether the new host is known from the account's other numbers. */
function rewritten(
  row: PhoneNumber,
  all: readonly PhoneNumber[],
  events: readonly AuditEvent[],
  scope: Scope,
): Branch['severity'] {
  const changes = events
    .filter(({ resourceSid }) => resourceSid === row.sid)
    .flatMap((event) => event.changes.map((change) => ({ event, change })))
    .filter(
      ({ change }) => webhookProperties.has(change.property) && hostOf(change.previous) !== hostOf(change.updated),
    );
  const latest = changes.toSorted((a, b) => b.event.at - a.event.at)[0];
  const host = hostOf(latest?.change.updated);
  if (!latest || !host) return undefined;
  const others = all
    .filter(({ sid }) => sid !== row.sid)
    .flatMap(({ voiceUrl, smsUrl }) => [hostOf(voiceUrl), hostOf(smsUrl)]);
  const what = `${latest.change.property} changed ${duration(scope.now - latest.event.at)} ago ${byWhom(latest.event)}`;
  return others.includes(host)
    ? { level: 'warning', reason: `${what} to ${host}, which other numbers use too.` }
    : { level: 'critical', reason: `${what} to ${host}, a host no other number here uses.` };
}
