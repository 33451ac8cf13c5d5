import type { JsonObject } from '../../../core/model/json.ts';
import type { SimEvent } from '../../world.ts';
import { notFound, ok, Refusal } from '../answer.ts';
import { iso, windowByNames } from '../dates.ts';
import { listWithMeta } from '../paging.ts';
import type { Answer, Call, Route } from '../route.ts';

const common = { spec: 'monitor_v1', host: 'monitor.twilio.com', method: 'GET' } as const;
const retention = 30 * 86_400_000;
const filters = ['ActorSid', 'EventType', 'ResourceSid', 'SourceIpAddress'] as const;

/** The audit log. https://www.twilio.com/docs/usage/monitor-events */
export const eventRoutes: readonly Route[] = [
  {
    ...common,
    operationId: 'ListEvent',
    path: '/v1/Events',
    permission: '/twilio/monitor/events/list',
    handle: list,
  },
  {
    ...common,
    operationId: 'FetchEvent',
    path: '/v1/Events/{Sid}',
    permission: '/twilio/monitor/events/read',
    handle(call) {
      const { account, path, now } = call;
      const event = account.events.find(({ sid, at }) => sid === path['Sid'] && at <= now && at >= now - retention);
      if (!event) throw notFound(`/Events/${path['Sid']}`);
      return ok(shape(call, event));
    },
  },
];

function list(call: Call): Answer {
  const { query, account, now } = call;
  if (filters.filter((name) => query.has(name)).length > 1)
    throw new Refusal(400, 20001, `Only one of ${filters.join(', ')} can be given at a time`);
  const { from, to } = windowByNames(query, ['StartDate', 'EndDate'], now, retention);
  const asked = (name: (typeof filters)[number], value: string | undefined) => (query.get(name) ?? value) === value;
  const events = account.events
    .filter(
      ({ at, actorSid, type, resourceSid, ip }) =>
        at >= from &&
        at <= to &&
        asked('ActorSid', actorSid) &&
        asked('EventType', type) &&
        asked('ResourceSid', resourceSid) &&
        asked('SourceIpAddress', ip),
    )
    .sort((a, b) => b.at - a.at || (a.sid < b.sid ? -1 : 1));
  return listWithMeta(
    call,
    'events',
    (before) => events.filter(({ at }) => at <= before),
    (event) => shape(call, event),
  );
}

function shape({ account }: Call, event: SimEvent): JsonObject {
  return {
    sid: event.sid,
    account_sid: account.sid,
    event_type: event.type,
    event_date: iso(event.at),
    description: event.description === '' ? null : event.description,
    actor_sid: event.actorSid ?? null,
    actor_type: event.actorType,
    source: event.source,
    source_ip_address: event.ip,
    resource_type: event.resourceType,
    resource_sid: event.resourceSid,
    event_data: Object.keys(event.changes).length === 0 ? {} : { resource_properties: event.changes },
    url: `https://monitor.twilio.com/v1/Events/${event.sid}`,
    links: {
      actor: event.actorSid === undefined ? null : `https://api.twilio.com/2010-04-01/Accounts/${account.sid}`,
      resource: `https://api.twilio.com/2010-04-01/Accounts/${account.sid}`,
    },
  };
}
