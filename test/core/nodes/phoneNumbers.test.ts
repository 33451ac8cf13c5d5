import { describe, expect, test } from 'vitest';
import type { NodeKind } from '../../../src/core/accounts/nodeKind.ts';
import { span } from '../../../src/core/model/age.ts';
import type { JsonObject } from '../../../src/core/model/json.ts';
import phoneNumbers from '../../../src/core/nodes/phoneNumbers.ts';
import { sid } from '../fakeTwilio.ts';
import { branchesOf, now } from './branchesOf.ts';

const kind = phoneNumbers as NodeKind;
const acme = 'https://voice.acme.example/in';
const evil = 'https://evil.example/x';

const number = (id: number, urls: JsonObject): JsonObject => ({
  sid: sid('PN', id),
  phone_number: `+1415555010${id}`,
  friendly_name: 'Shop',
  ...urls,
});

const change = (id: number, field: string, previous: string, updated: string, ago = 3 * span.hour): JsonObject => ({
  sid: `AE${id}${field}${ago}`,
  event_type: 'phone-number.updated',
  event_date: new Date(now - ago).toISOString(),
  source: 'api',
  source_ip_address: '203.0.113.42',
  resource_sid: sid('PN', id),
  event_data: { resource_properties: { [field]: { previous, updated } } },
});

const severities = (numbers: readonly JsonObject[], events: readonly JsonObject[]) =>
  branchesOf(kind, ['listPhoneNumbers', numbers], ['listEvents', events]).map(({ severity }) => severity);

describe('a webhook that was rewritten', () => {
  test('to a host no other number has is critical', () => {
    const [first, second] = severities(
      [number(1, { voice_url: evil }), number(2, { voice_url: acme })],
      [change(1, 'voice_url', acme, evil)],
    );
    expect(first).toEqual({
      level: 'critical',
      reason:
        'voice_url changed 3 h ago by API from 203.0.113.42 to evil.example, a host that is new among the numbers read here.',
    });
    expect(second).toBeUndefined();
  });

  test.each(['voice_url', 'voice_fallback_url', 'sms_url', 'sms_fallback_url', 'status_callback'])(
    'to a host another number has as %s is only worth a look',
    (field) => {
      const [first] = severities(
        [number(1, { voice_url: acme }), number(2, { [field]: acme })],
        [change(1, 'voice_url', 'https://old.example/', acme)],
      );
      expect(first?.level).toBe('warning');
      expect(first?.reason).toContain('which others among the numbers read here use too');
    },
  );

  test('on all numbers at once stays critical: they do not vouch for one another', () => {
    const found = severities(
      [number(1, { voice_url: evil }), number(2, { voice_url: evil })],
      [change(1, 'voice_url', acme, evil), change(2, 'voice_url', acme, evil)],
    );
    expect(found.map((severity) => severity?.level)).toEqual(['critical', 'critical']);
  });

  test('and changed back since is worth a look, and says so', () => {
    const [first] = severities(
      [number(1, { sms_url: acme })],
      [change(1, 'sms_url', acme, evil), change(1, 'sms_url', evil, acme, span.hour)],
    );
    expect(first?.level).toBe('warning');
    expect(first?.reason).toMatch(/to evil\.example\. It was changed back since, to voice\.acme\.example\.$/);
  });

  test('and has yet another host now says that', () => {
    const [first] = severities([number(1, { sms_url: 'https://third.example/' })], [change(1, 'sms_url', acme, evil)]);
    expect(first?.reason).toContain('It was changed again since, to third.example.');
  });

  test('is not hidden by a harmless change of another webhook', () => {
    const [first] = severities(
      [number(1, { voice_url: evil, sms_url: acme }), number(2, { sms_url: acme })],
      [change(1, 'sms_url', '', acme, 5 * span.hour), change(1, 'voice_url', acme, evil)],
    );
    expect(first?.level).toBe('critical');
  });

  test('within its host is nothing', () => {
    expect(severities([number(1, { voice_url: acme })], [change(1, 'voice_url', `${acme}/a`, acme)])).toEqual([
      undefined,
    ]);
  });
});

test('every host is in the row and found by the filter, every address in the tooltip', () => {
  const [branch] = branchesOf(kind, [
    'listPhoneNumbers',
    [
      number(1, {
        voice_url: acme,
        voice_fallback_url: 'https://b.example/',
        sms_url: '',
        sms_fallback_url: 'https://c.example/',
        status_callback: 'https://d.example/',
        voice_application_sid: sid('AP', 1),
        sms_application_sid: null,
        trunk_sid: sid('TK', 1),
      }),
    ],
  ]);
  expect(branch?.description).toBe('voice.acme.example, b.example, c.example, d.example · Shop');
  expect(branch?.searchText).toBe('voice.acme.example b.example c.example d.example');
  expect(branch?.facts).toEqual([
    { name: 'Number SID', value: sid('PN', 1) },
    { name: 'Voice URL', value: acme },
    { name: 'Voice fallback URL', value: 'https://b.example/' },
    { name: 'SMS URL', value: 'none' },
    { name: 'SMS fallback URL', value: 'https://c.example/' },
    { name: 'Status callback', value: 'https://d.example/' },
    { name: 'TwiML app for calls', value: sid('AP', 1) },
    { name: 'SIP trunk', value: sid('TK', 1) },
  ]);
});
