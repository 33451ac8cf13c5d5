import { type Own, ownEvents } from '../contain/ownChanges.ts';
import type { OwnKeys } from '../contain/ownKeys.ts';
import { span } from '../model/age.ts';
import type { AuditEvent } from '../model/auditEvent.ts';
import { hostOf } from '../model/webhook.ts';
import { webhookFields } from '../model/webhookChanges.ts';
import type { CapturedEvent } from './stateFacts.ts';
import type { Thresholds } from './thresholds.ts';

/**
 * What an event does for somebody who took an account over. `persistence`: a way back in or a diversion that outlives the first credential.
 * Event types: https://www.twilio.com/docs/usage/monitor-events
 */
export type Purpose = 'login' | 'user' | 'key' | 'token' | 'setting' | 'persistence' | 'data' | 'evidence' | 'other';

const purposes: readonly (readonly [prefix: string, Purpose])[] = [
  ['user-session.', 'login'],
  ['user-password.', 'user'],
  ['user-invitation.', 'user'],
  ['user.', 'user'],
  ['account-api-keys.', 'key'],
  ['account-keys.', 'key'],
  ['account-auth-token.', 'token'],
  ['usage-trigger.', 'setting'],
  ['recharge-trigger.', 'setting'],
  ['sms-geographic-permissions.', 'setting'],
  ['voice-geographic-permissions.', 'setting'],
  ['verify-geo-permissions', 'setting'],
  ['verify-fraud-guard', 'setting'],
  ['messaging-settings.', 'setting'],
  ['security-settings.', 'setting'],
  ['payment-method.', 'setting'],
  // Messaging Services, as the audit log calls them.
  ['copilot-', 'setting'],
  ['account.updated', 'setting'],
  ['account-credentials.', 'persistence'],
  ['phone-number.created', 'persistence'],
  ['application.', 'persistence'],
  ['connect-app.', 'persistence'],
  ['authorized-connect-app.', 'persistence'],
  ['sip-', 'persistence'],
  ['trunk.', 'persistence'],
  ['byoc-trunk.', 'persistence'],
  ['flow.', 'persistence'],
  ['caller-id.', 'persistence'],
  ['sender-id.', 'persistence'],
  ['shortcode.', 'persistence'],
  ['account.created', 'persistence'],
  ['bulkexports.', 'data'],
  ['recording.accessed', 'data'],
  ['transcription.accessed', 'data'],
  ['account.deleted', 'evidence'],
  ['message.deleted', 'evidence'],
  ['message-body.deleted', 'evidence'],
];

export function purposeOf(event: AuditEvent): Purpose {
  const found = purposes.find(([prefix]) => event.type.startsWith(prefix));
  if (found) return found[1];
  return movedWebhooks(event).length > 0 ? 'persistence' : 'other';
}

/** `voice_url: voice.contoso.example → evil.example`, for each webhook that an event led to another host. Hostile text. */
export function movedWebhooks(event: AuditEvent): readonly string[] {
  const fields: readonly string[] = webhookFields;
  return event.changes.flatMap(({ property, previous, updated }) => {
    const [from, to] = [hostOf(previous), hostOf(updated)];
    return fields.includes(property) && to !== undefined && from !== to
      ? [`${property}: ${from ?? 'none'} → ${to}`]
      : [];
  });
}

/** Where an event came from, judged by the audit log itself. `unjudged`: there is too little log before it. */
export type Origin = 'known' | 'new' | 'unjudged' | 'Twilio';

/** One address that did something in the audit log. Nothing is looked up elsewhere. */
export interface Address {
  readonly ip: string;
  readonly origin: Origin;
  /** Epoch milliseconds. */
  readonly first: number;
  readonly last: number;
  readonly events: number;
  readonly web: number;
  readonly api: number;
  readonly actors: readonly string[];
}

/** An event that is not everyday work, with what it was for and whether its author is new here. */
export interface Deed extends CapturedEvent {
  readonly purpose: Purpose;
  readonly origin: Origin;
  /** True where the actor is in the log for the first time after its first days. */
  readonly newActor: boolean;
}

export interface Takeover {
  /** By first sight. */
  readonly addresses: readonly Address[];
  /** Everything but logins and everyday changes, by time. */
  readonly deeds: readonly Deed[];
  /** Changes in the incident's window that were made with this extension, by time: no deeds. */
  readonly own: readonly (CapturedEvent & Pick<Deed, 'purpose'>)[];
  /** True when the log is long enough to call an address new. */
  readonly judged: boolean;
  /** True when new addresses are common here, as with build servers and phones: then one more says little. */
  readonly restless: boolean;
}

/**
 * Who was here, since when, and what they did in the incident's window, which begins at `from` (epoch milliseconds). Events by time; addresses
 * and actors are compared over all accounts, since the same people work in them. With enough of the log before the window, whoever was here
 * some days before it is known; those days, because a window may begin after the attack did.
 */
export function findTakeover(
  events: readonly CapturedEvent[],
  { historyDays, takeover }: Thresholds,
  from = Number.NEGATIVE_INFINITY,
  made?: Own,
): Takeover {
  const changed = ownEvents(events, made?.changes ?? []);
  const isOwn = (event: AuditEvent): boolean =>
    changed.has(event.sid) || (purposeOf(event) === 'key' && isOwnKey(event, made?.keys));
  const first = events[0]?.event.at ?? 0;
  const last = events.at(-1)?.event.at ?? 0;
  const judgedFrom = Math.max(first, from - 2 * historyDays * span.day) + historyDays * span.day;
  const judged = last >= judgedFrom;
  const origin = (since: number): Origin => (!judged ? 'unjudged' : since >= judgedFrom ? 'new' : 'known');
  // Whoever contains may do so from where nobody worked before: their changes are no visit of a stranger.
  const people = events.filter(({ event }) => event.ip !== '' && event.source !== 'twilio' && !isOwn(event));
  const everywhere = [...Map.groupBy(people, ({ event }) => event.ip)].map(([ip, group]): Address => {
    const [since, until] = [group[0]?.event.at ?? 0, group.at(-1)?.event.at ?? 0];
    const by = (source: string): number => group.filter(({ event }) => event.source === source).length;
    const actors = [...new Set(group.map(({ event }) => event.actorSid))].filter((actor) => actor !== '');
    return {
      ip,
      origin: origin(since),
      first: since,
      last: until,
      events: group.length,
      web: by('web'),
      api: by('api'),
      actors,
    };
  });
  const byIp = new Map(everywhere.map((address) => [address.ip, address]));
  const actorSince = new Map<string, number>();
  for (const { event } of people) if (!actorSince.has(event.actorSid)) actorSince.set(event.actorSid, event.at);
  const own: (CapturedEvent & Pick<Deed, 'purpose'>)[] = [];
  const deeds = events.flatMap((captured): readonly Deed[] => {
    const { event } = captured;
    const purpose = purposeOf(event);
    if (purpose === 'other' || event.at < from) return [];
    if (isOwn(event)) {
      own.push({ ...captured, purpose });
      return [];
    }
    const came = event.source === 'twilio' || event.ip === '' ? 'Twilio' : (byIp.get(event.ip)?.origin ?? 'unjudged');
    const newActor = event.actorSid !== '' && origin(actorSince.get(event.actorSid) ?? 0) === 'new';
    return [{ ...captured, purpose, origin: came, newActor }];
  });
  const addresses = everywhere.filter((address) => address.last >= from);
  const arrivals = everywhere
    .filter((address) => address.origin === 'new')
    .map((address) => Math.floor(address.first / span.day));
  return { addresses, deeds, own, judged, restless: new Set(arrivals).size >= takeover.restlessDays };
}

function isOwnKey({ type, resourceSid }: AuditEvent, keys: OwnKeys | undefined): boolean {
  if (type.endsWith('.created')) return keys?.made.has(resourceSid) === true;
  return type.endsWith('.deleted') && keys?.deleted.has(resourceSid) === true;
}
