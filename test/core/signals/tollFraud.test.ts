import { describe, expect, it } from 'vitest';
import { call, day, hour, judge, minute, now, told } from '../validate/captured.ts';

const customer = (i: number): string => `+1202555${String(i % 10_000).padStart(4, '0')}`;
/** Ten calls a day in office hours (14 to 23 UTC), for 21 days. */
const office = Array.from({ length: 210 }, (_, i) =>
  call(Date.parse('2026-10-31T14:00:00Z') + Math.floor(i / 10) * day + (i % 10) * 54 * minute, customer(i), 120),
);

describe('signs of toll fraud', () => {
  it('are clean in an account that calls as it always did', async () => {
    const { of } = await judge(office);
    for (const id of ['T1', 'T2', 'T3', 'T4', 'T5', 'T7'] as const) expect(`${id} ${told(of(id))}`).toBe(`${id} clean`);
  });

  it('are left open when too few days of calls were collected', async () => {
    const { of } = await judge(office.slice(-20));
    expect([told(of('T1')), told(of('T7')), told(of('T2'))]).toEqual(['not enough data', 'not enough data', 'clean']);
  });

  it('tell calls at hours in which the account hardly calls', async () => {
    const night = Array.from({ length: 60 }, (_, i) => call(now - 9 * hour + i * minute, customer(i * 3), 60));
    expect(told((await judge([...office, ...night])).of('T7'))).toBe('hit warning');
    const atNoon = Array.from({ length: 60 }, (_, i) =>
      call(Date.parse('2026-11-20T18:00:00Z') + i * minute, customer(i * 3), 60),
    );
    expect(told((await judge([...office, ...atNoon])).of('T7'))).toBe('clean');
  });

  it('tell hundreds of very short calls, and not as many long ones', async () => {
    const wave = (seconds: number) =>
      Array.from({ length: 300 }, (_, i) => call(now - 3 * hour + i * 20_000, customer(i * 7), seconds));
    expect(told((await judge([...office, ...wave(6)])).of('T5'))).toBe('hit warning');
    expect(told((await judge([...office, ...wave(60)])).of('T5'))).toBe('clean');
  });

  it('tell calls of more than an hour', async () => {
    const long = Array.from({ length: 12 }, (_, i) => call(now - 5 * hour + i * 10 * minute, customer(i), 4000));
    expect(told((await judge([...office, ...long])).of('T3'))).toBe('hit warning');
  });

  it('tell a rise to ordinary places as less than one to where toll fraud goes', async () => {
    const rise = (to: string) =>
      Array.from({ length: 60 }, (_, i) => call(now - 3 * hour + i * 2 * minute, `${to}${100_000 + i}`, 900));
    expect(told((await judge([...office, ...rise('+12025')])).of('T1'))).toBe('hit warning');
    expect(told((await judge([...office, ...rise('+25261')])).of('T1'))).toBe('hit critical');
  });

  it('are a notice when there are only more calls of the usual kind, as of a campaign', async () => {
    const campaign = (price: string) =>
      Array.from({ length: 300 }, (_, i) =>
        call(Date.parse('2026-11-20T15:00:00Z') + i * minute, customer(i * 3), 110, { price }),
      );
    expect(told((await judge([...office, ...campaign('-0.0140')])).of('T1'))).toBe('hit notice');
    const dear = (await judge([...office, ...campaign('-0.9000')])).of('T1');
    expect([told(dear), dear.sentence]).toEqual(['hit warning', expect.stringContaining('far dearer than before')]);
  });

  it('leave inbound calls out', async () => {
    const inbound = Array.from({ length: 300 }, (_, i) =>
      call(now - 3 * hour + i * 20_000, customer(i), 6, { direction: 'inbound' }),
    );
    expect(told((await judge([...office, ...inbound])).of('T5'))).toBe('clean');
  });
});
