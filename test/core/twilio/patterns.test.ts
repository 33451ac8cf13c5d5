import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AccountSid } from '../../../src/core/model/sid.ts';
import { type OperationId, operations } from '../../../src/core/twilio/operations.ts';
import { fits } from '../../../src/core/twilio/patterns.ts';
import { isMutation, type TwilioRequest, toHttp } from '../../../src/core/twilio/request.ts';

const account = `AC${'a'.repeat(32)}` as AccountSid;
const changes = (Object.keys(operations) as OperationId[]).filter((operation) => isMutation({ operation, account }));

describe('a change that is not among those listed', () => {
  test.each<readonly [string, TwilioRequest]>([
    [
      'a call redirected',
      { operation: 'endCall', account, path: { Sid: `CA${'1'.repeat(32)}` }, form: { Url: 'https://evil.example' } },
    ],
    [
      'a call that is a path',
      { operation: 'endCall', account, path: { Sid: '../Keys' }, form: { Status: 'completed' } },
    ],
    [
      'a new key that may do everything',
      { operation: 'createKey', account, form: { AccountSid: account, KeyType: 'main', FriendlyName: 'New' } },
    ],
    [
      'a new key with a policy of its own making',
      {
        operation: 'createKey',
        account,
        form: { AccountSid: account, KeyType: 'restricted', Policy: '{"allow":["/twilio/../*"]}' },
      },
    ],
    [
      'a trigger that tells somebody by a URL with credentials',
      { operation: 'createUsageTrigger', account, form: { CallbackUrl: 'https://user:secret@shop.example/' } },
    ],
    ['a trigger that starts at nothing', { operation: 'createUsageTrigger', account, form: { TriggerValue: '0' } }],
    ['a key that is an account', { operation: 'deleteKey', account, path: { Sid: account } }],
    [
      'a key with a query',
      { operation: 'deleteKey', account, path: { Sid: `SK${'1'.repeat(32)}` }, query: { x: 'y' } },
    ],
    ['another path of a key', { operation: 'deleteKey', account, continueAt: '/2010-04-01/Accounts.json' }],
    [
      'a token without its e-mail',
      { operation: 'createSecondaryToken', account, form: { SuppressEmailNotification: 'true' } },
    ],
    ['two countries at once', { operation: 'updateSmsGeoPermission', account, form: { Permissions: ['{}', '{}'] } }],
  ])('%s cannot be spelled out', (_, request) => {
    expect(() => toHttp(request)).toThrow('not among the changes');
  });
});

test('no mixture of values ever closes an account, deletes a record of traffic or empties a body', () => {
  const value = fc.oneof(
    fc.constantFrom('closed', 'suspended', 'completed', '', '{"status":"closed"}', 'Status=closed'),
    fc.string(),
  );
  const names = fc.constantFrom('Status', 'status', 'Body', 'Permissions', 'UpdateRequest', 'Sid', 'StartDay', 'Url');
  const form = fc.dictionary(names, value, { maxKeys: 3 });
  fc.assert(
    fc.property(
      fc.constantFrom(...changes),
      form,
      fc.dictionary(fc.constant('Sid'), value),
      (operation, fields, path) => {
        let sent = '';
        try {
          const { method, path: to, body = '' } = toHttp({ operation, account, form: fields, path });
          sent = `${method} ${to} ${decodeURIComponent(body)}`;
        } catch {
          return;
        }
        expect(sent).not.toMatch(/closed|Body=|DELETE .*\/(Messages|Calls|Recordings)/);
      },
    ),
    { numRuns: 20_000 },
  );
  const deletes = Object.values(operations).filter(({ method }) => (method as string) === 'DELETE');
  expect(
    deletes.map(({ path }) => path).filter((path) => /Messages|Calls|Recordings|Accounts\/\{Sid\}/.test(path)),
  ).toEqual([]);
});

describe('a permission of one country', () => {
  const sms = (value: unknown) => fits('smsPermission', JSON.stringify(value));
  const voice = (value: unknown) => fits('dialingPermission', JSON.stringify(value));
  const classes = {
    low_risk_numbers_enabled: 'true',
    high_risk_special_numbers_enabled: 'false',
    high_risk_tollfraud_numbers_enabled: 'false',
  };

  test('is a country and what is open, and nothing else', () => {
    expect(sms({ country_code: 'RU', type: 'country', enabled: false })).toBe(true);
    expect(sms({ country_code: 'ru', type: 'country', enabled: false })).toBe(false);
    expect(sms({ country_code: 'RU', type: 'continent', enabled: false })).toBe(false);
    expect(sms({ country_code: 'RU', type: 'country', enabled: 'false' })).toBe(false);
    expect(sms({ country_code: 'RU', type: 'country', enabled: false, extra: 1 })).toBe(false);
    expect(fits('smsPermission', 'not json')).toBe(false);
    expect(voice([{ iso_code: 'LV', ...classes }])).toBe(true);
    expect(
      voice([
        { iso_code: 'LV', ...classes },
        { iso_code: 'EE', ...classes },
      ]),
    ).toBe(false);
    expect(voice([{ iso_code: 'LV', low_risk_numbers_enabled: 'true' }])).toBe(false);
    expect(voice([{ iso_code: 'LV', ...classes, low_risk_numbers_enabled: true }])).toBe(false);
  });
});

test.each([
  ['https://shop.example/spend?x=1', true],
  ['https://shop.example', true],
  ['http://shop.example/spend', false],
  ['https://localhost/spend', false],
  ['https://10.0.0.1/spend', false],
  ['https://shop.example@evil.example/', false],
  ['https://shop.example/a b', false],
])('%s may be a webhook of a usage trigger: %s', (url, expected) => {
  expect(fits('httpsUrl', url)).toBe(expected);
});

test.each([
  ['{"allow":["/twilio/messaging/messages/create"]}', true],
  ['{"allow":[]}', false],
  ['{"allow":["/twilio/messaging/*"]}', false],
  ['{"allow":["/twilio/messaging/messages/create"],"deny":[]}', false],
  [JSON.stringify({ allow: Array.from({ length: 101 }, () => '/twilio/messaging/messages/create') }), false],
  ['["/twilio/messaging/messages/create"]', false],
])('the policy %s is one: %s', (policy, expected) => {
  expect(fits('keyPolicy', policy)).toBe(expected);
});

test.each([
  ['count', '600', true],
  ['count', '0', false],
  ['count', '1.5', false],
  ['amount', '99.50', true],
  ['amount', '0.00', false],
  ['amount', '1e3', false],
  ['label', 'Replacement 2026-11-21T12:00Z', true],
  ['label', "x'; rm -rf /", false],
  ['label', '', false],
] as const)('a %s may be %j: %s', (pattern, value, expected) => {
  expect(fits(pattern, value)).toBe(expected);
});
