import type { JsonObject } from '../../../core/model/json.ts';
import type { SimNumber } from '../../world.ts';
import { noContent, notFound, ok } from '../answer.ts';
import { audit } from '../audit.ts';
import { rfc2822 } from '../dates.ts';
import { listV2010, made } from '../paging.ts';
import type { Answer, Call, Route } from '../route.ts';

const common = { spec: 'api_v2010', host: 'api.twilio.com', method: 'GET' } as const;
const folder = '/2010-04-01/Accounts/{AccountSid}/IncomingPhoneNumbers';

/** Phone numbers of an account. https://www.twilio.com/docs/phone-numbers/api/incomingphonenumber-resource */
export const phoneNumberRoutes: readonly Route[] = [
  {
    ...common,
    operationId: 'ListIncomingPhoneNumber',
    path: `${folder}.json`,
    permission: '/twilio/phone-numbers/active-numbers/list',
    handle: list,
  },
  {
    ...common,
    operationId: 'FetchIncomingPhoneNumber',
    path: `${folder}/{Sid}.json`,
    permission: '/twilio/phone-numbers/active-numbers/read',
    handle: (call) => ok(shape(call, numberOf(call))),
  },
  {
    ...common,
    method: 'POST',
    operationId: 'UpdateIncomingPhoneNumber',
    path: `${folder}/{Sid}.json`,
    permission: '/twilio/phone-numbers/active-numbers/update',
    handle: update,
  },
  {
    ...common,
    method: 'DELETE',
    operationId: 'DeleteIncomingPhoneNumber',
    path: `${folder}/{Sid}.json`,
    permission: '/twilio/phone-numbers/active-numbers/delete',
    handle: release,
  },
];

function numberOf({ account, path, now }: Call): SimNumber {
  const number = account.numbers.find(({ sid, created }) => sid === path['Sid'] && created <= now);
  if (!number) throw notFound(`/IncomingPhoneNumbers/${path['Sid']}`);
  return number;
}

/** The webhooks the simulation knows, by field of the form. */
const webhooks = { VoiceUrl: 'voiceUrl', SmsUrl: 'smsUrl', StatusCallback: 'statusCallback' } as const;
const properties = { VoiceUrl: 'voice_url', SmsUrl: 'sms_url', StatusCallback: 'status_callback' } as const;

function update(call: Call): Answer {
  const number = numberOf(call);
  const names = Object.keys(webhooks) as (keyof typeof webhooks)[];
  const changed = names.flatMap((name) => {
    const updated = call.form.get(name);
    const previous = number[webhooks[name]];
    return updated === null || updated === previous ? [] : [{ name, previous, updated }];
  });
  for (const { name, updated } of changed) number[webhooks[name]] = updated;
  const changes = changed.map(({ name, previous, updated }) => [properties[name], { previous, updated }]);
  if (changed.length > 0) audit(call, 'phone-number.updated', number.sid, Object.fromEntries(changes));
  number.updated = call.now;
  return ok(shape(call, number));
}

/** Gives the number back. It leaves the sender pools it is in. */
function release(call: Call): Answer {
  const { account } = call;
  const number = numberOf(call);
  account.numbers.splice(account.numbers.indexOf(number), 1);
  for (const { numberSids } of account.messagingServices)
    if (numberSids.includes(number.sid)) numberSids.splice(numberSids.indexOf(number.sid), 1);
  audit(call, 'phone-number.deleted', number.sid);
  return noContent;
}

function list(call: Call): Answer {
  const { query, account, now } = call;
  const name = query.get('FriendlyName');
  const part = query.get('PhoneNumber')?.replace(/\*$/, '');
  const numbers = account.numbers.filter(
    (number) =>
      (name === null || number.friendlyName === name) && (part === undefined || number.phoneNumber.includes(part)),
  );
  return listV2010(call, 'incoming_phone_numbers', made(numbers, now), (number) => shape(call, number));
}

function shape({ account }: Call, number: SimNumber): JsonObject {
  return {
    sid: number.sid,
    account_sid: account.sid,
    phone_number: number.phoneNumber,
    friendly_name: number.friendlyName,
    voice_url: number.voiceUrl,
    voice_method: 'POST',
    voice_fallback_url: '',
    voice_fallback_method: 'POST',
    voice_application_sid: null,
    voice_caller_id_lookup: false,
    voice_receive_mode: 'voice',
    sms_url: number.smsUrl,
    sms_method: 'POST',
    sms_fallback_url: '',
    sms_fallback_method: 'POST',
    sms_application_sid: null,
    status_callback: number.statusCallback,
    status_callback_method: 'POST',
    trunk_sid: null,
    address_sid: null,
    address_requirements: 'none',
    identity_sid: null,
    bundle_sid: null,
    emergency_status: 'Inactive',
    emergency_address_sid: null,
    emergency_address_status: 'unregistered',
    capabilities: { voice: true, sms: true, mms: true, fax: false },
    beta: false,
    origin: 'twilio',
    status: 'in-use',
    type: 'local',
    api_version: '2010-04-01',
    date_created: rfc2822(number.created),
    date_updated: rfc2822(number.updated),
    uri: `/2010-04-01/Accounts/${account.sid}/IncomingPhoneNumbers/${number.sid}.json`,
  };
}
