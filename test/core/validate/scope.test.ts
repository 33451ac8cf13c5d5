import { describe, expect, test } from 'vitest';
import { partsFrom, partsToJson } from '../../../src/core/validate/scopeRecord.ts';
import { validatedSources } from '../../../src/core/validate/validate.ts';
import { attempt, call, colleagues, day, hour, judge, message, minute, now } from './captured.ts';

/** Ten messages a day for three weeks, priced. */
const usual = Array.from({ length: 210 }, (_, i) => message(now - 21 * day + i * 144 * minute, `+1202555${2000 + i}`));
const toRussia = (i: number) => `+7958111${1000 + i}`;
const quarter = { price: '-0.2500' };

describe('the scope', () => {
  test('holds the messages and attempts of a surge that is fraud, and nothing of the days before', async () => {
    const wave = Array.from({ length: 80 }, (_, i) => [
      message(now - 2 * hour + i * minute, toRussia(i), quarter),
      attempt(now - 2 * hour + i * minute, toRussia(i), false),
    ]).flat();
    const { scope } = await judge([...colleagues(), ...usual, ...wave]);
    const [own] = scope.accounts;
    expect([own?.messages.count, own?.messages.found, own?.attempts.found]).toEqual([290, 80, 80]);
    expect(own?.messages.cost).toBeCloseTo(20);
    expect([own?.messages.estimated, own?.messages.unpriced]).toEqual([false, 0]);
    expect([scope.first, scope.last]).toEqual([now - 2 * hour, now - 2 * hour + 79 * minute]);
  });

  test('estimates what has no price yet by the mean of its country, and never counts what was blocked', async () => {
    const wave = Array.from({ length: 80 }, (_, i) => {
      const row = i < 20 ? quarter : i < 60 ? { price: null } : { price: null, status: 'failed', error_code: 30450 };
      return message(now - 2 * hour + i * minute, toRussia(i), row);
    });
    const { scope } = await judge([...usual, ...wave]);
    const [own] = scope.accounts;
    expect(own?.messages.cost).toBeCloseTo(15);
    expect(own?.messages.estimated).toBe(true);
    const without = wave.map(({ row, ...rest }) => ({ ...rest, row: { ...row, price: null } }));
    const [unpriced] = (await judge([...usual, ...without])).scope.accounts;
    expect([unpriced?.messages.cost, unpriced?.messages.unpriced]).toEqual([0, 60]);
  });

  test('holds the calls and minutes to where toll fraud goes, from its beginning on', async () => {
    const office = Array.from({ length: 100 }, (_, i) =>
      call(now - 20 * day + i * 4 * hour, `+1202555${2000 + i}`, 60),
    );
    const fraud = Array.from({ length: 15 }, (_, i) =>
      call(now - 3 * hour + i * minute, `+8821300${100 + i}`, 90, { price: '-7.00' }),
    );
    const customer = call(now - hour, '+12025550199', 600);
    const { scope } = await judge([...office, ...fraud, customer]);
    expect(scope.accounts[0]?.calls).toMatchObject({ count: 116, found: 15, minutes: 30 });
    expect(scope.accounts[0]?.calls.cost).toBeCloseTo(105);
  });

  test('counts what was sent of suspicious texts, and to how many numbers it came', async () => {
    const body = (i: number) => `Your account was locked. Confirm within 24 hours: https://twillio-support.com/v/${i}`;
    const wave = Array.from({ length: 90 }, (_, i) =>
      message(now - 2 * hour + i * minute, i < 10 ? '+1202555XXXX' : toRussia(i % 40), {
        body: body(i),
        status: i % 3 === 0 ? 'undelivered' : 'delivered',
      }),
    );
    const { scope } = await judge([...usual, ...wave]);
    const got = wave.flatMap(({ row: { to, status } }) =>
      status === 'delivered' && to !== '+1202555XXXX' ? [to] : [],
    );
    expect(scope.phishing).toEqual({ messages: 90, delivered: 60, recipients: 40, reached: new Set(got).size });
    expect((await judge(usual)).scope.phishing).toBeUndefined();
    const record = partsFrom(JSON.parse(JSON.stringify(partsToJson({ scope, addresses: [], cited: [], changed: [] }))));
    expect(record.scope?.phishing).toEqual(scope.phishing);
    const later = await judge([...usual, ...wave], validatedSources, [], now - hour);
    expect(later.scope.phishing?.messages).toBe(30);
  });

  test('is empty, with no window, where nothing was found', async () => {
    const { scope } = await judge(usual);
    expect(scope.accounts.map(({ messages }) => messages.found)).toEqual([0]);
    expect([scope.first, scope.last]).toEqual([undefined, undefined]);
  });
});
