import { describe, expect, it } from 'vitest';
import { attempt, captured, day, hour, judge, message, minute, now, sid, told } from '../validate/captured.ts';

const customer = (i: number): string => `+1${2_020_000_000 + ((i * 7_919_987) % 7_000_000) * 1000 + ((i * 37) % 1000)}`;
const business = Array.from({ length: 20 * 24 }, (_, i) =>
  message(now - 20 * day + i * hour + (i % 50) * minute, customer(i)),
);

describe('signs of SMS pumping', () => {
  it('are told with the hours that stand out, also when they are long over', async () => {
    const began = now - 60 * hour;
    const wave = Array.from({ length: 300 }, (_, i) =>
      message(began + i * 20_000, `+7958111${String((i * 7919) % 10_000).padStart(4, '0')}`),
    );
    const { of } = await judge([...business, ...wave]);
    expect(of('P1')).toMatchObject({ severity: 'critical', first: began, last: began + 299 * 20_000 });
  });

  it('are no run of recipients when numbers only rise, or one number is tried again and again', async () => {
    const rising = Array.from({ length: 100 }, (_, i) =>
      message(now - 2 * hour + i * 1000, `+7958${1_110_000 + i * 50}`),
    );
    const retried = Array.from({ length: 100 }, (_, i) => message(now - 2 * hour + i * 1000, '+79581110001'));
    expect(told((await judge([...business, ...rising])).of('P3'))).toBe('clean');
    expect(told((await judge([...business, ...retried])).of('P3'))).toBe('clean');
  });

  it('are not taken from a handful of attempts that fail', async () => {
    const wave = (length: number) =>
      Array.from({ length }, (_, i) => attempt(now - 2 * hour + i * minute, `+7958${1_110_000 + i * 50}`, i === 0));
    const usual = Array.from({ length: 20 * 24 }, (_, i) =>
      attempt(now - 20 * day + i * hour, customer(i), i % 5 !== 0),
    );
    expect(told((await judge([...usual, ...wave(12)])).of('P1'))).not.toBe('hit critical');
    const { of } = await judge([...usual, ...wave(80)]);
    expect([told(of('P1')), told(of('P5'))]).toEqual(['hit critical', 'hit critical']);
    expect(of('P5').sentence).toContain('1 % of 80 codes to Russia entered, usual is 7');
  });

  it('tell more volume to known places as a notice, and only when it is much', async () => {
    const wave = (length: number) =>
      Array.from({ length }, (_, i) => message(now - 5 * hour + i * minute, customer(i * 11 + 3)));
    expect(told((await judge([...business, ...wave(250)])).of('P1'))).toBe('hit notice');
    expect(told((await judge([...business, ...wave(60)])).of('P1'))).toBe('clean');
  });

  it('name a run in an account that is less than 7 days old', async () => {
    const young = captured('accounts', {
      sid: sid('AC', 2),
      friendly_name: 'Fresh',
      date_created: new Date(now - 3 * day).toISOString(),
    });
    const run = Array.from({ length: 40 }, (_, i) => ({
      ...message(now - 2 * hour + i * 1000, `+7958111${8001 + i}`),
      account: captured('messages', {}, sid('AC', 2)).account,
    }));
    expect((await judge([...business, young, ...run])).of('P3').sentence).toContain(
      'Fresh (AC…0002), an account less than 7 days old',
    );
  });

  it('tell conversion that only sags as a notice', async () => {
    // As many attempts as ever, so that nothing but conversion changes.
    const attempts = (converted: (i: number) => boolean) =>
      Array.from({ length: 20 * 24 * 5 }, (_, i) => {
        const at = now - 20 * day + i * 12 * minute;
        return attempt(at, customer(i), at > now - 2 * day ? converted(i) : i % 5 !== 0);
      });
    expect(told((await judge(attempts((i) => i % 5 !== 0))).of('P5'))).toBe('clean');
    expect(told((await judge(attempts((i) => i % 5 > 2))).of('P5'))).toBe('hit notice');
    expect(told((await judge(attempts((i) => i % 10 > 7))).of('P5'))).toBe('hit warning');
    expect(told((await judge(attempts((i) => i % 50 === 0))).of('P5'))).toBe('hit critical');
  });

  it('are left open with a few days of messages', async () => {
    const { of, assessment } = await judge(business.slice(-48));
    expect([told(of('P1')), told(of('P2'))]).toEqual(['not enough data', 'not enough data']);
    expect(
      assessment.settle.some((sentence) =>
        sentence.includes('Collecting messages or Verify attempts, or more days of them, would settle P1, P2'),
      ),
    ).toBe(true);
  });
});
