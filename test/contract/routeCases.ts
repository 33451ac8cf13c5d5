import type { JsonObject } from '../../src/core/model/json.ts';
import { mainSid, noon, type SmallWorld, sid, subSid } from '../simulator/smallWorld.ts';

export interface RouteCase {
  /** Values for the path's names, in order; a function gets the reply to `after`. */
  readonly path?: readonly string[] | ((earlier: JsonObject) => readonly string[]);
  /** Encoded already. */
  readonly query?: string;
  readonly form?: string;
  readonly status?: number;
  /** Makes the world such that it can be done. */
  readonly prepare?: (world: SmallWorld) => void;
  /** Another case, by name, that has to run first. */
  readonly after?: string;
}

const permissions = [
  { country_code: 'RU', type: 'country', enabled: false },
  { country_code: 'NG', type: 'country', enabled: true },
].map((one) => `Permissions=${encodeURIComponent(JSON.stringify(one))}`);

const bulkUpdate = JSON.stringify([{ iso_code: 'LV', low_risk_numbers_enabled: 'false' }]);
const own = [mainSid];
const today = new Date(noon).toISOString().slice(0, 10);

/** One or more requests for every route, by `spec.operationId`. */
export const routeCases: Readonly<Record<string, readonly RouteCase[]>> = {
  'api_v2010.ListAccount': [{}, { query: 'Status=suspended' }],
  'api_v2010.FetchAccount': [{ path: own }, { path: [subSid] }],
  'api_v2010.UpdateAccount': [{ path: [subSid], form: 'Status=suspended' }],
  'api_v2010.ListKey': [{ path: own }],
  'api_v2010.FetchKey': [{ path: [mainSid, sid('SK', 101)] }],
  'api_v2010.DeleteKey': [{ path: [mainSid, sid('SK', 101)], status: 204 }],
  'api_v2010.ListIncomingPhoneNumber': [{ path: own }, { path: own, query: 'PhoneNumber=%2B1415*' }],
  'api_v2010.FetchIncomingPhoneNumber': [{ path: [mainSid, sid('PN', 101)] }],
  'api_v2010.ListApplication': [{ path: own }, { path: own, query: 'FriendlyName=Pharmacy%20line' }],
  'api_v2010.ListMessage': [{ path: own }, { path: own, query: `DateSent%3E=${today}&To=%2B4479*` }],
  'api_v2010.FetchMessage': [{ path: [mainSid, sid('SM', 100)] }],
  'api_v2010.UpdateMessage': [
    {
      path: [mainSid, sid('SM', 100)],
      form: 'Status=canceled',
      prepare: ({ mainAccount }) =>
        mainAccount.messages.change(sid('SM', 100), { status: 'scheduled', sent: undefined }),
    },
  ],
  'api_v2010.UpdateIncomingPhoneNumber': [{ path: [mainSid, sid('PN', 101)], form: 'VoiceUrl=&SmsUrl=' }],
  'api_v2010.DeleteIncomingPhoneNumber': [{ path: [mainSid, sid('PN', 101)], status: 204 }],
  'api_v2010.ListCall': [{ path: own }, { path: own, query: 'Status=in-progress' }],
  'api_v2010.FetchCall': [{ path: [mainSid, sid('CA', 101)] }, { path: [mainSid, sid('CA', 102)] }],
  'api_v2010.UpdateCall': [{ path: [mainSid, sid('CA', 102)], form: 'Status=completed' }],
  'api_v2010.ListUsageRecord': [{ path: own }, { path: own, query: 'Category=totalprice&StartDate=-30days' }],
  'api_v2010.ListUsageRecordDaily': [
    { path: own, query: `Category=sms-outbound&StartDate=2026-11-01&EndDate=${today}` },
  ],
  'api_v2010.ListUsageRecordToday': [{ path: own, query: 'Category=calls-outbound&IncludeSubaccounts=false' }],
  'api_v2010.ListUsageTrigger': [{ path: own }, { path: own, query: 'Recurring=daily&TriggerBy=price' }],
  'api_v2010.CreateUsageTrigger': [
    {
      path: own,
      form: 'CallbackUrl=https%3A%2F%2Fpharmacy.example%2Fspend&TriggerValue=250&UsageCategory=totalprice&TriggerBy=price&Recurring=daily',
      status: 201,
    },
  ],
  'api_v2010.DeleteUsageTrigger': [{ path: [mainSid, sid('UT', 101)], status: 204 }],
  'api_v2010.ListSipCredentialList': [{ path: own }],
  'api_v2010.ListSipCredential': [{ path: [mainSid, sid('CL', 101)] }],
  'api_v2010.FetchSipCredential': [{ path: [mainSid, sid('CL', 101), sid('CR', 101)] }],
  'api_v2010.DeleteSipCredential': [{ path: [mainSid, sid('CL', 101), sid('CR', 101)], status: 204 }],
  'events_v1.ListSink': [{}],
  'events_v1.FetchSink': [{ path: [sid('DG', 101)] }],
  'events_v1.DeleteSink': [
    {
      path: [sid('DG', 101)],
      prepare: ({ mainAccount }) => mainAccount.sinks?.[0]?.subscriptions.splice(0),
      status: 204,
    },
  ],
  'events_v1.ListSubscription': [{}, { query: `SinkSid=${sid('DG', 101)}` }],
  'events_v1.DeleteSubscription': [{ path: [sid('DF', 101)], status: 204 }],
  'verify_v2.ListRateLimit': [{ after: 'verify_v2.CreateRateLimit', path: (limit) => [String(limit['service_sid'])] }],
  'verify_v2.CreateRateLimit': [{ path: [sid('VA', 101)], form: 'UniqueName=end_user_ip_address', status: 201 }],
  'verify_v2.DeleteRateLimit': [
    {
      after: 'verify_v2.CreateRateLimit',
      path: (limit) => [String(limit['service_sid']), String(limit['sid'])],
      status: 204,
    },
  ],
  'verify_v2.ListBucket': [
    {
      after: 'verify_v2.CreateBucket',
      path: (bucket) => [String(bucket['service_sid']), String(bucket['rate_limit_sid'])],
    },
  ],
  'verify_v2.CreateBucket': [
    {
      after: 'verify_v2.CreateRateLimit',
      path: (limit) => [String(limit['service_sid']), String(limit['sid'])],
      form: 'Max=5&Interval=600',
      status: 201,
    },
  ],
  'iam_v1.CreateNewKey': [
    { form: `AccountSid=${mainSid}&FriendlyName=New`, status: 201 },
    {
      form: `AccountSid=${mainSid}&KeyType=restricted&Policy=${encodeURIComponent('{"allow":["/twilio/messaging/messages/read"]}')}`,
      status: 201,
    },
  ],
  'api_v2010.FetchBalance': [{ path: own }],
  'iam_v1.ListGetKeys': [{ query: `AccountSid=${mainSid}` }],
  'iam_v1.FetchKey': [{ path: [sid('SK', 101)] }, { path: [sid('SK', 103)] }],
  'iam_v1.DeleteKey': [{ path: [sid('SK', 103)], status: 204 }],
  'messaging_v1.ListService': [{}],
  'messaging_v1.FetchService': [{ path: [sid('MG', 101)] }],
  'messaging_v1.ListPhoneNumber': [{ path: [sid('MG', 101)] }],
  'messaging_v1.FetchPhoneNumber': [{ path: [sid('MG', 101), sid('PN', 101)] }],
  'messaging_v1.DeletePhoneNumber': [{ path: [sid('MG', 101), sid('PN', 101)], status: 204 }],
  'messaging_v1.CreatePhoneNumber': [{ path: [sid('MG', 101)], form: `PhoneNumberSid=${sid('PN', 102)}`, status: 201 }],
  'verify_v2.ListService': [{}],
  'verify_v2.ListVerificationAttempt': [{}, { query: 'Country=GB&Status=unconverted' }],
  'verify_v2.FetchVerificationAttemptsSummary': [{}, { query: 'Country=GB&DestinationPrefix=%2B4479' }],
  'monitor_v1.ListEvent': [{}, { query: 'EventType=account.updated&StartDate=2026-11-01T00%3A00%3A00Z' }],
  'monitor_v1.FetchEvent': [{ path: [sid('AE', 100)] }],
  'monitor_v1.ListAlert': [{}, { query: 'LogLevel=error&StartDate=2026-11-01' }],
  'monitor_v1.FetchAlert': [{ path: [sid('NO', 100)] }],
  'accounts_v1.FetchMessagingGeopermissions': [{}, { query: 'CountryCode=US%2CNG' }],
  'accounts_v1.UpdateMessagingGeopermissions': [{ form: permissions.join('&') }],
  'accounts_v1.CreateSecondaryAuthToken': [{ status: 201 }],
  'accounts_v1.DeleteSecondaryAuthToken': [{ after: 'accounts_v1.CreateSecondaryAuthToken', status: 204 }],
  'accounts_v1.UpdateAuthTokenPromotion': [{ after: 'accounts_v1.CreateSecondaryAuthToken' }],
  'accounts_v1.FetchSafelist': [{ query: 'PhoneNumber=%2B14155550100' }],
  'accounts_v1.CreateSafelist': [{ form: 'PhoneNumber=%2B18001234xxx', status: 201 }],
  'accounts_v1.DeleteSafelist': [{ query: 'PhoneNumber=%2B14155550100', status: 204 }],
  'voice_v1.ListDialingPermissionsCountry': [{}, { query: 'LowRiskNumbersEnabled=true&Continent=EUROPE' }],
  'voice_v1.FetchDialingPermissionsCountry': [{ path: ['LV'] }],
  'voice_v1.FetchDialingPermissionsSettings': [{}],
  'voice_v1.CreateDialingPermissionsCountryBulkUpdate': [
    { form: `UpdateRequest=${encodeURIComponent(bulkUpdate)}`, status: 201 },
  ],
  'pricing_v1.ListMessagingCountry': [{}],
  'pricing_v1.FetchMessagingCountry': [{ path: ['GB'] }],
  'pricing_v2.FetchVoiceCountry': [{ path: ['LV'] }],
  'lookups_v2.FetchPhoneNumber': [
    { path: ['+79581110001'], query: 'Fields=sms_pumping_risk%2Cline_type_intelligence' },
    { path: ['+123'] },
  ],
  'bulkexports_v1.ListDay': [{ path: ['Messages'] }],
  'bulkexports_v1.FetchDay': [{ path: ['Messages', '2026-11-19'], status: 307 }],
  'bulkexports_v1.CreateExportCustomJob': [
    { path: ['Messages'], form: 'StartDay=2026-11-10&EndDay=2026-11-19&FriendlyName=Baseline', status: 201 },
  ],
  'bulkexports_v1.ListExportCustomJob': [
    { after: 'bulkexports_v1.CreateExportCustomJob', path: (job) => [String(job['resource_type'])] },
  ],
  'bulkexports_v1.FetchJob': [
    { after: 'bulkexports_v1.CreateExportCustomJob', path: (job) => [String(job['job_sid'])] },
  ],
};
