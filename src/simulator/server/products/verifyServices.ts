import type { JsonObject } from '../../../core/model/json.ts';
import type { SimVerifyService } from '../../world.ts';
import { iso } from '../dates.ts';
import { listWithMeta, made } from '../paging.ts';
import type { Call, Route } from '../route.ts';

/** Verify Services. https://www.twilio.com/docs/verify/api/service */
export const verifyServiceRoutes: readonly Route[] = [
  {
    spec: 'verify_v2',
    operationId: 'ListService',
    host: 'verify.twilio.com',
    method: 'GET',
    path: '/v2/Services',
    permission: '/twilio/verify/services/list',
    handle: (call) =>
      listWithMeta(call, 'services', made(call.account.verifyServices, call.now), (one) => shape(call, one)),
  },
];

function shape({ account }: Call, service: SimVerifyService): JsonObject {
  const url = `https://verify.twilio.com/v2/Services/${service.sid}`;
  return {
    sid: service.sid,
    account_sid: account.sid,
    friendly_name: service.friendlyName,
    code_length: service.codeLength,
    lookup_enabled: false,
    psd2_enabled: false,
    skip_sms_to_landlines: false,
    dtmf_input_required: true,
    tts_name: null,
    do_not_share_warning_enabled: false,
    custom_code_enabled: false,
    push: { include_date: false, apn_credential_sid: null, fcm_credential_sid: null },
    totp: { issuer: null, time_step: null, code_length: null, skew: null },
    whatsapp: { msg_service_sid: null, from: null },
    passkeys: null,
    default_template_sid: null,
    verify_event_subscription_enabled: false,
    date_created: iso(service.created),
    date_updated: iso(service.updated),
    url,
    links: { verifications: `${url}/Verifications`, rate_limits: `${url}/RateLimits`, webhooks: `${url}/Webhooks` },
  };
}
