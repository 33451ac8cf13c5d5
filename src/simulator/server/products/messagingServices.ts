import type { JsonObject } from '../../../core/model/json.ts';
import type { SimMessagingService, SimNumber } from '../../world.ts';
import { invalid, noContent, notFound, ok, Refusal } from '../answer.ts';
import { audit } from '../audit.ts';
import { countryOfNumber } from '../countries.ts';
import { iso } from '../dates.ts';
import { listWithMeta, made } from '../paging.ts';
import type { Call, Route } from '../route.ts';

const common = { spec: 'messaging_v1', host: 'messaging.twilio.com', method: 'GET' } as const;
const origin = 'https://messaging.twilio.com/v1/Services';

/** Messaging Services and the numbers in their sender pools. https://www.twilio.com/docs/messaging/api/service-resource */
export const messagingServiceRoutes: readonly Route[] = [
  {
    ...common,
    operationId: 'ListService',
    path: '/v1/Services',
    permission: '/twilio/messaging/services/list',
    handle: (call) =>
      listWithMeta(call, 'services', made(call.account.messagingServices, call.now), (one) => shape(call, one)),
  },
  {
    ...common,
    operationId: 'FetchService',
    path: '/v1/Services/{Sid}',
    permission: '/twilio/messaging/services/read',
    handle: (call) => ok(shape(call, serviceOf(call, call.path['Sid']))),
  },
  {
    ...common,
    operationId: 'ListPhoneNumber',
    path: '/v1/Services/{ServiceSid}/PhoneNumbers',
    permission: '/twilio/messaging/services/read',
    handle(call) {
      const service = serviceOf(call, call.path['ServiceSid']);
      const numbers = call.account.numbers.filter(({ sid }) => service.numberSids.includes(sid));
      return listWithMeta(call, 'phone_numbers', made(numbers, call.now), (number) =>
        senderShape(call, service, number),
      );
    },
  },
  {
    ...common,
    operationId: 'FetchPhoneNumber',
    path: '/v1/Services/{ServiceSid}/PhoneNumbers/{Sid}',
    permission: '/twilio/messaging/services/read',
    handle(call) {
      const { service, number } = senderOf(call);
      return ok(senderShape(call, service, number));
    },
  },
  {
    ...common,
    method: 'DELETE',
    operationId: 'DeletePhoneNumber',
    path: '/v1/Services/{ServiceSid}/PhoneNumbers/{Sid}',
    permission: '/twilio/messaging/services/update',
    handle(call) {
      const { service, number } = senderOf(call);
      service.numberSids.splice(service.numberSids.indexOf(number.sid), 1);
      audit(call, 'copilot-number-pool.deleted', number.sid);
      return noContent;
    },
  },
  {
    ...common,
    method: 'POST',
    operationId: 'CreatePhoneNumber',
    path: '/v1/Services/{ServiceSid}/PhoneNumbers',
    permission: '/twilio/messaging/services/update',
    handle(call) {
      const service = serviceOf(call, call.path['ServiceSid']);
      const number = call.account.numbers.find(({ sid }) => sid === call.form.get('PhoneNumberSid'));
      if (!number) throw invalid('PhoneNumberSid');
      if (service.numberSids.includes(number.sid))
        throw new Refusal(409, 21710, 'Phone Number or Short Code is already in the Messaging Service');
      service.numberSids.push(number.sid);
      audit(call, 'copilot-number-pool.created', number.sid);
      return ok(senderShape(call, service, number), 201);
    },
  },
];

function senderOf(call: Call): { readonly service: SimMessagingService; readonly number: SimNumber } {
  const service = serviceOf(call, call.path['ServiceSid']);
  const number = call.account.numbers.find(({ sid }) => sid === call.path['Sid'] && service.numberSids.includes(sid));
  if (!number) throw notFound(`/PhoneNumbers/${call.path['Sid']}`);
  return { service, number };
}

function serviceOf({ account, now }: Call, sid: string | undefined): SimMessagingService {
  const service = account.messagingServices.find((one) => one.sid === sid && one.created <= now);
  if (!service) throw notFound(`/Services/${sid}`);
  return service;
}

function shape({ account }: Call, service: SimMessagingService): JsonObject {
  const url = `${origin}/${service.sid}`;
  return {
    sid: service.sid,
    account_sid: account.sid,
    friendly_name: service.friendlyName,
    usecase: service.usecase,
    inbound_request_url: service.inboundRequestUrl ?? null,
    inbound_method: 'POST',
    fallback_url: null,
    fallback_method: 'POST',
    status_callback: null,
    sticky_sender: true,
    mms_converter: true,
    smart_encoding: true,
    scan_message_content: 'inherit',
    fallback_to_long_code: true,
    area_code_geomatch: true,
    synchronous_validation: false,
    validity_period: 36_000,
    us_app_to_person_registered: false,
    use_inbound_webhook_on_number: service.inboundRequestUrl === undefined,
    date_created: iso(service.created),
    date_updated: iso(service.updated),
    url,
    links: {
      phone_numbers: `${url}/PhoneNumbers`,
      short_codes: `${url}/ShortCodes`,
      alpha_senders: `${url}/AlphaSenders`,
    },
  };
}

function senderShape({ account }: Call, service: SimMessagingService, number: SimNumber): JsonObject {
  return {
    sid: number.sid,
    account_sid: account.sid,
    service_sid: service.sid,
    phone_number: number.phoneNumber,
    country_code: countryOfNumber(number.phoneNumber)?.iso ?? null,
    capabilities: ['SMS', 'MMS', 'Voice'],
    date_created: iso(number.created),
    date_updated: iso(number.updated),
    url: `${origin}/${service.sid}/PhoneNumbers/${number.sid}`,
  };
}
