import type { Action } from '../contain/action.ts';
import { counted } from '../contain/facts.ts';
import type { EventSinkTarget } from '../contain/target.ts';
import { textOf } from '../model/json.ts';

const field = 'Event sink';
const usersField = 'Subscriptions';

/** Twilio keeps a sink that subscriptions use, so those go first. https://www.twilio.com/docs/events/event-streams/sink-resource */
const removeEventSink: Action<EventSinkTarget> = {
  id: 'removeEventSink',
  title: 'Remove Event Sink…',
  icon: 'trash',
  on: 'eventSink',
  reversibility: 'irreversible',
  several: 'remove # sinks',
  applicable: () => true,
  refuse: () => undefined,
  reads: ({ account, sid }) => ({
    sink: { operation: 'fetchSink', account, path: { Sid: sid } },
    subscriptions: { operation: 'listSubscriptions', account, query: { SinkSid: sid } },
  }),
  state: ({ sink, subscriptions }) => ({
    [field]: 'there',
    Kind: (sink && textOf(sink.body, 'sink_type')) ?? '',
    [usersField]: String(subscriptions?.items.length ?? 0),
  }),
  gone: { [field]: 'gone' },
  sweep: {
    of: 'subscription of this sink',
    prefix: 'DF',
    found: ({ subscriptions }) => subscriptions?.items.flatMap((one) => textOf(one, 'sid') ?? []) ?? [],
    one: ({ account }, sid) => ({ operation: 'deleteSubscription', account, path: { Sid: sid } }),
  },
  requests: ({ account, sid }) => [{ operation: 'deleteSink', account, path: { Sid: sid } }],
  wanted: () => ({ [field]: 'gone' }),
  evidence: ({ account, sid }) => ({
    subscriptions: { operation: 'listSubscriptions', account, query: { SinkSid: sid } },
  }),
  blastRadius: ({ subscriptions }, { name }, before) => [
    {
      name: 'Stops',
      value: `the stream of events to ${name} (${before['Kind'] ?? 'unknown kind'}), at once and for good`,
    },
    counted('Subscriptions removed with it', subscriptions),
    { name: 'Lost', value: 'events that happen until there is another sink are sent nowhere' },
  ],
};
export default removeEventSink;
