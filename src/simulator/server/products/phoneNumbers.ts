import type { JsonObject } from '../../../core/model/json.ts';
import type { SimNumber } from '../../world.ts';
import { notFound, ok } from '../answer.ts';
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
    handle: (call) => {
      const number = call.account.numbers.find(({ sid, created }) => sid === call.path['Sid'] && created <= call.now);
      if (!number) throw notFound(`/IncomingPhoneNumbers/${call.path['Sid']}`);
      return ok(shape(call, number));
    },
  },
];

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
