import { describe, expect, test } from 'vitest';
import type { NodeKind } from '../../../src/core/accounts/nodeKind.ts';
import { span } from '../../../src/core/model/age.ts';
import type { JsonObject } from '../../../src/core/model/json.ts';
import { securityMeaning } from '../../../src/core/model/securityEvents.ts';
import apiKeys from '../../../src/core/nodes/apiKeys.ts';
import errorCodes from '../../../src/core/nodes/errorCodes.ts';
import securityEvents from '../../../src/core/nodes/securityEvents.ts';
import subaccounts from '../../../src/core/nodes/subaccounts.ts';
import { sid } from '../fakeTwilio.ts';
import { branchesBeside, branchesOf, main, now, scope } from './branchesOf.ts';

const iso = (ago: number) => new Date(now - ago).toISOString();
const rfc2822 = (ago: number) => new Date(now - ago).toUTCString().replace('GMT', '+0000');

describe('subaccounts that are abused', () => {
  const young = { sid: sid('AC', 1), friendly_name: 'Shop', status: 'active', date_created: rfc2822(2 * span.day) };
  const old = { sid: sid('AC', 2), friendly_name: 'OTP', status: 'active', date_created: rfc2822(300 * span.day) };
  const suspended = { ...old, sid: sid('AC', 3), status: 'suspended' };
  const message = (number: number, error_code: number | null) => ({
    sid: sid('SM', number),
    account_sid: old.sid,
    error_code,
  });

  test('the newest messages of those that are active are looked at', () => {
    const rows = [young, old, suspended].map((item) => subaccounts.read(item, 'listAccounts'));
    const known = rows.filter((row) => row !== undefined);
    expect(subaccounts.looks?.(known, scope)).toEqual(
      [young, old].map((one) => ({ operation: 'listMessages', account: one.sid, query: { PageSize: '100' } })),
    );
  });

  test('of many, the young ones alone', () => {
    const many = Array.from({ length: 80 }, (_, n) => ({ ...old, sid: sid('AC', n + 10) }));
    const rows = [...many, young].flatMap((item) => subaccounts.read(item, 'listAccounts') ?? []);
    expect(subaccounts.looks?.(rows, scope)?.map(({ account }) => account)).toEqual([young.sid]);
  });

  test('one whose messages Twilio blocks says so, before its age', () => {
    const blocked = [1, 2, 3, 4].map((number) => message(number, 30450));
    const marks = (...items: JsonObject[]) =>
      branchesOf(subaccounts as NodeKind, ['listAccounts', [old]], ['listMessages', items])[0]?.severity;
    expect(marks(...blocked, message(5, null))).toEqual({
      level: 'critical',
      reason: 'Twilio blocks its messages as fraud: 4 of its newest 5 messages (30450).',
    });
    expect(marks(message(1, 30450), message(2, 30003), message(3, null))).toBeUndefined();
    // Messages of another account are no mark on this one.
    expect(marks(...blocked.map((one) => ({ ...one, account_sid: young.sid })))).toBeUndefined();
  });
});

describe('API keys', () => {
  const created = {
    sid: 'AE1',
    event_type: 'account-api-keys.created',
    event_date: iso(2 * span.hour),
    source: 'api',
    source_ip_address: '203.0.113.42',
    resource_sid: sid('SK', 1),
    actor_sid: main,
  };

  test('a key made by API two hours ago says so, and from where', () => {
    const [branch] = branchesOf(
      apiKeys as NodeKind,
      [
        'listKeys',
        [
          {
            sid: sid('SK', 1),
            friendly_name: 'new_evil_key_01',
            date_created: iso(2 * span.hour),
            flags: ['rest_api'],
          },
        ],
      ],
      ['listEvents', [created]],
    );
    expect(branch?.severity).toEqual({ level: 'critical', reason: 'Created 2 h ago by API from 203.0.113.42.' });
    expect(branch?.facts).toContainEqual({ name: 'Created by', value: `${main} by API from 203.0.113.42` });
  });

  test('a key that was made with this extension is not suspicious, neither is the event that tells so, and both say whose it is', () => {
    const item = { sid: sid('SK', 1), friendly_name: 'new', date_created: iso(2 * span.hour), flags: ['rest_api'] };
    const made = (...own: string[]) => [
      branchesBeside(new Set(own), apiKeys as NodeKind, ['listKeys', [item]], ['listEvents', [created]])[0],
      branchesBeside(new Set(own), securityEvents as NodeKind, ['listEvents', [created]])[0],
    ];
    for (const branch of made(sid('SK', 1))) {
      expect(branch?.severity).toBeUndefined();
      expect(branch?.description).toContain('made by you with this extension');
    }
    for (const branch of made(sid('SK', 2))) {
      expect(branch?.severity).toBeDefined();
      expect(branch?.description).not.toContain('made by you');
    }
  });

  test('the maker is asked for under both names of the event, one per request', () => {
    const asked = apiKeys.context?.(scope).map(({ operation, query }) => [operation, query?.['EventType']]);
    expect(asked).toEqual([
      ['listEvents', 'account-api-keys.created'],
      ['listEvents', 'account-keys.created'],
    ]);
  });

  test('an old key is not suspicious, and its unknown maker is said to be unknown', () => {
    const [branch] = branchesOf(apiKeys as NodeKind, [
      'listKeys',
      [{ sid: sid('SK', 2), friendly_name: 'web', date_created: iso(400 * span.day), flags: ['restricted'] }],
    ]);
    expect(branch?.severity).toBeUndefined();
    expect(branch?.description).toContain('Restricted');
    expect(branch?.facts.find(({ name }) => name === 'Created by')?.value).toContain('not in the audit log');
  });
});

describe('error codes', () => {
  const message = (id: number, to: string, code: number | null, ago: number): JsonObject => ({
    sid: sid('SM', id),
    to,
    error_code: code,
    date_sent: rfc2822(ago),
    date_created: rfc2822(ago),
  });
  const alert = (id: number, about: string, code: string): JsonObject => ({
    sid: sid('NO', id),
    error_code: code,
    resource_sid: about,
    date_created: iso(span.hour),
  });

  test('are grouped by code, then by destination range, with count, first and last', () => {
    const branches = branchesOf(errorCodes as NodeKind, [
      'listMessages',
      [
        message(1, '+79581118001', 30450, 10 * span.minute),
        message(2, '+79581118002', 30450, 20 * span.minute),
        message(3, '+447700900123', 30003, span.hour),
        message(4, '+447700900124', null, 2 * span.hour),
      ],
    ]);
    expect(branches.map(({ label }) => label.split(' ')[0])).toEqual(['30450', '30003', 'Newest']);
    const [range] = branches[0]?.children ?? [];
    expect(range?.label).toBe('+7958111xxxx');
    expect(range?.facts).toEqual([
      { name: 'Count', value: '2' },
      { name: 'First', value: '2026-11-21 11:40 UTC' },
      { name: 'Last', value: '2026-11-21 11:50 UTC' },
    ]);
    expect(branches.at(-1)).toMatchObject({
      label: 'Newest 4 messages read',
      description: 'back to 2026-11-21 10:00 UTC, and 0 alerts of 7 days',
    });
  });

  test('a failed message and the alert about it count once', () => {
    const branches = branchesOf(
      errorCodes as NodeKind,
      ['listMessages', [message(1, '+79581118001', 30450, span.hour)]],
      ['listAlerts', [alert(1, sid('SM', 1), '30450'), alert(2, sid('CA', 1), '13227')]],
    );
    expect(branches.find(({ id }) => id === '30450')?.facts).toContainEqual({ name: 'Count', value: '1' });
    expect(branches.find(({ id }) => id === '13227')?.children?.[0]?.label).toBe('destination not in the alert');
  });

  test.each([
    [30450, 1, 'critical'],
    [30007, 9, undefined],
    [30007, 10, 'warning'],
    [30003, 100, undefined],
  ])('%i is marked at %i failures: %s', (code, failures, level) => {
    const rows = Array.from({ length: failures }, (_, number) => message(number, '+79581118001', code, span.hour));
    const [branch] = branchesOf(errorCodes as NodeKind, ['listMessages', rows]);
    expect(branch?.severity?.level).toBe(level);
  });

  test('no full number of a third party is shown', () => {
    const branches = branchesOf(errorCodes as NodeKind, [
      'listMessages',
      [message(1, '+79581118001', 30450, 0), message(2, 'whatsapp:+447700900123', 30450, 0)],
    ]);
    expect(JSON.stringify(branches)).not.toMatch(/79581118001|447700900123/);
  });
});

describe('security events', () => {
  const event = (id: number, type: string, ip: string, ago: number): JsonObject => ({
    sid: `AE${id}`,
    event_type: type,
    event_date: iso(ago),
    source: 'web',
    source_ip_address: ip,
    actor_sid: 'US1',
  });

  test('an address never seen before is critical; everyday logins are not marked', () => {
    const branches = branchesOf(securityEvents as NodeKind, [
      'listEvents',
      [
        event(1, 'user-session.created', '198.51.100.7', 20 * span.day),
        event(2, 'user-session.created', '198.51.100.7', span.hour),
        event(3, 'user-session.created', '203.0.113.42', span.hour),
      ],
    ]);
    expect(branches.map(({ severity }) => severity?.level)).toEqual([undefined, 'critical', undefined]);
    expect(branches[1]?.severity?.reason).toContain('an address first seen 1 h ago');
  });

  test('events without meaning for security are left out, changes are told from and to', () => {
    const changed = {
      ...event(1, 'usage-trigger.deleted', '203.0.113.42', span.hour),
      event_data: { resource_properties: { trigger_value: { previous: '30', updated: null } } },
    };
    const branches = branchesOf(securityEvents as NodeKind, [
      'listEvents',
      [changed, event(2, 'address.updated', '203.0.113.42', span.hour)],
    ]);
    expect(branches).toHaveLength(1);
    expect(branches[0]?.facts).toContainEqual({ name: 'Change', value: 'trigger_value: 30 → (empty)' });
  });
});

test.each([
  ['message.deleted', 'critical'],
  ['message-body.deleted', 'critical'],
  ['message.updated', undefined],
  ['account-credentials.created', 'warning'],
  ['payment-method.created', 'warning'],
  ['recharge-trigger.updated', 'warning'],
  ['caller-id.created', 'warning'],
  ['sender-id.country.created', 'warning'],
  ['shortcode.updated', 'notice'],
  ['flow.updated', 'notice'],
  ['copilot-number-pool.updated', 'notice'],
  ['trunk.created', 'notice'],
  ['byoc-trunk.updated', 'notice'],
  ['security-settings.updated', 'warning'],
  ['account.updated', 'notice'],
  ['address.created', undefined],
])('the event %s is %s', (type, level) => {
  expect(securityMeaning(type)?.level).toBe(level);
});

test('a young active subaccount is marked, the main account is not listed below itself', () => {
  const account = (number: number, ago: number, status = 'active'): JsonObject => ({
    sid: sid('AC', number),
    friendly_name: `Shop ${number}`,
    status,
    date_created: rfc2822(ago),
  });
  const branches = branchesOf(subaccounts as NodeKind, [
    'listAccounts',
    [
      account(0, 900 * span.day),
      account(1, 3 * span.day),
      account(2, 300 * span.day),
      account(3, span.day, 'suspended'),
    ],
  ]);
  expect(branches.map(({ label, severity }) => [label, severity?.level])).toEqual([
    ['Shop 1', 'warning'],
    ['Shop 2', undefined],
    ['Shop 3', undefined],
  ]);
});
