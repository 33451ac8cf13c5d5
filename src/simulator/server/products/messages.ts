import type { JsonObject } from '../../../core/model/json.ts';
import type { SimMessage } from '../../world.ts';
import { invalid, notFound, ok, Refusal } from '../answer.ts';
import { rfc2822, windowByOperator } from '../dates.ts';
import { errorText } from '../errorText.ts';
import { liveTraffic } from '../liveTraffic.ts';
import { listV2010 } from '../paging.ts';
import type { Answer, Call, Route } from '../route.ts';

const common = { spec: 'api_v2010', host: 'api.twilio.com', method: 'GET' } as const;
const folder = '/2010-04-01/Accounts/{AccountSid}/Messages';

/** How long after its creation a message of the simulation is sent at most. */
const longestWait = 3_600_000;

/** Messages. https://www.twilio.com/docs/messaging/api/message-resource */
export const messageRoutes: readonly Route[] = [
  {
    ...common,
    operationId: 'ListMessage',
    path: `${folder}.json`,
    permission: '/twilio/messaging/messages/list',
    handle: list,
  },
  {
    ...common,
    operationId: 'FetchMessage',
    path: `${folder}/{Sid}.json`,
    permission: '/twilio/messaging/messages/read',
    handle: (call) => {
      const message = liveTraffic(call, call.account.messages).find(call.path['Sid'] ?? '');
      if (!message) throw notFound(`/Messages/${call.path['Sid']}`);
      return ok(shape(call, present(message, call.now)));
    },
  },
  {
    ...common,
    method: 'POST',
    operationId: 'UpdateMessage',
    path: `${folder}/{Sid}.json`,
    permission: '/twilio/messaging/messages/update',
    handle: cancel,
  },
];

/** Only what waits for its time can be cancelled. https://www.twilio.com/docs/messaging/features/message-scheduling */
function cancel(call: Call): Answer {
  const sid = call.path['Sid'] ?? '';
  const message = liveTraffic(call, call.account.messages).find(sid);
  if (!message) throw notFound(`/Messages/${sid}`);
  if (call.form.get('Status') !== 'canceled') throw invalid('Status');
  if (message.status !== 'scheduled') throw new Refusal(400, 30409, 'Message cannot be canceled');
  call.account.messages.change(sid, { status: 'canceled' });
  return ok(shape(call, { ...message, status: 'canceled' }));
}

function list(call: Call): Answer {
  const { query, account, now } = call;
  const { from, to } = windowByOperator(query, 'DateSent', now);
  const traffic = liveTraffic(call, account.messages);
  const isTo = isParty(query.get('To'));
  const isFrom = isParty(query.get('From'));
  return listV2010(
    call,
    'messages',
    function* (before) {
      for (const row of traffic.newestFirst(from - longestWait, Math.min(to, before))) {
        const message = present(row, now);
        // A message that was never sent is dated by its creation: Twilio does not say, and leaving it out would hide it.
        const sent = message.sent ?? message.at;
        if (sent >= from && sent <= to && isTo(message.to) && isFrom(message.from)) yield message;
      }
    },
    (message) => shape(call, message),
  );
}

/** Whether a number or sender is the one asked for; `+7958*` stands for every number that begins so. */
export function isParty(asked: string | null): (party: string) => boolean {
  if (!asked) return () => true;
  const start = asked.endsWith('*') ? asked.slice(0, -1) : undefined;
  return (party) => (start === undefined ? party === asked : party.startsWith(start));
}

/** A message as it stands now: one whose sending lies ahead is still queued. */
function present(message: SimMessage, now: number): SimMessage {
  if (message.sent === undefined || message.sent <= now) return message;
  return { ...message, sent: undefined, status: 'queued', errorCode: undefined, price: undefined };
}

/** A message does not change, a changed one is another: large lists are asked for page by page, and some of it again. */
const shapes = new WeakMap<SimMessage, JsonObject>();

function shape(call: Call, message: SimMessage): JsonObject {
  const known = shapes.get(message) ?? shaped(call, message);
  shapes.set(message, known);
  return known;
}

function shaped({ account }: Call, message: SimMessage): JsonObject {
  const { sent, errorCode, price } = message;
  const uri = `/2010-04-01/Accounts/${account.sid}/Messages/${message.sid}`;
  return {
    sid: message.sid,
    account_sid: account.sid,
    messaging_service_sid: message.messagingServiceSid ?? null,
    from: message.from,
    to: message.to,
    body: message.body,
    status: message.status,
    direction: message.direction,
    num_segments: String(message.segments),
    num_media: '0',
    price: price === undefined ? null : price.toFixed(5),
    price_unit: 'USD',
    error_code: errorCode ?? null,
    error_message: errorCode === undefined ? null : errorText(errorCode),
    date_created: rfc2822(message.at),
    date_sent: sent === undefined ? null : rfc2822(sent),
    date_updated: rfc2822(sent ?? message.at),
    api_version: '2010-04-01',
    uri: `${uri}.json`,
    subresource_uris: { media: `${uri}/Media.json`, feedback: `${uri}/Feedback.json` },
  };
}
