import { changes } from './changes.ts';
import { type Host, type Operation, v2010 } from './operation.ts';

function get(spec: string, operationId: string, host: Host, path: string, list?: Operation['list']): Operation {
  return { spec, operationId, method: 'GET', host, path, ...(list && { list }) };
}

function list(items: string, pageSize = 1000): Operation['list'] {
  return { items, pageSize };
}

/**
 * Every call the extension can make. The transport refuses anything else, and the contract suite holds each one against
 * Twilio's own OpenAPI documents.
 */
export const operations = {
  fetchAccount: get('api_v2010', 'FetchAccount', 'api.twilio.com', `${v2010}/{AccountSid}.json`),
  listAccounts: get('api_v2010', 'ListAccount', 'api.twilio.com', `${v2010}.json`, list('accounts')),
  listKeys: get('iam_v1', 'ListGetKeys', 'iam.twilio.com', '/v1/Keys', list('keys')),
  listPhoneNumbers: get(
    'api_v2010',
    'ListIncomingPhoneNumber',
    'api.twilio.com',
    `${v2010}/{AccountSid}/IncomingPhoneNumbers.json`,
    list('incoming_phone_numbers'),
  ),
  listMessages: get(
    'api_v2010',
    'ListMessage',
    'api.twilio.com',
    `${v2010}/{AccountSid}/Messages.json`,
    list('messages'),
  ),
  listCalls: get('api_v2010', 'ListCall', 'api.twilio.com', `${v2010}/{AccountSid}/Calls.json`, list('calls')),
  listUsageToday: get(
    'api_v2010',
    'ListUsageRecordToday',
    'api.twilio.com',
    `${v2010}/{AccountSid}/Usage/Records/Today.json`,
    list('usage_records'),
  ),
  listUsageDaily: get(
    'api_v2010',
    'ListUsageRecordDaily',
    'api.twilio.com',
    `${v2010}/{AccountSid}/Usage/Records/Daily.json`,
    list('usage_records'),
  ),
  listUsageTriggers: get(
    'api_v2010',
    'ListUsageTrigger',
    'api.twilio.com',
    `${v2010}/{AccountSid}/Usage/Triggers.json`,
    list('usage_triggers'),
  ),
  listApplications: get(
    'api_v2010',
    'ListApplication',
    'api.twilio.com',
    `${v2010}/{AccountSid}/Applications.json`,
    list('applications'),
  ),
  listMessagingServices: get('messaging_v1', 'ListService', 'messaging.twilio.com', '/v1/Services', list('services')),
  listVerifyServices: get('verify_v2', 'ListService', 'verify.twilio.com', '/v2/Services', list('services')),
  listVerifyAttempts: get(
    'verify_v2',
    'ListVerificationAttempt',
    'verify.twilio.com',
    '/v2/Attempts',
    list('attempts'),
  ),
  listEvents: get('monitor_v1', 'ListEvent', 'monitor.twilio.com', '/v1/Events', list('events')),
  listAlerts: get('monitor_v1', 'ListAlert', 'monitor.twilio.com', '/v1/Alerts', list('alerts')),
  fetchSmsGeoPermissions: get(
    'accounts_v1',
    'FetchMessagingGeopermissions',
    'accounts.twilio.com',
    '/v1/Messaging/GeoPermissions',
  ),
  listDialingPermissions: get(
    'voice_v1',
    'ListDialingPermissionsCountry',
    'voice.twilio.com',
    '/v1/DialingPermissions/Countries',
    list('content', 100),
  ),
  listExportDays: get(
    'bulkexports_v1',
    'ListDay',
    'bulkexports.twilio.com',
    '/v1/Exports/{ResourceType}/Days',
    list('days', 400),
  ),
  fetchExportDay: {
    ...get('bulkexports_v1', 'FetchDay', 'bulkexports.twilio.com', '/v1/Exports/{ResourceType}/Days/{Day}'),
    redirects: true,
  },
  listExportJobs: get(
    'bulkexports_v1',
    'ListExportCustomJob',
    'bulkexports.twilio.com',
    '/v1/Exports/{ResourceType}/Jobs',
    list('jobs'),
  ),
  fetchExportJob: get('bulkexports_v1', 'FetchJob', 'bulkexports.twilio.com', '/v1/Exports/Jobs/{JobSid}'),
  fetchMessagingPricing: get(
    'pricing_v1',
    'FetchMessagingCountry',
    'pricing.twilio.com',
    '/v1/Messaging/Countries/{IsoCountry}',
  ),
  fetchVoicePricing: get('pricing_v2', 'FetchVoiceCountry', 'pricing.twilio.com', '/v2/Voice/Countries/{IsoCountry}'),
  fetchKey: get('api_v2010', 'FetchKey', 'api.twilio.com', `${v2010}/{AccountSid}/Keys/{Sid}.json`),
  fetchDialingPermission: get(
    'voice_v1',
    'FetchDialingPermissionsCountry',
    'voice.twilio.com',
    '/v1/DialingPermissions/Countries/{IsoCode}',
  ),
  fetchDialingSettings: get('voice_v1', 'FetchDialingPermissionsSettings', 'voice.twilio.com', '/v1/Settings'),
  fetchPhoneNumber: get(
    'api_v2010',
    'FetchIncomingPhoneNumber',
    'api.twilio.com',
    `${v2010}/{AccountSid}/IncomingPhoneNumbers/{Sid}.json`,
  ),
  listServiceSenders: get(
    'messaging_v1',
    'ListPhoneNumber',
    'messaging.twilio.com',
    '/v1/Services/{ServiceSid}/PhoneNumbers',
    list('phone_numbers'),
  ),
  listRateLimits: get(
    'verify_v2',
    'ListRateLimit',
    'verify.twilio.com',
    '/v2/Services/{ServiceSid}/RateLimits',
    list('rate_limits'),
  ),
  listBuckets: get(
    'verify_v2',
    'ListBucket',
    'verify.twilio.com',
    '/v2/Services/{ServiceSid}/RateLimits/{RateLimitSid}/Buckets',
    list('buckets'),
  ),
  listSipCredentialLists: get(
    'api_v2010',
    'ListSipCredentialList',
    'api.twilio.com',
    `${v2010}/{AccountSid}/SIP/CredentialLists.json`,
    list('credential_lists'),
  ),
  listSipCredentials: get(
    'api_v2010',
    'ListSipCredential',
    'api.twilio.com',
    `${v2010}/{AccountSid}/SIP/CredentialLists/{CredentialListSid}/Credentials.json`,
    list('credentials'),
  ),
  fetchSipCredential: get(
    'api_v2010',
    'FetchSipCredential',
    'api.twilio.com',
    `${v2010}/{AccountSid}/SIP/CredentialLists/{CredentialListSid}/Credentials/{Sid}.json`,
  ),
  listSinks: get('events_v1', 'ListSink', 'events.twilio.com', '/v1/Sinks', list('sinks')),
  fetchSink: get('events_v1', 'FetchSink', 'events.twilio.com', '/v1/Sinks/{Sid}'),
  listSubscriptions: get(
    'events_v1',
    'ListSubscription',
    'events.twilio.com',
    '/v1/Subscriptions',
    list('subscriptions'),
  ),
  fetchSafeNumber: get('accounts_v1', 'FetchSafelist', 'accounts.twilio.com', '/v1/SafeList/Numbers'),
  ...changes,
} as const satisfies Record<string, Operation>;

export type OperationId = keyof typeof operations;

/** The operation's definition, with its optional members visible to the type checker. */
export function operationOf(id: OperationId): Operation {
  return operations[id];
}
