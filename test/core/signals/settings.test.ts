import { describe, expect, test } from 'vitest';
import type { CapturedRow } from '../../../src/core/evidence/evidenceStore.ts';
import { readAuditEvent } from '../../../src/core/model/auditEvent.ts';
import { purposeOf } from '../../../src/core/validate/takeover.ts';
import {
  call,
  captured,
  colleagues,
  day,
  event,
  hour,
  judge,
  message,
  minute,
  now,
  told,
} from '../validate/captured.ts';

/** Usage records of a category, one a day, the last one today. */
function usage(category: string, amounts: readonly number[]): readonly CapturedRow[] {
  const today = Math.floor(now / day) * day;
  return amounts.map((amount, i) => {
    const start = new Date(today - (amounts.length - 1 - i) * day).toISOString().slice(0, 10);
    return captured('usage', { category, start_date: start, end_date: start, usage: String(amount), price: '1.0' });
  });
}
const steady = Array.from({ length: 20 }, (_, i) => 400 + (i % 3) * 40);

describe('usage records', () => {
  test('tell a rise where the log itself was not collected, and a steady account as well', async () => {
    const risen = await judge(usage('sms-outbound', [...steady, 5200]), ['usage', 'events']);
    expect(told(risen.of('P1'))).toBe('hit warning');
    expect(risen.of('P1').sentence).toMatch(/5,200 messages .* on 2026-11-21, usually 440 a day/);
    const quiet = (await judge(usage('sms-outbound', steady), ['usage'])).of('P1');
    expect(told(quiet)).toBe('clean');
    expect(quiet.sentence).toMatch(/^By usage records of 1 account, no day/);
    const minutes = await judge(usage('calls-outbound', [...steady, 5200]), ['usage']);
    expect(told(minutes.of('T1'))).toBe('hit warning');
    expect(told(minutes.of('P1'))).toBe('not enough data');
  });

  test('tell nothing while they are too few days, and are not asked where the log tells', async () => {
    expect(told((await judge(usage('sms-outbound', [400, 400, 5200]), ['usage'])).of('P1'))).toBe('not enough data');
    const sent = Array.from({ length: 300 }, (_, i) => message(now - 20 * day + (i * day) / 15, `+1202555${2000 + i}`));
    expect(told((await judge([...sent, ...usage('sms-outbound', [...steady, 5200])])).of('P1'))).toBe('clean');
  });

  test('tell a rise in a window whose log is too short, by the days before it', async () => {
    const sent = [message(now - day, '+12025550123')];
    const { of } = await judge([...sent, ...usage('sms-outbound', [...steady, 5200])], undefined, [], now - 7 * day);
    expect(told(of('P1'))).toBe('hit warning');
    const old = await judge(
      [...sent, ...usage('sms-outbound', [...steady, 5200, ...steady.slice(0, 9)])],
      undefined,
      [],
      now - 7 * day,
    );
    expect(told(old.of('P1'))).toBe('clean');
  });

  test('tell no time by themselves, and the messages’ own onset where their log holds the day', async () => {
    const today = Math.floor(now / day) * day;
    const risen = usage('sms-outbound', [...steady, 5200]);
    const first = (sent: readonly CapturedRow[]) => judge([...sent, ...risen], undefined, [], now - day);
    const usual = Array.from({ length: 36 }, (_, i) => message(now - day + i * 40 * minute, `+1202555${2000 + i}`));
    const wave = (from: number) =>
      Array.from({ length: 5000 }, (_, i) => message(from + i * 2000, `+7958${1_110_000 + ((i * 7919) % 90_000)}`));
    const began = today + 7 * hour + 21 * minute;
    const { of, assessment } = await first([...usual, ...wave(began)]);
    expect(told(of('P1'))).toBe('hit warning');
    expect(Math.abs((of('P1').first ?? 0) - began)).toBeLessThan(30 * minute);
    expect(of('P1').sentence).toContain('By the messages themselves it began at 2026-11-21 07:');
    expect(assessment.verdicts.find(({ type }) => type === 'sms-pumping')?.start ?? 0).toBeGreaterThan(
      today + 6 * hour,
    );
    const without = (await judge(risen, ['usage', 'events'])).of('P1');
    expect([without.first, without.last]).toEqual([undefined, undefined]);
    // A log that lacks most of the day may begin after the rise did.
    expect((await first(wave(began).slice(-1000))).of('P1').first).toBeUndefined();
    // A rise of the evening before is not cut at midnight.
    const before = (await first([...usual, ...wave(today - 30 * minute)])).of('P1').first ?? 0;
    expect(Math.abs(before - (today - 30 * minute))).toBeLessThan(40 * minute);
  });
});

describe('settings that were read', () => {
  const sms = (country: string, enabled: boolean) =>
    captured('sms-geo-permissions', { country_code: country, enabled });
  const voice = (country: string, enabled: boolean) =>
    captured('dialing-permissions', { iso_code: country, high_risk_tollfraud_numbers_enabled: enabled });

  test('say which risky countries are open, and that nothing would tell of a rise in cost', async () => {
    const sent = Array.from({ length: 200 }, (_, i) => message(now - 20 * day + (i * day) / 10, `+1202555${2000 + i}`));
    const rows = [...sent, sms('NG', true), sms('LK', false), sms('GB', true), voice('LV', true), voice('FR', true)];
    const services = ['Sign-up', 'Login'].map((name) =>
      captured('verify-services', { sid: name, friendly_name: name }),
    );
    const { of } = await judge([...rows, ...services, ...colleagues(), call(now - day, '+12025550123', 30)]);
    expect(of('P2').check?.what).toMatch(
      /^Messages can be sent now to 2 countries from AC…\w+, of those Twilio calls high-risk: Nigeria\./,
    );
    expect(of('T2').check?.what).toMatch(
      /can be called now in 2 countries from AC…\w+, of those the guide names: Latvia\./,
    );
    expect(of('A6').check?.what).toMatch(/^No usage trigger exists/);
    expect(of('P6').check?.what).toContain('Fraud Guard of Sign-up, Login');
    const trigger = captured('usage-triggers', { sid: 'UT1', usage_category: 'totalprice' });
    expect((await judge([...colleagues(), trigger])).of('A6').check?.what).not.toContain('usage trigger');
  });

  test('say which account has a country open: one that is closed there may be open in another', async () => {
    const sent = Array.from({ length: 200 }, (_, i) => message(now - 20 * day + (i * day) / 10, `+1202555${2000 + i}`));
    const subs = ['1', '2', '3', '4', '5'].map((digit) => `AC${digit.repeat(32)}`);
    const of = (account: string, ...open: readonly string[]) =>
      ['NG', 'PK', 'GB', 'FR'].map((country) =>
        captured('sms-geo-permissions', { country_code: country, enabled: open.includes(country) }, account),
      );
    const [one = '', two = '', ...alike] = subs;
    const rows = [...sent, ...of(one, 'GB', 'FR'), ...of(two, 'NG'), ...alike.flatMap((account) => of(account))];
    const told = (await judge(rows)).of('P2').check?.what ?? '';
    expect(told).toContain(
      'to 1 country from AC…2222, of those Twilio calls high-risk: Nigeria; 2 countries from AC…1111, none of those',
    );
    expect(told).toMatch(/no country from AC…3333, AC…4444, AC…5555\./);
    const more = (await judge([...rows, ...of(subs[0]?.replaceAll('1', '6') ?? '')])).of('P2').check?.what;
    expect(more).toContain('AC…5555 and 1 more accounts');
  });

  test('are not spoken of where they were not read', async () => {
    const { of } = await judge([...colleagues(), call(now - day, '+12025550123', 30)], ['events', 'calls']);
    for (const id of ['T2', 'A6'] as const) expect(of(id).check?.what).not.toMatch(/now,|No usage trigger/);
  });
});

describe('what an attacker leaves behind or takes along', () => {
  test.each([
    ['key', 'account-api-keys.created account-keys.deleted'],
    ['token', 'account-auth-token.promoted account-auth-token.secondary-created'],
    ['user', 'user-password.updated user.created user-invitation.created'],
    ['login', 'user-session.created'],
    [
      'setting',
      'security-settings.updated sms-geographic-permissions.updated voice-geographic-permissions.updated messaging-settings.updated verify-fraud-guard.updated verify-fraud-guard-mode.updated verify-geo-permissions-sms.updated usage-trigger.deleted recharge-trigger.updated payment-method.created copilot-number-pool.updated',
    ],
    [
      'persistence',
      'account.created account-credentials.created application.created connect-app.created authorized-connect-app.created sip-domain.created sip-credential-list.created sip-ip-access-control-list.updated trunk.created byoc-trunk.created flow.created caller-id.created sender-id.created shortcode.updated phone-number.created',
    ],
    ['data', 'bulkexports.created bulkexports.downloaded recording.accessed transcription.accessed'],
    ['evidence', 'message.deleted message-body.deleted account.deleted'],
    ['other', 'task-queue.updated'],
  ] as const)('is told as %s', (purpose, types) => {
    for (const type of types.split(' ')) {
      const read = readAuditEvent(event(now, { event_type: type }).row);
      expect(`${type} ${read && purposeOf(read)}`).toBe(`${type} ${purpose}`);
    }
  });
});
