import type { Branch } from '../accounts/nodeKind.ts';
import { duration } from './age.ts';
import { type AuditEvent, byWhom } from './auditEvent.ts';
import { hostOf } from './webhook.ts';

/** Every property of a phone number that holds a URL. https://www.twilio.com/docs/phone-numbers/api/incomingphonenumber-resource */
export const webhookFields = [
  'voice_url',
  'voice_fallback_url',
  'sms_url',
  'sms_fallback_url',
  'status_callback',
] as const;

/** A number and where its calls and messages are sent, by property. */
export interface Webhooks {
  readonly sid: string;
  readonly urls: Readonly<Record<string, string>>;
}

interface Change {
  readonly event: AuditEvent;
  readonly number: string;
  readonly field: string;
  readonly from: string | undefined;
  readonly to: string | undefined;
}

type Finding = NonNullable<Branch['severity']>;

/**
 * Says of a number when a webhook was lately moved to another host, and whether that host is known from the other numbers that
 * were read. A host counts as known where it stands without having been put there lately: an attacker who rewrites all
 * numbers does not vouch for one with the other. Events are those of the last 30 days, `now` is epoch ms.
 */
export function rewrittenWebhook(
  numbers: readonly Webhooks[],
  events: readonly AuditEvent[],
  now: number,
): (number: Webhooks) => Finding | undefined {
  const changes = events.flatMap(changesIn).toSorted((a, b) => a.event.at - b.event.at);
  const byNumber = Map.groupBy(changes, ({ number }) => number);
  const recent = new Set(changes.map(({ number, field, to }) => `${number} ${field} ${to}`));
  const hosts = numbers.flatMap(({ sid, urls }) =>
    webhookFields.map((field) => {
      const host = hostOf(urls[field]);
      return { sid, host, isOld: !recent.has(`${sid} ${field} ${host}`) };
    }),
  );
  const old = Map.groupBy(
    hosts.filter(({ isOld }) => isOld),
    ({ host }) => host,
  );
  const isKnown = (host: string | undefined, except: string) =>
    old.get(host)?.some(({ sid }) => sid !== except) === true;

  return (number) => {
    const byField = Map.groupBy(byNumber.get(number.sid) ?? [], ({ field }) => field);
    const findings = [...byField].flatMap(([field, inOrder]) => {
      const moved = movedAway(inOrder);
      if (!moved?.to) return [];
      const what = `${field} changed ${duration(now - moved.event.at)} ago ${byWhom(moved.event)} to ${moved.to}`;
      const current = hostOf(number.urls[field]);
      if (current !== moved.to) return [since(what, current, inOrder[0]?.from)];
      return [here(what, isKnown(moved.to, number.sid))];
    });
    return findings.find(({ level }) => level === 'critical') ?? findings[0];
  };
}

/** The last change of one property to a host it did not have at first, since a change back is no reason to worry. */
function movedAway(inOrder: readonly Change[]): Change | undefined {
  const original = inOrder[0]?.from;
  return inOrder.findLast(({ to }) => to !== undefined && to !== original);
}

function here(what: string, isKnown: boolean): Finding {
  return isKnown
    ? { level: 'warning', reason: `${what}, which others among the numbers read here use too.` }
    : { level: 'critical', reason: `${what}, a host that is new among the numbers read here.` };
}

function since(what: string, current: string | undefined, original: string | undefined): Finding {
  const back = current === original ? 'It was changed back since' : 'It was changed again since';
  return { level: 'warning', reason: `${what}. ${back}, to ${current ?? 'none'}.` };
}

function changesIn(event: AuditEvent): readonly Change[] {
  const fields: readonly string[] = webhookFields;
  return event.changes
    .filter(({ property }) => fields.includes(property))
    .map(({ property, previous, updated }) => ({
      event,
      number: event.resourceSid,
      field: property,
      from: hostOf(previous),
      to: hostOf(updated),
    }))
    .filter(({ from, to }) => from !== to);
}
