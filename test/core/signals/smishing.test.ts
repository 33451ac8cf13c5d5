import { describe, expect, it } from 'vitest';
import { day, hour, judge, message, minute, now, told } from '../validate/captured.ts';

const to = (i: number): string => `+1${2_020_000_000 + ((i * 7_919_987) % 7_000_000) * 1000 + (i % 1000)}`;
const sent = (count: number, from: number, body: (i: number) => string) =>
  Array.from({ length: count }, (_, i) => message(from + i * minute, to(i), { body: body(i) }));
const usual = Array.from({ length: 20 * 24 }, (_, i) =>
  message(now - 20 * day + i * hour, to(i), { body: `Your order ${i} has left: https://contoso.example/o/${i}` }),
);

describe('texts that many recipients get', () => {
  it('are clean while they lead where older ones did', async () => {
    const { of } = await judge([
      ...usual,
      ...sent(50, now - 2 * hour, (i) => `Order ${i} has arrived and waits for you at https://contoso.example/p/${i}`),
    ]);
    expect([told(of('S1')), told(of('S2'))]).toEqual(['clean', 'clean']);
  });

  it('are a notice when a new one has a new link and nothing else', async () => {
    const { of, assessment } = await judge([
      ...usual,
      ...sent(50, now - 2 * hour, () => 'Autumn jackets are here, 20 % off: https://bit.ly/3xyz'),
    ]);
    expect([told(of('S1')), told(of('S2'))]).toEqual(['hit notice', 'clean']);
    expect(assessment.verdicts.find(({ type }) => type === 'smishing')?.grade).toBe('unlikely');
  });

  it('are suspicious when new, urgent and with a number to call', async () => {
    const { of } = await judge([
      ...usual,
      ...sent(50, now - 2 * hour, () => 'Your account is suspended. Call +1 202 555 0199 immediately'),
    ]);
    expect([told(of('S1')), told(of('S2'))]).toEqual(['hit warning', 'hit warning']);
    expect(of('S1').sentence).toContain('asks to call a number');
  });

  it('are not told while there are few of them', async () => {
    const { of } = await judge([
      ...usual,
      ...sent(10, now - 2 * hour, () => 'Twilio: account locked: https://twillio-support.com/a'),
    ]);
    expect(told(of('S1'))).toBe('clean');
  });

  it('name the senders that were not used before', async () => {
    const { of, facts } = await judge([
      ...usual,
      ...sent(50, now - 2 * hour, () => 'Twilio: account locked: https://twillio-support.com/a').map((row) => ({
        ...row,
        row: { ...row.row, from: '+15005550123' },
      })),
    ]);
    expect(of('S1').sentence).toContain('From a sender not used before.');
    expect(facts.suspects[0]).toMatchObject({ newSenders: ['+15005550123'], recipients: 50, isNew: true });
  });

  it('are not called old because a week of evidence ends with them', async () => {
    const body = () => 'Twilio: account locked. Confirm within 24 hours: https://twillio-support.com/a';
    const week = (length: number) => [
      ...Array.from({ length: 8 * 24 }, (_, i) =>
        message(now - length + i * hour, to(i), { body: 'See you soon.' }),
      ).filter(({ row }) => new Date(String(row['date_sent'])).getTime() <= now),
      ...sent(50, now - 2 * hour, body),
      message(now, to(1), { body: 'See you soon.' }),
    ];
    for (const length of [7 * day - minute, 7 * day, 7 * day + hour])
      expect(told((await judge(week(length))).of('S1'))).toBe('hit critical');
    // Sent ten days long after the first week of three, it is as new as it was.
    const long = [...usual, ...sent(50, now - 10 * day, body), ...sent(50, now - hour, body)];
    expect((await judge(long)).facts.suspects[0]).toMatchObject({ isNew: true });
    const always = [...usual, ...sent(50, now - 20 * day, body), ...sent(50, now - hour, body)];
    expect((await judge(always)).facts.suspects[0]).toMatchObject({ isNew: false });
  });

  it('are clean when the account has always sent them, urgent or not', async () => {
    const { of } = await judge([
      ...usual,
      ...sent(400, now - 20 * day, () => 'Your parcel is overdue. Call +1 202 555 0199 to arrange delivery'),
      ...sent(50, now - 2 * hour, () => 'Your parcel is overdue. Call +1 202 555 0199 to arrange delivery'),
    ]);
    expect([told(of('S1')), told(of('S2'))]).toEqual(['clean', 'clean']);
  });

  it('make the STOP replies they get a warning; those a newsletter gets are a notice', async () => {
    const inbound = (at: number, body: string) =>
      message(at, '+15005550006', { direction: 'inbound', from: '+12025550123', body });
    const thanks = Array.from({ length: 60 }, (_, i) => inbound(now - 20 * day + i * 8 * hour, 'Thanks'));
    const stops = Array.from({ length: 30 }, (_, i) => inbound(now - 2 * hour + i * minute, 'STOP'));
    const wave = (body: string) =>
      Array.from({ length: 60 }, (_, i) => message(now - 3 * hour + i * minute, `+1202555${3000 + i}`, { body }));
    const usual = Array.from({ length: 60 }, (_, i) => message(now - 20 * day + i * 8 * hour, `+1202555${2000 + i}`));
    const of = async (body: string) => told((await judge([...usual, ...thanks, ...stops, ...wave(body)])).of('S4'));
    expect(await of('Twilio: your account was locked. Confirm now: https://twillio-support.com/v/x')).toBe(
      'hit warning',
    );
    expect(await of('Our spring catalogue is here, with twenty new teas.')).toBe('hit notice');
  });

  it('are not taken for SMS pumping, nor hide it', async () => {
    const smish = Array.from({ length: 300 }, (_, i) =>
      message(now - 5 * hour + i * 20_000, `+1202556${String(i).padStart(4, '0')}`, {
        body: 'Twilio: account locked: https://twillio-support.com/a',
      }),
    );
    const pumped = Array.from({ length: 300 }, (_, i) =>
      message(now - 2 * hour + i * 1000, `+7958111${8001 + i}`, { body: 'Your code is XXXXXX' }),
    );
    expect((await judge([...usual, ...smish])).of('P1').severity).not.toBe('critical');
    expect(told((await judge([...usual, ...smish, ...pumped])).of('P1'))).toBe('hit critical');
  });
});
