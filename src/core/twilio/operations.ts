/** Twilio's product hosts this extension talks to. Credentials go nowhere else. */
export type Host =
  | 'api.twilio.com'
  | 'accounts.twilio.com'
  | 'iam.twilio.com'
  | 'messaging.twilio.com'
  | 'monitor.twilio.com'
  | 'verify.twilio.com'
  | 'voice.twilio.com';

export interface Operation {
  /** Name of Twilio's OpenAPI document (`twilio_<spec>.json`) and the operation in it. */
  readonly spec: string;
  readonly operationId: string;
  readonly method: 'GET' | 'POST';
  readonly host: Host;
  /** `{AccountSid}` is filled with the request's account, other names from the request's `path`. */
  readonly path: string;
  /** For lists: the JSON key that holds the items, and the largest page Twilio gives. */
  readonly list?: { readonly items: string; readonly pageSize: number };
  /** Why this is the only kind of change allowed, for mutations: form fields and the values they may carry. */
  readonly mutation?: { readonly form: Readonly<Record<string, readonly string[]>> };
}

const v2010 = '/2010-04-01/Accounts';

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
  updateAccountStatus: {
    spec: 'api_v2010',
    operationId: 'UpdateAccount',
    method: 'POST',
    host: 'api.twilio.com',
    path: `${v2010}/{AccountSid}.json`,
    // `closed` releases every number and cannot be taken back, so it cannot be expressed here.
    mutation: { form: { Status: ['suspended', 'active'] } },
  },
} as const satisfies Record<string, Operation>;

export type OperationId = keyof typeof operations;

/** The operation's definition, with its optional members visible to the type checker. */
export function operationOf(id: OperationId): Operation {
  return operations[id];
}
