import type { Branch, NodeKind, Scope, Severity } from '../accounts/nodeKind.ts';
import { madeByYou } from '../contain/ownKeys.ts';
import { duration, isoSeconds, span, utc } from '../model/age.ts';
import { type AuditEvent, byWhom, readAuditEvent } from '../model/auditEvent.ts';
import { securityMeaning } from '../model/securityEvents.ts';

/** An address counts as new when its first event is this recent and older events exist to compare with. */
const newAddress = 3 * span.day;

const securityEvents: NodeKind<AuditEvent> = {
  id: 'securityEvents',
  heading: 'Security events',
  about: 'What the audit log says of logins, keys, tokens, permissions and data access. New addresses are marked.',
  icon: 'shield',
  order: 7,
  empty: 'No security events in the last 30 days',
  knowsOwnKeys: true,
  // Twilio keeps events for 30 days unless the account has an edition with longer retention.
  lists: ({ account, now }) => [
    { operation: 'listEvents', account, query: { StartDate: isoSeconds(now - 30 * span.day) } },
  ],
  read: readAuditEvent,
  branches(rows, scope) {
    const firstSeen = firstSeenByAddress(rows);
    const oldest = Math.min(...firstSeen.values());
    return rows
      .filter(({ type }) => securityMeaning(type))
      .toSorted((a, b) => b.at - a.at)
      .map((event) => {
        const first = firstSeen.get(event.ip) ?? event.at;
        const isNew = event.ip !== '' && scope.now - first < newAddress && first - oldest > newAddress;
        return branch(event, isNew ? first : undefined, scope);
      });
  },
};
export default securityEvents;

function firstSeenByAddress(events: readonly AuditEvent[]): ReadonlyMap<string, number> {
  const first = new Map<string, number>();
  for (const { ip, at } of events) first.set(ip, Math.min(at, first.get(ip) ?? at));
  return first;
}

function branch(event: AuditEvent, addressFirstSeen: number | undefined, scope: Scope): Branch {
  const meaning = securityMeaning(event.type);
  const isNewAddress = addressFirstSeen !== undefined;
  const level: Severity = isNewAddress ? 'critical' : (meaning?.level ?? 'notice');
  const address = isNewAddress ? `, an address first seen ${duration(scope.now - addressFirstSeen)} ago` : '';
  const own = event.type.endsWith('.created') && scope.ownKeys?.has(event.resourceSid) ? madeByYou : undefined;
  const reason = `${meaning?.title ?? event.type} ${byWhom(event)}${address}.`;
  return {
    id: event.sid,
    label: meaning?.title ?? event.type,
    description: `${duration(scope.now - event.at)} ago · ${event.ip || event.source}${own === undefined ? '' : ` · ${own}`}`,
    ...(own !== undefined && { own }),
    icon: isNewAddress ? 'shield' : 'history',
    // A mere notice needs no mark: everyday logins would drown the rest.
    ...(level !== 'notice' && own === undefined && { severity: { level, reason } }),
    facts: [
      { name: 'Event', value: event.type },
      { name: 'When', value: utc(event.at) },
      { name: 'Actor', value: `${event.actorSid || 'unknown'} ${byWhom(event)}` },
      { name: 'Resource', value: event.resourceSid },
      ...(event.description ? [{ name: 'Description', value: event.description }] : []),
      ...event.changes.map(({ property, previous, updated }) => ({
        name: 'Change',
        value: `${property}: ${previous || '(empty)'} → ${updated || '(empty)'}`,
      })),
    ],
    sid: event.sid,
    consolePath: 'us1/monitor/insights/audit',
  };
}
