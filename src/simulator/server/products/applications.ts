import type { JsonObject } from '../../../core/model/json.ts';
import type { SimApplication } from '../../world.ts';
import { rfc2822 } from '../dates.ts';
import { listV2010, made } from '../paging.ts';
import type { Call, Route } from '../route.ts';

const folder = '/2010-04-01/Accounts/{AccountSid}/Applications';

/** TwiML apps. https://www.twilio.com/docs/usage/api/applications */
export const applicationRoutes: readonly Route[] = [
  {
    spec: 'api_v2010',
    host: 'api.twilio.com',
    method: 'GET',
    operationId: 'ListApplication',
    path: `${folder}.json`,
    permission: '/twilio/applications/list',
    handle(call) {
      const name = call.query.get('FriendlyName');
      const apps = (call.account.applications ?? []).filter((app) => name === null || app.friendlyName === name);
      return listV2010(call, 'applications', made(apps, call.now), (app) => shape(call, app));
    },
  },
];

function shape({ account }: Call, app: SimApplication): JsonObject {
  return {
    sid: app.sid,
    account_sid: account.sid,
    friendly_name: app.friendlyName,
    api_version: '2010-04-01',
    voice_url: app.voiceUrl,
    voice_method: 'POST',
    voice_fallback_url: '',
    voice_fallback_method: 'POST',
    voice_caller_id_lookup: false,
    status_callback: '',
    status_callback_method: 'POST',
    sms_url: app.smsUrl,
    sms_method: 'POST',
    sms_fallback_url: '',
    sms_fallback_method: 'POST',
    sms_status_callback: '',
    message_status_callback: '',
    public_application_connect_enabled: false,
    date_created: rfc2822(app.created),
    date_updated: rfc2822(app.created),
    uri: `/2010-04-01/Accounts/${account.sid}/Applications/${app.sid}.json`,
  };
}
