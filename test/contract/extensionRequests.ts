import type { Target } from '../../src/core/contain/target.ts';
import { actions, nodes } from '../../src/core/registry.ts';
import { exportJobName } from '../../src/core/twilio/changes.ts';
import type { OperationId } from '../../src/core/twilio/operations.ts';
import type { TwilioRequest } from '../../src/core/twilio/request.ts';
import { mainSid, noon, sid, subSid } from '../simulator/smallWorld.ts';

type Parts = Omit<TwilioRequest, 'operation' | 'account'>;

/** Every form in which the extension sends each operation. An operation without one does not compile. */
const parts: Readonly<Record<OperationId, readonly Parts[]>> = {
  fetchAccount: [{}],
  listAccounts: [{}, { query: { Status: 'active' } }, { query: { FriendlyName: 'Northwind Pharmacy' } }],
  listKeys: [{ query: { AccountSid: mainSid } }],
  listPhoneNumbers: [{}],
  listMessages: [
    {},
    { query: { 'DateSent>': '2026-11-14', 'DateSent<': '2026-11-21' } },
    { query: { 'DateSent>': '2026-11-14T10:00:00Z', To: '+7958*' } },
    { query: { From: '+14155550101', PageSize: '20' } },
  ],
  listCalls: [{}, { query: { 'StartTime>': '2026-11-14', Status: 'in-progress' } }],
  listUsageToday: [{ query: { Category: 'sms', IncludeSubaccounts: 'false' } }],
  listUsageDaily: [
    { query: { StartDate: '2026-11-14', EndDate: '2026-11-21', IncludeSubaccounts: 'false' } },
    { query: { Category: 'sms', StartDate: '2026-11-14', EndDate: '2026-11-21', IncludeSubaccounts: 'false' } },
  ],
  listUsageTriggers: [{}],
  listApplications: [{}],
  listMessagingServices: [{}],
  listVerifyServices: [{}],
  listVerifyAttempts: [
    {},
    { query: { DateCreatedAfter: '2026-11-14T10:00:00Z', Country: 'GB', Channel: 'sms', Status: 'unconverted' } },
  ],
  listEvents: [
    { query: { StartDate: '2026-10-22T12:00:00Z', EndDate: '2026-11-21T12:00:00Z' } },
    { query: { EventType: 'account-api-keys.created' } },
    { query: { EventType: 'account-keys.created', StartDate: '2026-10-22T12:00:00Z' } },
    { query: { ResourceSid: sid('PN', 101) } },
  ],
  listAlerts: [{ query: { StartDate: '2026-11-14', LogLevel: 'error' } }],
  fetchSmsGeoPermissions: [{}, { query: { CountryCode: 'US,RU' } }],
  listDialingPermissions: [{}, { query: { IsoCode: 'LV' } }],
  listExportDays: [{ path: { ResourceType: 'Messages' } }, { path: { ResourceType: 'Calls' } }],
  fetchExportDay: [{ path: { ResourceType: 'Messages', Day: '2026-10-24' } }],
  listExportJobs: [{ path: { ResourceType: 'Messages' } }],
  fetchExportJob: [{ path: { JobSid: sid('JS', 1) } }],
  createExportJob: [
    {
      path: { ResourceType: 'Messages' },
      form: { StartDay: '2026-10-24', EndDay: '2026-11-19', FriendlyName: exportJobName },
    },
  ],
  fetchMessagingPricing: [{ path: { IsoCountry: 'GB' } }],
  fetchVoicePricing: [{ path: { IsoCountry: 'LV' } }],
  updateAccountStatus: [{ form: { Status: 'suspended' } }, { form: { Status: 'active' } }],
  fetchKey: [{ path: { Sid: sid('SK', 101) } }],
  deleteKey: [{ path: { Sid: sid('SK', 101) } }],
  endCall: [{ path: { Sid: sid('CA', 102) }, form: { Status: 'completed' } }],
  updateSmsGeoPermission: [{ form: { Permissions: '{"country_code":"RU","type":"country","enabled":false}' } }],
  fetchDialingPermission: [{ path: { IsoCode: 'LV' } }],
  fetchDialingSettings: [{}],
  fetchPhoneNumber: [{ path: { Sid: sid('PN', 101) } }],
  updateWebhooks: [
    { path: { Sid: sid('PN', 101) }, form: { VoiceUrl: 'https://pharmacy.example/voice', SmsUrl: '' } },
    { path: { Sid: sid('PN', 101) }, form: { VoiceFallbackUrl: '', SmsFallbackUrl: '', StatusCallback: '' } },
  ],
  releaseNumber: [{ path: { Sid: sid('PN', 101) } }],
  cancelMessage: [{ path: { Sid: sid('SM', 110) }, form: { Status: 'canceled' } }],
  listServiceSenders: [{ path: { ServiceSid: sid('MG', 101) } }],
  detachServiceSender: [{ path: { ServiceSid: sid('MG', 101), Sid: sid('PN', 101) } }],
  attachServiceSender: [{ path: { ServiceSid: sid('MG', 101) }, form: { PhoneNumberSid: sid('PN', 102) } }],
  createKey: [
    { form: { AccountSid: mainSid, FriendlyName: 'Replacement 2026-11-21T12:00Z' } },
    {
      form: {
        AccountSid: mainSid,
        FriendlyName: 'Replacement 2026-11-21T12:00Z',
        KeyType: 'restricted',
        Policy: '{"allow":["/twilio/messaging/messages/create"]}',
      },
    },
  ],
  listRateLimits: [{ path: { ServiceSid: sid('VA', 101) } }],
  listBuckets: [{ path: { ServiceSid: sid('VA', 101), RateLimitSid: sid('RK', 1) } }],
  createRateLimit: [{ path: { ServiceSid: sid('VA', 101) }, form: { UniqueName: 'end_user_ip_address' } }],
  createBucket: [
    { path: { ServiceSid: sid('VA', 101), RateLimitSid: sid('RK', 1) }, form: { Max: '5', Interval: '600' } },
  ],
  deleteRateLimit: [{ path: { ServiceSid: sid('VA', 101), Sid: sid('RK', 1) } }],
  createUsageTrigger: [
    {
      form: {
        CallbackUrl: 'https://pharmacy.example/spend',
        CallbackMethod: 'POST',
        FriendlyName: 'Daily spend 250',
        Recurring: 'daily',
        TriggerBy: 'price',
        TriggerValue: '250',
        UsageCategory: 'totalprice',
      },
    },
  ],
  deleteUsageTrigger: [{ path: { Sid: sid('UT', 101) } }],
  listSipCredentialLists: [{}],
  listSipCredentials: [{ path: { CredentialListSid: sid('CL', 101) } }],
  fetchSipCredential: [{ path: { CredentialListSid: sid('CL', 101), Sid: sid('CR', 101) } }],
  deleteSipCredential: [{ path: { CredentialListSid: sid('CL', 101), Sid: sid('CR', 101) } }],
  listSinks: [{}],
  fetchSink: [{ path: { Sid: sid('DG', 101) } }],
  listSubscriptions: [{ query: { SinkSid: sid('DG', 101) } }],
  deleteSubscription: [{ path: { Sid: sid('DF', 101) } }],
  deleteSink: [{ path: { Sid: sid('DG', 101) } }],
  fetchSafeNumber: [{ query: { PhoneNumber: '+14155550100' } }],
  addSafeNumber: [{ form: { PhoneNumber: '+18001234xxx' } }],
  removeSafeNumber: [{ query: { PhoneNumber: '+14155550100' } }],
  createSecondaryToken: [{}],
  promoteSecondaryToken: [{}],
  updateDialingPermission: [
    {
      form: {
        UpdateRequest:
          '[{"iso_code":"LV","low_risk_numbers_enabled":"false","high_risk_special_numbers_enabled":"false","high_risk_tollfraud_numbers_enabled":"false"}]',
      },
    },
  ],
};

/** The requests, all for the account they make sense for. */
export const extensionRequests: readonly TwilioRequest[] = Object.entries(parts).flatMap(([operation, forms]) =>
  forms.map((form) => ({
    operation: operation as OperationId,
    account: operation === 'updateAccountStatus' ? subSid : mainSid,
    ...form,
  })),
);

const target: Readonly<Record<Target['kind'], Target>> = {
  subaccount: { kind: 'subaccount', account: subSid, name: 'Production OTP', status: 'active' },
  liveCalls: { kind: 'liveCalls', account: subSid, name: 'Production OTP' },
  apiKey: { kind: 'apiKey', account: mainSid, name: 'standard key', sid: sid('SK', 101) },
  smsCountry: { kind: 'smsCountry', account: mainSid, name: 'Russia', iso: 'RU' },
  serviceSender: {
    kind: 'serviceSender',
    account: mainSid,
    name: '+14155550101',
    service: sid('MG', 101),
    number: sid('PN', 101),
  },
  phoneNumber: { kind: 'phoneNumber', account: mainSid, name: '+14155550101', sid: sid('PN', 101) },
  scheduledMessages: { kind: 'scheduledMessages', account: mainSid, name: 'Northwind Pharmacy' },
  safeNumber: { kind: 'safeNumber', account: mainSid, name: '+14155550100' },
  authToken: { kind: 'authToken', account: mainSid, name: 'Northwind Pharmacy' },
  voiceCountry: { kind: 'voiceCountry', account: mainSid, name: 'Latvia', iso: 'LV' },
  newApiKey: { kind: 'newApiKey', account: mainSid, name: 'Replacement', allow: '/twilio/messaging/messages/create' },
  newVerifyLimit: {
    kind: 'newVerifyLimit',
    account: mainSid,
    name: 'end_user_ip_address',
    service: sid('VA', 101),
    max: '5',
    interval: '600',
  },
  verifyLimit: { kind: 'verifyLimit', account: mainSid, name: 'ip', service: sid('VA', 101), sid: sid('RK', 1) },
  newUsageTrigger: {
    kind: 'newUsageTrigger',
    account: mainSid,
    name: 'Daily spend 250',
    value: '250',
    url: 'https://pharmacy.example/spend',
  },
  usageTrigger: { kind: 'usageTrigger', account: mainSid, name: 'Daily spend', sid: sid('UT', 101) },
  sipCredential: {
    kind: 'sipCredential',
    account: mainSid,
    name: 'desk1',
    list: sid('CL', 101),
    sid: sid('CR', 101),
  },
  eventSink: { kind: 'eventSink', account: mainSid, name: 'Event archive', sid: sid('DG', 101) },
};
const scope = { account: mainSid, main: mainSid, now: noon };

/** What the registered node kinds and actions ask for themselves. */
export const builtRequests: readonly TwilioRequest[] = [
  ...nodes.flatMap((node) => [...node.lists(scope), ...(node.context?.(scope) ?? [])]),
  ...actions.flatMap((action) => {
    const on = target[action.on];
    return [
      ...Object.values(action.reads(on)),
      ...action.requests(on, {
        'Voice URL': 'https://relay.example/voice',
        'Voice URL before it was changed': 'https://pharmacy.example/voice',
      }),
      ...(action.sweep ? [action.sweep.one(on, `${action.sweep.prefix}${'0'.repeat(32)}`)] : []),
      ...Object.values(action.evidence(on, noon)),
    ];
  }),
];
