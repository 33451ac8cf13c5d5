import type { Target } from '../../src/core/accounts/nodeKind.ts';
import { actions, nodes } from '../../src/core/registry.ts';
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
  updateAccountStatus: [{ form: { Status: 'suspended' } }, { form: { Status: 'active' } }],
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
};
const scope = { account: mainSid, main: mainSid, now: noon };

/** What the registered node kinds and actions ask for themselves. */
export const builtRequests: readonly TwilioRequest[] = [
  ...nodes.flatMap((node) => [...node.lists(scope), ...(node.context?.(scope) ?? [])]),
  ...actions.flatMap((action) => {
    const on = target[action.on];
    return [action.read(on), ...action.requests(on), ...Object.values(action.evidence(on, noon))];
  }),
];
