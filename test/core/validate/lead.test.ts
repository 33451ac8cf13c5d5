import { describe, expect, test } from 'vitest';
import type { SignalId } from '../../../src/core/validate/signal.ts';
import { validatedSources } from '../../../src/core/validate/validate.ts';
import { attempt, call, captured, colleagues, day, event, judge, message, minute, now, told } from './captured.ts';

const from = now - 7 * day;
const stranger = { source_ip_address: '203.0.113.42', source: 'api', actor_sid: `US${'e'.repeat(32)}` };
const key = { event_type: 'account-api-keys.created', description: 'Key new_evil_key_01 created' };
const judged = (rows: Parameters<typeof judge>[0]) => judge(rows, validatedSources, [], from);

describe('what was captured of the time before the incident’s window', () => {
  const theft = [event(now - 2 * day, { ...stranger, ...key })];

  test('tells that an address is new, which a week alone cannot', async () => {
    const week = colleagues(6);
    expect(told((await judged([...week, ...theft])).of('A4'))).toBe('hit warning');
    const { of, assessment } = await judged([...colleagues(30), ...theft]);
    expect([told(of('A1')), told(of('A4'))]).toEqual(['hit critical', 'hit critical']);
    expect(assessment.first).toBe('sanitize the account');
  });

  test('tells that an address is a colleague’s', async () => {
    const known = event(now - 2 * day, { ...key, source_ip_address: '198.51.100.24' });
    expect(told((await judged([...colleagues(30), known])).of('A4'))).toBe('hit notice');
  });

  test('does not make an address known that came some days before the window, since the attack may have', async () => {
    const before = event(from - 2 * day, { ...stranger });
    expect(told((await judged([...colleagues(30), before, ...theft])).of('A4'))).toBe('hit critical');
  });

  test('is never part of the incident', async () => {
    const at = from - 3 * day;
    const past = Array.from({ length: 60 }, (_, i) => [
      message(at + i * minute, `+7958111${1000 + i}`, { status: 'failed', error_code: 30450 }),
      attempt(at + i * minute, `+7958111${1000 + i}`, false),
      call(at + i * minute, `+8821300${1000 + i}`, 900),
      message(at + i * minute, '+15005550006', { direction: 'inbound', from: `+1202555${2000 + i}`, body: 'STOP' }),
      message(at + i * minute, `+1202555${2000 + i}`, {
        error_code: 30007,
        status: 'undelivered',
        body: `Twilio: account locked. Confirm now: https://twillio-support.com/v/${i}x`,
      }),
    ]).flat();
    const alert = captured('alerts', { sid: 'NO1', error_code: '60410', date_created: new Date(at).toISOString() });
    const deed = event(at, { ...stranger, ...key });
    const usual = Array.from({ length: 300 }, (_, i) => [
      message(now - 29 * day + i * 120 * minute, `+1202555${3000 + i}`),
      message(now - 29 * day + i * 120 * minute, '+15005550006', { direction: 'inbound', body: 'Thanks' }),
      call(now - 29 * day + i * 120 * minute, `+1202555${3000 + i}`, 60),
      attempt(now - 29 * day + i * 120 * minute, `+1202555${3000 + i}`, true),
    ]).flat();
    const rows = [...colleagues(30), ...usual, ...past, alert, deed];
    const hits = async (found: Awaited<ReturnType<typeof judge>>): Promise<readonly SignalId[]> =>
      found.judged.flatMap(({ signal, result }) =>
        result.state === 'hit' && result.severity !== 'notice' ? [signal.id] : [],
      );
    const whole = await judge(rows);
    expect((await hits(whole)).length).toBeGreaterThan(8);
    const windowed = await judged(rows);
    expect(await hits(windowed)).toEqual([]);
    expect(windowed.scope.phishing).toBeUndefined();
    expect(windowed.scope.accounts.every(({ messages, calls }) => messages.found + calls.found === 0)).toBe(true);
  });
});
