import { describe, expect, it } from 'vitest';
import {
  account,
  attempt,
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
  sid,
  told,
} from '../validate/captured.ts';

/** Numbers of customers all over the United States. */
const customer = (i: number): string => `+1${2020000000 + ((i * 7_919_987) % 7_000_000) * 1000 + ((i * 37) % 1000)}`;

/** Ordinary messages for 20 days: 24 a day. */
const business = () =>
  Array.from({ length: 20 * 24 }, (_, i) => message(now - 20 * day + i * hour + (i % 50) * minute, customer(i)));

describe('the worked examples of the guide', () => {
  it('sequential one-time passwords to +79581118001… one second apart are SMS pumping, on the account', async () => {
    const wave = Array.from({ length: 300 }, (_, i) =>
      message(now - 2 * hour + i * 1000, `+7958111${8001 + i}`, { body: 'Contoso: XXXXXX is your code.' }),
    );
    const { of, assessment } = await judge([...business(), ...wave, ...colleagues()]);
    expect(told(of('P1'))).toBe('hit critical');
    expect(told(of('P2'))).toBe('hit critical');
    expect(told(of('P3'))).toBe('hit critical');
    expect(of('P3').sentence).toContain('follow one another');
    expect(of('P1').first).toBe(now - 2 * hour);
    expect(of('P3').evidence[0]).toMatch(/^evidence\/messages-0001\.jsonl\.gz:\d+$/);
    expect(assessment.verdicts[0]).toMatchObject({ type: 'sms-pumping', grade: 'confirmed', start: now - 2 * hour });
    expect(assessment).toMatchObject({ attack: 'on the account', first: 'counter the traffic' });
  });

  it('calls to +88213… are toll fraud', async () => {
    const usual = Array.from({ length: 400 }, (_, i) =>
      call(now - 20 * day + i * hour, `+1202555${String(i).padStart(4, '0')}`, 120),
    );
    const night = Array.from({ length: 40 }, (_, i) =>
      call(now - 3 * hour + i * minute, `+88213${1_000_000 + i}`, 1800, { price: '-7.20' }),
    );
    const { of, assessment } = await judge([...usual, ...night, ...colleagues()]);
    expect(told(of('T1'))).toBe('hit critical');
    expect(told(of('T2'))).toBe('hit critical');
    expect(told(of('T3'))).toBe('hit critical');
    expect(told(of('T4'))).toBe('hit warning');
    expect(of('T2').sentence).toContain('International networks');
    expect(of('T2').sentence).toContain('USD 288.00');
    expect(assessment.verdicts[0]).toMatchObject({ type: 'toll-fraud', grade: 'confirmed' });
  });

  it('the key new_evil_key_01 created by API from 203.0.113.42 is an account takeover, to be dealt with first', async () => {
    const by = { actor_sid: account, actor_type: 'account', source: 'api', source_ip_address: '203.0.113.42' };
    const evil = event(now - 3 * hour, {
      ...by,
      event_type: 'account-api-keys.created',
      resource_sid: sid('SK', 1),
      description: 'API key new_evil_key_01 created',
    });
    const wave = Array.from({ length: 300 }, (_, i) => message(now - 2 * hour + i * 1000, `+7958111${8001 + i}`));
    const { of, assessment } = await judge([...business(), ...wave, ...colleagues(), evil]);
    expect(told(of('A1'))).toBe('hit critical');
    expect(of('A1').sentence).toContain('203.0.113.42');
    expect(told(of('A4'))).toBe('hit critical');
    expect(of('A4').sentence).toContain('new_evil_key_01');
    expect(told(of('A2'))).toBe('hit notice');
    expect(assessment.verdicts.slice(0, 2)).toMatchObject([
      { type: 'account-takeover', grade: 'confirmed', start: now - 3 * hour },
      { type: 'sms-pumping', grade: 'confirmed' },
    ]);
    expect(assessment).toMatchObject({ attack: 'using the account', first: 'sanitize the account' });
    expect(assessment.why).toContain('SMS pumping began after it');
  });

  it('texts that lead to a look-alike twillio-support.com are smishing, and use the account', async () => {
    const body = (i: number) =>
      `Twilio: your account was locked. Confirm within 24 hours: https://twillio-support.com/v/${(i * 7919).toString(36)}`;
    const wave = Array.from({ length: 100 }, (_, i) =>
      message(now - 2 * hour + i * 20_000, `+1202556${String(i).padStart(4, '0')}`, {
        body: body(i),
        ...(i % 3 === 0 && { status: 'undelivered', error_code: 30007 }),
      }),
    );
    const inbound = (at: number, text: string) =>
      message(at, '+15005550006', { direction: 'inbound', body: text, from: '+12025550001' });
    const replies = Array.from({ length: 20 }, (_, i) => inbound(now - (20 - i) * day, 'Thanks!'));
    const stops = Array.from({ length: 25 }, (_, i) => inbound(now - hour + i * 1000, 'STOP'));
    const { of, assessment } = await judge([...business(), ...wave, ...replies, ...stops, ...colleagues()]);
    expect(['S1', 'S2', 'S3', 'S4'].map((id) => told(of(id as 'S1')))).toEqual([
      'hit critical',
      'hit critical',
      'hit warning',
      'hit warning',
    ]);
    expect(of('S1').sentence).toContain('twillio-support[.]com');
    expect(of('S1').sentence).toContain('100 messages of one text to 100 recipients');
    expect(of('S2').sentence).toContain('for twilio');
    expect(assessment.verdicts.find(({ type }) => type === 'smishing')?.grade).toBe('confirmed');
    expect(assessment.attack).toBe('using the account');
    expect(told(of('A7'))).toBe('hit warning');
  });

  it('conversion that falls from 75 % to 2 % is told as a collapse', async () => {
    const usual = Array.from({ length: 20 * 24 }, (_, i) =>
      attempt(now - 20 * day + i * hour, customer(i), i % 4 !== 0),
    );
    const wave = Array.from({ length: 200 }, (_, i) =>
      attempt(now - 2 * hour + i * 30_000, customer(i + 7), i % 50 === 0),
    );
    const { of } = await judge([...usual, ...wave]);
    expect(of('P5').state).toBe('hit');
    expect(told((await judge(usual)).of('P5'))).toBe('clean');
  });

  it('a 30450 on many messages is the block of SMS Pumping Protection', async () => {
    const blocked = Array.from({ length: 25 }, (_, i) =>
      message(now - hour + i * 1000, `+7958111${8001 + i * 40}`, { status: 'failed', error_code: 30450, price: null }),
    );
    const alerts = blocked.map(({ row }, i) =>
      captured('alerts', {
        sid: sid('NO', i),
        error_code: '30450',
        date_created: new Date(now - hour + i * 1000).toISOString(),
        resource_sid: row['sid'],
      }),
    );
    const { of } = await judge([...business(), ...blocked, ...alerts]);
    // A block is in the messages and in the alerts, and counts once.
    expect(of('P6').sentence).toContain('blocked 25 messages');
    expect(told(of('P6'))).toBe('hit critical');
    expect(told((await judge([...business(), ...blocked.slice(0, 2)])).of('P6'))).toBe('hit notice');
  });
});
