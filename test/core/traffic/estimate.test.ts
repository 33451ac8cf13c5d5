import { describe, expect, it } from 'vitest';
import { UserError } from '../../../src/core/errors.ts';
import { prices as priceSource } from '../../../src/core/evidence/sources/prices.ts';
import { parseToView } from '../../../src/core/messages.ts';
import type { JsonObject } from '../../../src/core/model/json.ts';
import type { Page, Twilio } from '../../../src/core/ports.ts';
import type { Channel } from '../../../src/core/traffic/channel.ts';
import { createPanelState } from '../../../src/core/traffic/panelState.ts';
import { minutePrice, pricesFor, segmentPrice } from '../../../src/core/traffic/priceList.ts';
import { pullTraffic } from '../../../src/core/traffic/pull.ts';
import { rankCountries } from '../../../src/core/traffic/ranking.ts';
import { trafficFacts } from '../../../src/core/traffic/rcaTraffic.ts';
import { readReport } from '../../../src/core/traffic/readReport.ts';
import { describe as inWords } from '../../../src/core/twilio/request.ts';
import { proof } from '../fakeTwilio.ts';
import { fakeTwilio, main, messages, now } from './fakeTwilio.ts';

const carrier = (...amounts: readonly string[]): JsonObject => ({
  carrier: 'x',
  prices: amounts.map((current_price, at) => ({ number_type: `kind ${at}`, base_price: '9', current_price })),
});
const russia: JsonObject = {
  iso_country: 'RU',
  price_unit: 'usd',
  outbound_sms_prices: [carrier('0.04', '0.06', '0.05'), carrier('0.07'), carrier('9.00')],
};
const to = '+79581112233';
const own = { account: main, name: 'Acme' };

function withPricing(
  rows: readonly JsonObject[],
  pricing: JsonObject | UserError,
): { twilio: Twilio; asked: string[] } {
  const { twilio } = fakeTwilio({ [main]: rows }, { pageSize: 10_000 });
  const asked: string[] = [];
  return {
    asked,
    twilio: {
      ...twilio,
      async page(request, cancel): Promise<Page> {
        if (request.operation === 'listAccounts') return { status: 200, body: {}, proof, items: [] };
        if (request.operation !== 'fetchMessagingPricing') return twilio.page(request, cancel);
        asked.push(request.path?.['IsoCountry'] ?? '');
        if (pricing instanceof UserError) throw pricing;
        return { status: 200, body: pricing, proof, items: [pricing] };
      },
    },
  };
}

describe('list prices', () => {
  it('a segment costs the median over carriers, each carrier the median over its kinds of sender', () => {
    expect(segmentPrice(russia)).toEqual({ country: 'RU', unit: 'segment', amount: 0.07, currency: 'USD' });
    const even = { ...russia, outbound_sms_prices: [carrier('0.04'), carrier('0.06')] };
    expect(segmentPrice(even)?.amount).toBeCloseTo(0.05, 10);
  });

  it('a minute costs the median over the prefixes of the country', () => {
    const lines = ['0.1', '0.2', '5'].map((current_price) => ({ current_price, destination_prefixes: ['371'] }));
    expect(minutePrice({ iso_country: 'lv', price_unit: 'EUR', outbound_prefix_prices: lines })).toEqual({
      country: 'LV',
      unit: 'minute',
      amount: 0.2,
      currency: 'EUR',
    });
  });

  it.each([
    {},
    { ...russia, price_unit: null },
    { ...russia, outbound_sms_prices: [] },
    { ...russia, iso_country: '<b>' },
  ])('a reply without price, currency or country gives none', (reply) => expect(segmentPrice(reply)).toBeUndefined());

  it('are evidence for the countries that are asked for, and ask for nothing without', () => {
    const scope = { account: main, window: { from: 0, to: 1 } };
    expect(priceSource.requests(scope)).toEqual([]);
    expect(priceSource.requests({ ...scope, countries: ['RU'] }).map(inWords)).toEqual([
      'GET https://pricing.twilio.com/v1/Messaging/Countries/RU',
      'GET https://pricing.twilio.com/v2/Voice/Countries/RU',
    ]);
    expect(priceSource.rows?.(russia)).toEqual([russia]);
  });
});

describe('what has no price yet', () => {
  const open = (count: number, over: JsonObject = {}) =>
    messages(count, () => 2, { to, price: null, num_segments: '2', ...over }).map((row, at) => ({
      ...row,
      sid: `SMopen${at}${JSON.stringify(over).length}`,
    }));

  it('is estimated as segments × list price, marked, and added to what is charged', async () => {
    const { twilio, asked } = withPricing([...open(10), ...messages(1, () => 2, { to, price: '-0.10' })], russia);
    const report = await readReport(twilio, own, { now });
    const [row] = rankCountries(report);
    expect(asked).toEqual(['RU']);
    expect(row?.lastDay.cost).toEqual([{ currency: 'USD', amount: expect.closeTo(10 * 2 * 0.07 + 0.1, 9) }]);
    expect(row?.lastDay).toMatchObject({ costEstimated: true, unpriced: 0 });
    const state = createPanelState()(report, { account: undefined, country: undefined }, undefined, undefined);
    expect(state.rows[0]).toMatchObject({ costEstimated: true, unpriced: 0 });
    expect(parseToView({ type: 'state', body: state })).toBeDefined();
  });

  it('is marked in the RCA as well', async () => {
    const { twilio } = withPricing(open(30), russia);
    const facts = trafficFacts(await readReport(twilio, own, { now }));
    expect(facts.traffic?.[0]).toMatchObject({ currency: 'USD', cost: expect.closeTo(4.2, 9), costEstimated: true });
  });

  it('keeps currencies apart when the list has another one than the messages', async () => {
    const rows = [...open(1), ...messages(1, () => 2, { to, price: '-3', price_unit: 'EUR' })];
    const { twilio } = withPricing(rows, russia);
    const [row] = rankCountries(await readReport(twilio, own, { now }));
    expect(row?.lastDay.cost).toEqual([
      { currency: 'EUR', amount: 3 },
      { currency: 'USD', amount: expect.closeTo(0.14, 9) },
    ]);
  });

  it('is estimated from the same country in the same logs where no list is known', async () => {
    const rated = messages(4, () => 30, { to, price: '-0.30', num_segments: '3' });
    const { twilio } = withPricing([...open(10), ...rated], new UserError('not-permitted', 'No.'));
    const [row] = rankCountries(await readReport(twilio, own, { now }));
    expect(row?.lastDay.cost).toEqual([{ currency: 'USD', amount: expect.closeTo(10 * 2 * 0.1, 9) }]);
    expect(row?.lastDay.costEstimated).toBe(true);
  });

  it('stays unknown without both, and is never 0', async () => {
    const german = messages(4, () => 2, { to: '+4915112345678', price: '-0.30' });
    const { twilio } = fakeTwilio({ [main]: [...open(30), ...german] }, { pageSize: 10_000 });
    const report = await pullTraffic(twilio, [own], { now });
    const row = rankCountries(report).find(({ country }) => country === 'RU');
    expect(row?.lastDay).toMatchObject({ cost: [], costEstimated: false, unpriced: 30 });
    const [fact] = trafficFacts(report).traffic ?? [];
    expect(fact).not.toHaveProperty('cost');
  });

  it('is nothing for messages that were blocked, failed or were cancelled', async () => {
    const rows = [
      ...open(3, { status: 'failed' }),
      ...open(3, { status: 'canceled' }),
      ...open(3, { status: 'undelivered', error_code: 30450 }),
      ...open(3, { status: 'undelivered', error_code: 60410, n: 1 }),
    ];
    const { twilio, asked } = withPricing(rows, russia);
    const [row] = rankCountries(await readReport(twilio, own, { now }));
    expect(asked).toEqual([]);
    expect(row?.lastDay).toMatchObject({ messages: 12, cost: [], costEstimated: false, unpriced: 0 });
  });

  it('is the list price of what the channel is charged by, and none of Verify attempts', () => {
    const list = (['segment', 'minute'] as const).map((unit) => ({ country: 'LV', unit, amount: 1, currency: 'USD' }));
    const unitsOf = (channel?: Channel) => pricesFor(channel, list).map(({ unit }) => unit);
    expect(unitsOf()).toEqual(['segment']);
    expect([unitsOf('sms'), unitsOf('voice'), unitsOf('verify')]).toEqual([['segment'], ['minute'], []]);
  });
});
