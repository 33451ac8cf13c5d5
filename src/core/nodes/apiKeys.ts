import type { Branch, NodeKind, Scope } from '../accounts/nodeKind.ts';
import { madeByYou } from '../contain/ownKeys.ts';
import { duration, isoSeconds, span, utc } from '../model/age.ts';
import { type AuditEvent, byWhom, readAuditEvent } from '../model/auditEvent.ts';
import { instantOf, type JsonObject, textOf } from '../model/json.ts';
import { shortSid } from '../model/sid.ts';

interface ApiKey {
  readonly sid: string;
  readonly name: string;
  readonly created: number | undefined;
  readonly kind: 'Standard' | 'Main' | 'Restricted';
}

type Row = { readonly key: ApiKey } | { readonly event: AuditEvent };

/** A key made this recently is worth a look; by API, it is how an attacker stays (guide, indicator A4). */
const recent = 7 * span.day;

const apiKeys: NodeKind<Row> = {
  id: 'apiKeys',
  heading: 'API keys',
  about: 'Kind and age, and who made it from where, from the audit log. Recent ones are marked.',
  icon: 'key',
  order: 2,
  empty: 'No API keys',
  knowsOwnKeys: true,
  lists: ({ account }) => [{ operation: 'listKeys', account, query: { AccountSid: account } }],
  // Keys carry no creator; the audit log says who made them, for as long as it is kept (30 days by default).
  // Twilio writes either type, and takes one non-date filter per request.
  context: ({ account, now }) =>
    ['account-api-keys.created', 'account-keys.created'].map((type) => ({
      operation: 'listEvents',
      account,
      query: { EventType: type, StartDate: isoSeconds(now - 30 * span.day) },
    })),
  read(item, source) {
    if (source === 'listEvents') return wrap(readAuditEvent(item));
    const sid = textOf(item, 'sid');
    if (!sid) return undefined;
    return {
      key: {
        sid,
        name: textOf(item, 'friendly_name') ?? '',
        created: instantOf(item, 'date_created'),
        kind: kindOf(item),
      },
    };
  },
  branches(rows, scope) {
    const creation = new Map(
      rows.flatMap((row) => ('event' in row ? [[row.event.resourceSid, row.event] as const] : [])),
    );
    return rows.flatMap((row) => ('key' in row ? [branch(row.key, creation.get(row.key.sid), scope)] : []));
  },
};
export default apiKeys;

function wrap(event: AuditEvent | undefined): Row | undefined {
  return event && { event };
}

/** The flags IAM gives: `restricted`; `manage_accounts` and `manage_keys` for Main keys; otherwise Standard. */
function kindOf(item: JsonObject): ApiKey['kind'] {
  const flags = Array.isArray(item['flags']) ? item['flags'] : [];
  if (flags.includes('restricted')) return 'Restricted';
  return flags.includes('manage_keys') ? 'Main' : 'Standard';
}

function branch(key: ApiKey, creation: AuditEvent | undefined, scope: Scope): Branch {
  const age = key.created === undefined ? undefined : scope.now - key.created;
  const own = scope.ownKeys?.has(key.sid) ? madeByYou : undefined;
  const isRecent = own === undefined && age !== undefined && age < recent;
  const maker = creation ? ` ${byWhom(creation)}` : '';
  return {
    id: key.sid,
    label: key.name || '(no name)',
    description: `${own === undefined ? '' : `${own} · `}${age === undefined ? '' : `${duration(age)} old · `}${key.kind} · ${shortSid(key.sid)}`,
    icon: 'key',
    ...(own !== undefined && { own }),
    ...(isRecent && {
      severity: {
        level: creation?.source === 'api' ? 'critical' : 'warning',
        reason: `Created ${duration(age)} ago${maker}.`,
      },
    }),
    facts: [
      { name: 'Key SID', value: key.sid },
      { name: 'Kind', value: key.kind },
      ...(key.created === undefined ? [] : [{ name: 'Created', value: utc(key.created) }]),
      ...(own === undefined ? [] : [{ name: 'Whose', value: `${own}, as its sealed record says` }]),
      creation
        ? { name: 'Created by', value: `${creation.actorSid || 'unknown actor'} ${byWhom(creation)}` }
        : { name: 'Created by', value: 'not in the audit log that can be read' },
    ],
    sid: key.sid,
    consolePath: 'us1/account/keys-credentials/api-keys',
    target: { kind: 'apiKey', account: scope.account, name: key.name, sid: key.sid },
  };
}
