import { utc } from '../model/age.ts';
import { byWhom, readAuditEvent } from '../model/auditEvent.ts';
import { type JsonObject, textOf } from '../model/json.ts';
import type { TwilioRequest } from '../twilio/request.ts';
import type { Action, Readings, State } from './action.ts';
import type { PhoneNumberTarget } from './target.ts';

/** A webhook of a number: its name for a person, the property of the reply, the field of the form. */
const webhooks = [
  ['Voice URL', 'voice_url', 'VoiceUrl'],
  ['Voice fallback URL', 'voice_fallback_url', 'VoiceFallbackUrl'],
  ['SMS URL', 'sms_url', 'SmsUrl'],
  ['SMS fallback URL', 'sms_fallback_url', 'SmsFallbackUrl'],
  ['Status callback', 'status_callback', 'StatusCallback'],
] as const;

/** What a webhook is called, by its property in replies and audit events. */
export const webhookNames: ReadonlyMap<string, string> = new Map(webhooks.map(([name, property]) => [property, name]));

/** What takes the place of the URLs, so that changing them would change nothing. */
const instead = ['voice_application_sid', 'sms_application_sid', 'trunk_sid'] as const;
const handledBy = 'Handled by';

/** The state's field for what the audit log says a webhook was before it was first changed. */
export function earlier(name: string): string {
  return `${name} before it was changed`;
}

/** What setting the webhooks of a number is made of, whatever they are set to. */
export function webhookAction(
  wanted: (before: State, target: PhoneNumberTarget) => State,
): Pick<
  Action<PhoneNumberTarget>,
  'on' | 'reads' | 'optional' | 'state' | 'requests' | 'wanted' | 'applicable' | 'evidence' | 'blastRadius' | 'undo'
> {
  return {
    on: 'phoneNumber',
    applicable: () => true,
    reads: ({ account, sid }) => ({
      number: { operation: 'fetchPhoneNumber', account, path: { Sid: sid } },
      events: { operation: 'listEvents', account, query: { ResourceSid: sid } },
    }),
    // The audit log can be closed to a credential that may change the number.
    optional: ['events'],
    state: webhookState,
    requests: (target, before) => [update(target, before, wanted(before, target))],
    wanted,
    undo: { actionId: 'resetWebhooks', target: (target, before) => ({ ...target, restore: urlsOf(before) }) },
    evidence: ({ account, sid }) => ({ events: { operation: 'listEvents', account, query: { ResourceSid: sid } } }),
    blastRadius: ({ events }, { name }) => [
      { name: 'Changes', value: `where calls and messages to ${name} are answered, at once` },
      ...(events ? changesIn(events) : [{ name: 'Who changed it', value: 'unknown: the audit log could not be read' }]),
    ],
  };
}

/** The URLs alone, of a state. */
export function urlsOf(state: State): State {
  return Object.fromEntries(webhooks.map(([name]) => [name, state[name] ?? '']));
}

/** Every URL as none. */
export const noUrls: State = urlsOf({});

/** Why changing the URLs of this number would be of no use. */
export function refuseInstead(live: State): string | undefined {
  const by = live[handledBy];
  return by === undefined
    ? undefined
    : `Its calls or messages are handled by ${by}, so its own URLs have no effect. Look at that in the Console.`;
}

function webhookState(readings: Readings): State {
  const number: JsonObject = readings['number']?.body ?? {};
  const others = instead.map((property) => textOf(number, property)).filter(Boolean);
  const before = originals(readings['events']?.items ?? []);
  return {
    ...Object.fromEntries(webhooks.map(([name, property]) => [name, textOf(number, property) ?? ''])),
    ...Object.fromEntries(
      webhooks.flatMap(([name, property]) => {
        const url = before.get(property);
        return url === undefined ? [] : [[earlier(name), url]];
      }),
    ),
    ...(others.length > 0 && { [handledBy]: others.join(', ') }),
  };
}

/** What each property was before the oldest change that the audit log knows. */
function originals(events: readonly JsonObject[]): ReadonlyMap<string, string> {
  const inOrder = events.flatMap((one) => readAuditEvent(one) ?? []).toSorted((a, b) => b.at - a.at);
  return new Map(
    inOrder.flatMap(({ changes }) => changes.map(({ property, previous }) => [property, previous] as const)),
  );
}

function update({ account, sid }: PhoneNumberTarget, before: State, after: State): TwilioRequest {
  const changed = webhooks.filter(([name]) => after[name] !== undefined && after[name] !== before[name]);
  const form = Object.fromEntries(changed.map(([name, , field]) => [field, after[name] ?? '']));
  return { operation: 'updateWebhooks', account, path: { Sid: sid }, form };
}

function changesIn(events: readonly JsonObject[]) {
  const properties = new Set<string>(webhooks.map(([, property]) => property));
  const found = events
    .flatMap((one) => readAuditEvent(one) ?? [])
    .flatMap((event) =>
      event.changes.filter(({ property }) => properties.has(property)).map((change) => ({ event, change })),
    );
  if (found.length === 0) return [{ name: 'Changed before', value: 'not in the audit log that can be read' }];
  return found.slice(0, 5).map(({ event, change }) => ({
    name: 'Changed before',
    value: `${utc(event.at)} ${byWhom(event)}: ${change.property} from ${change.previous || 'none'} to ${change.updated || 'none'}`,
  }));
}
