import type { JsonObject } from '../../../core/model/json.ts';
import type { SimCall } from '../../world.ts';
import { invalid, notFound, ok, Refusal } from '../answer.ts';
import { rfc2822, windowByOperator } from '../dates.ts';
import { liveTraffic } from '../liveTraffic.ts';
import { listV2010 } from '../paging.ts';
import type { Answer, Call, Route } from '../route.ts';
import { isParty } from './messages.ts';

const common = { spec: 'api_v2010', host: 'api.twilio.com' } as const;
const folder = '/2010-04-01/Accounts/{AccountSid}/Calls';
const one = `${folder}/{Sid}.json`;

/** Calls. https://www.twilio.com/docs/voice/api/call-resource */
export const callRoutes: readonly Route[] = [
  {
    ...common,
    operationId: 'ListCall',
    method: 'GET',
    path: `${folder}.json`,
    permission: '/twilio/voice/calls/list',
    handle: list,
  },
  {
    ...common,
    operationId: 'FetchCall',
    method: 'GET',
    path: one,
    permission: '/twilio/voice/calls/read',
    handle: (call) => ok(shape(call, phoneCallOf(call))),
  },
  {
    ...common,
    operationId: 'UpdateCall',
    method: 'POST',
    path: one,
    permission: '/twilio/voice/calls/update',
    handle: update,
  },
];

function list(call: Call): Answer {
  const { query, account, now } = call;
  const started = windowByOperator(query, 'StartTime', now);
  const ended = windowByOperator(query, 'EndTime', now);
  const anyEnd = ended.from === 0 && ended.to === now;
  const status = query.get('Status');
  const isTo = isParty(query.get('To'));
  const isFrom = isParty(query.get('From'));
  const traffic = liveTraffic(call, account.calls);
  const wanted = (phone: SimCall) => {
    const end = endOf(phone);
    return (
      isTo(phone.to) &&
      isFrom(phone.from) &&
      (status === null || phone.status === status) &&
      (anyEnd || (end !== undefined && end >= ended.from && end <= ended.to)) &&
      !query.get('ParentCallSid')
    );
  };
  return listV2010(
    call,
    'calls',
    function* (before) {
      for (const row of traffic.newestFirst(started.from, Math.min(started.to, before))) {
        const phone = present(row, now);
        if (wanted(phone)) yield phone;
      }
    },
    (phone) => shape(call, phone),
  );
}

function update(call: Call): Answer {
  const phone = phoneCallOf(call);
  const status = call.form.get('Status');
  if (status !== 'completed' && status !== 'canceled') throw invalid('Status');
  const waiting = phone.status === 'queued' || phone.status === 'ringing';
  const going = status === 'canceled' ? waiting : waiting || phone.status === 'in-progress';
  if (!going) throw new Refusal(400, 21220, 'Call is not in-progress. Cannot redirect.');
  const duration = phone.status === 'in-progress' ? Math.floor((call.now - phone.at) / 1000) : 0;
  call.account.calls.change(phone.sid, { status: waiting ? 'canceled' : 'completed', duration });
  return ok(shape(call, phoneCallOf(call)));
}

function phoneCallOf(call: Call): SimCall {
  const row = liveTraffic(call, call.account.calls).find(call.path['Sid'] ?? '');
  if (!row) throw notFound(`/Calls/${call.path['Sid']}`);
  return present(row, call.now);
}

/** A call as it stands now: one whose end lies ahead is still in progress. */
function present(phone: SimCall, now: number): SimCall {
  const goesOn = phone.status === 'completed' && phone.at + phone.duration * 1000 > now;
  return goesOn ? { ...phone, status: 'in-progress', price: undefined } : phone;
}

function endOf({ status, at, duration }: SimCall): number | undefined {
  return status === 'in-progress' || status === 'ringing' || status === 'queued' ? undefined : at + duration * 1000;
}

function shape({ account }: Call, phone: SimCall): JsonObject {
  const uri = `/2010-04-01/Accounts/${account.sid}/Calls/${phone.sid}`;
  const end = endOf(phone);
  const begun = phone.status !== 'queued' && phone.status !== 'ringing';
  return {
    sid: phone.sid,
    account_sid: account.sid,
    parent_call_sid: null,
    phone_number_sid: null,
    trunk_sid: null,
    group_sid: null,
    from: phone.from,
    from_formatted: phone.from,
    to: phone.to,
    to_formatted: phone.to,
    forwarded_from: null,
    caller_name: null,
    answered_by: null,
    status: phone.status,
    direction: phone.direction,
    duration: end === undefined ? null : String(phone.duration),
    queue_time: '0',
    price: phone.price === undefined ? null : phone.price.toFixed(5),
    price_unit: 'USD',
    date_created: rfc2822(phone.at),
    date_updated: rfc2822(end ?? phone.at),
    start_time: begun ? rfc2822(phone.at) : null,
    end_time: end === undefined ? null : rfc2822(end),
    api_version: '2010-04-01',
    uri: `${uri}.json`,
    subresource_uris: { events: `${uri}/Events.json`, recordings: `${uri}/Recordings.json` },
  };
}
