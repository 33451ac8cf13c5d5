import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { describe, expect, test } from 'vitest';
import { countryByIso } from '../../../src/simulator/generate/countries.ts';
import { accountAt, day, hour, now, worldAt } from './worlds.ts';

describe('ordinary traffic', () => {
  const world = worldAt({ messagesPerDay: 6000, subaccounts: 0 });
  const account = accountAt(world, 0);
  const messages = [...account.messages.newestFirst(now - 14 * day, now)];
  const sent = messages.filter(({ direction }) => direction === 'outbound-api');
  const countryOf = (number: string) => parsePhoneNumberFromString(number)?.country;
  const home = sent.filter(({ to }) => countryOf(to) === 'US');

  test('is as much as was asked for, within a tenth', () => {
    expect(messages.length / 14 / 6000).toBeGreaterThan(0.9);
    expect(messages.length / 14 / 6000).toBeLessThan(1.1);
    const attempts = account.attempts.count(now - 14 * day, now);
    expect(attempts / 14 / 2400).toBeGreaterThan(0.85);
    expect(attempts / 14 / 2400).toBeLessThan(1.15);
  });

  test('goes to more than sixty countries, most of it home, all of it to valid numbers', () => {
    const destinations = new Set(sent.map(({ to }) => countryOf(to)));
    expect(destinations.size).toBeGreaterThanOrEqual(60);
    expect(home.length / sent.length).toBeGreaterThan(0.5);
    expect(home.length / sent.length).toBeLessThan(0.7);
    const wrong = sent
      .filter((_, index) => index % 23 === 0)
      .filter(({ to }) => !parsePhoneNumberFromString(to)?.isValid());
    expect(wrong).toEqual([]);
  });

  test('sleeps at night and rises by day, in each country’s own time', () => {
    const share = (iso: string, from: number, to: number) => {
      const { offset, dial } = countryByIso(iso);
      const rows = iso === 'US' ? home : sent.filter(({ to: number }) => number.startsWith(`+${dial}`));
      const local = rows.map(({ at }) => (Math.floor(at / hour) + offset + 24) % 24);
      return local.filter((hourOfDay) => hourOfDay >= from && hourOfDay < to).length / rows.length;
    };
    for (const iso of ['US', 'GB', 'IN', 'AU']) {
      expect(share(iso, 1, 5), iso).toBeLessThan(0.08);
      expect(share(iso, 16, 20), iso).toBeGreaterThan(0.2);
    }
  });

  test('is more scattered than chance alone, and still mostly rhythm', () => {
    const perHour = new Map<number, number>();
    for (const { at } of home) perHour.set(Math.floor(at / hour), (perHour.get(Math.floor(at / hour)) ?? 0) + 1);
    // The same hour of the day on the ten working days: what is left is noise.
    const noon = [...perHour].filter(([key]) => key % 24 === 18 && ![0, 6].includes((Math.floor(key / 24) + 4) % 7));
    const mean = noon.reduce((sum, [, count]) => sum + count, 0) / noon.length;
    const variance = noon.reduce((sum, [, count]) => sum + (count - mean) ** 2, 0) / noon.length;
    expect(variance / mean).toBeGreaterThan(1);
    expect(Math.sqrt(variance) / mean).toBeLessThan(0.5);
  });

  test('is delivered, fails and is paid for as each country does', () => {
    const { delivery, sms } = countryByIso('US');
    const delivered = home.filter(({ status }) => status === 'delivered').length / home.length;
    expect(Math.abs(delivered - delivery)).toBeLessThan(0.01);
    for (const { price, segments } of home.slice(0, 200)) expect(price).toBeCloseTo(-sms * segments, 5);
    const codes = new Set(sent.map(({ errorCode }) => errorCode));
    expect([...codes].sort()).toEqual([30003, 30005, 30006, 30007, 30008, undefined].sort());
  });

  test('has answers, a few of them STOP, and repeated customers', () => {
    const inbound = messages.filter(({ direction }) => direction === 'inbound');
    expect(inbound.length / home.length).toBeGreaterThan(0.02);
    expect(inbound.filter(({ body }) => /stop|unsubscribe/i.test(body)).length).toBeGreaterThan(5);
    for (const { to, status } of inbound) {
      expect(status).toBe('received');
      expect(account.numbers.some(({ phoneNumber }) => phoneNumber === to)).toBe(true);
    }
    expect(new Set(home.map(({ to }) => to)).size).toBeLessThan(home.length * 0.95);
  });

  test('types in its passwords at each country’s rate', () => {
    const attempts = [...account.attempts.newestFirst(now - 14 * day, now)].filter(({ country }) => country === 'US');
    const converted = attempts.filter((attempt) => attempt.converted).length / attempts.length;
    expect(Math.abs(converted - countryByIso('US').conversion)).toBeLessThan(0.02);
    for (const { converted: typed, messageStatus } of attempts)
      expect(typed && messageStatus !== 'delivered').toBe(false);
  });
});

test('without conversion data there is no Verify service and no attempt', () => {
  const account = accountAt(worldAt({ conversionData: false }), 1);
  expect(account.verifyServices).toEqual([]);
  expect(account.attempts.count(0, now)).toBe(0);
});

test('subaccounts inherit geo-permissions: closing a country closes it for all', () => {
  const world = worldAt({ withoutCountries: ['RU'] });
  expect(accountAt(world, 0).smsGeo.get('US')).toBe(true);
  expect(accountAt(world, 0).smsGeo.get('RU')).toBe(false);
  accountAt(world, 0).smsGeo.set('RU', true);
  expect(accountAt(world, 3).smsGeo.get('RU')).toBe(true);
});

test('nothing of an account is older than the account or younger than the present', () => {
  for (const account of worldAt({ subaccounts: 200 }).accounts.values()) {
    const { keys, numbers, messagingServices, created } = account;
    for (const { created: at } of [...keys, ...numbers, ...messagingServices]) {
      expect(at).toBeGreaterThanOrEqual(created);
      expect(at).toBeLessThanOrEqual(now);
    }
    for (const event of account.events) expect(event.at).toBeLessThanOrEqual(now);
  }
});

test('options out of bounds are refused by name', () => {
  expect(() => worldAt({ days: 401 })).toThrow(/days is 401; it can be 7 to 400/);
  expect(() => worldAt({ subaccounts: 1001 })).toThrow(/subaccounts/);
  expect(() => worldAt({ numbers: -1 })).toThrow(/numbers/);
});
