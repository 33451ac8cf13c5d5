import type { JsonObject } from '../../../core/model/json.ts';
import type { SimSink } from '../../world.ts';
import { noContent, notFound, ok, Refusal } from '../answer.ts';
import { iso } from '../dates.ts';
import { listWithMeta, made } from '../paging.ts';
import type { Answer, Call, Route } from '../route.ts';

const common = { spec: 'events_v1', host: 'events.twilio.com' } as const;
const origin = 'https://events.twilio.com/v1';

/** Event Streams: where events go, and which. https://www.twilio.com/docs/events/event-streams/sink-resource */
export const sinkRoutes: readonly Route[] = [
  {
    ...common,
    operationId: 'ListSink',
    method: 'GET',
    path: '/v1/Sinks',
    handle: (call) => listWithMeta(call, 'sinks', made(sinksOf(call), call.now), (one) => sinkShape(one)),
  },
  {
    ...common,
    operationId: 'FetchSink',
    method: 'GET',
    path: '/v1/Sinks/{Sid}',
    handle: (call) => ok(sinkShape(named(call))),
  },
  { ...common, operationId: 'DeleteSink', method: 'DELETE', path: '/v1/Sinks/{Sid}', handle: removeSink },
  { ...common, operationId: 'ListSubscription', method: 'GET', path: '/v1/Subscriptions', handle: listSubscriptions },
  {
    ...common,
    operationId: 'DeleteSubscription',
    method: 'DELETE',
    path: '/v1/Subscriptions/{Sid}',
    handle: removeSubscription,
  },
];

/** A sink that is in use stays. https://www.twilio.com/docs/api/errors/91007 */
function removeSink(call: Call): Answer {
  const sink = named(call);
  if (sink.subscriptions.length > 0) throw new Refusal(400, 91007, 'Sink still in use');
  const sinks = sinksOf(call);
  sinks.splice(sinks.indexOf(sink), 1);
  return noContent;
}

function listSubscriptions(call: Call): Answer {
  const of = call.query.get('SinkSid');
  const rows = sinksOf(call)
    .filter(({ sid }) => of === null || sid === of)
    .flatMap((sink) => sink.subscriptions.map((one) => ({ ...one, sink: sink.sid })));
  return listWithMeta(call, 'subscriptions', made(rows, call.now), ({ sid, description, created, sink }) => ({
    sid,
    account_sid: call.account.sid,
    description,
    sink_sid: sink,
    date_created: iso(created),
    date_updated: iso(created),
    url: `${origin}/Subscriptions/${sid}`,
    links: { subscribed_events: `${origin}/Subscriptions/${sid}/SubscribedEvents` },
  }));
}

function removeSubscription(call: Call): Answer {
  for (const { subscriptions } of sinksOf(call)) {
    const at = subscriptions.findIndex(({ sid }) => sid === call.path['Sid']);
    if (at < 0) continue;
    subscriptions.splice(at, 1);
    return noContent;
  }
  throw notFound(`/Subscriptions/${call.path['Sid']}`);
}

function sinksOf({ account }: Call): SimSink[] {
  return account.sinks ?? [];
}

function named(call: Call): SimSink {
  const sink = sinksOf(call).find(({ sid }) => sid === call.path['Sid']);
  if (!sink) throw notFound(`/Sinks/${call.path['Sid']}`);
  return sink;
}

function sinkShape({ sid, description, url, created }: SimSink): JsonObject {
  return {
    sid,
    description,
    sink_type: 'webhook',
    status: 'active',
    sink_configuration: { destination: url, method: 'POST', batch_events: true },
    date_created: iso(created),
    date_updated: iso(created),
    url: `${origin}/Sinks/${sid}`,
    links: { sink_test: `${origin}/Sinks/${sid}/Test`, sink_validate: `${origin}/Sinks/${sid}/Validate` },
  };
}
