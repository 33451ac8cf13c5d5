import { instantOf, type JsonObject, objectOf, textOf } from './json.ts';

/** One entry of Twilio's audit log (Monitor Events). https://www.twilio.com/docs/usage/monitor-events */
export interface AuditEvent {
  readonly sid: string;
  readonly type: string;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly description: string;
  readonly actorSid: string;
  readonly actorType: string;
  /** `web` is the Console, `api` a credential. */
  readonly source: string;
  readonly ip: string;
  readonly resourceSid: string;
  readonly changes: readonly Change[];
}

export interface Change {
  readonly property: string;
  readonly previous: string;
  readonly updated: string;
}

/** Reads an event; `undefined` when SID, type or date are missing. */
export function readAuditEvent(item: JsonObject): AuditEvent | undefined {
  const sid = textOf(item, 'sid');
  const type = textOf(item, 'event_type');
  const at = instantOf(item, 'event_date');
  if (!sid || !type || at === undefined) return undefined;
  return {
    sid,
    type,
    at,
    description: textOf(item, 'description') ?? '',
    actorSid: textOf(item, 'actor_sid') ?? '',
    actorType: textOf(item, 'actor_type') ?? '',
    source: textOf(item, 'source') ?? '',
    ip: textOf(item, 'source_ip_address') ?? '',
    resourceSid: textOf(item, 'resource_sid') ?? '',
    changes: changesOf(item),
  };
}

function changesOf(item: JsonObject): readonly Change[] {
  const properties = objectOf(objectOf(item, 'event_data') ?? {}, 'resource_properties') ?? {};
  return Object.keys(properties).flatMap((property) => {
    const change = objectOf(properties, property);
    if (!change) return [];
    return [{ property, previous: textOf(change, 'previous') ?? '', updated: textOf(change, 'updated') ?? '' }];
  });
}

/** `by API from 203.0.113.42`: who did it, in the words of a sentence. */
export function byWhom(event: AuditEvent): string {
  const how = event.source === 'api' ? 'by API' : event.source === 'web' ? 'in the Console' : 'by Twilio';
  return event.ip ? `${how} from ${event.ip}` : how;
}
