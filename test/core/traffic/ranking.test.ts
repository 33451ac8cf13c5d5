import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../src/core/model/json.ts';
import { createBlocks } from '../../../src/core/traffic/blocks.ts';
import { flagOf, percent, thresholds } from '../../../src/core/traffic/flags.ts';
import { median } from '../../../src/core/traffic/median.ts';
import { pullTraffic } from '../../../src/core/traffic/pull.ts';
import { hourly, rankCountries } from '../../../src/core/traffic/ranking.ts';
import { trafficFacts } from '../../../src/core/traffic/rcaTraffic.ts';
import type { CountryTotals } from '../../../src/core/traffic/totals.ts';
import { fakeTwilio, main, message, messages, now, sub } from './fakeTwilio.ts';
import { none } from './noTraffic.ts';

async function reportOf(rows: readonly JsonObject[], rest: readonly JsonObject[] = []) {
  const { twilio } = fakeTwilio({ [main]: rows, [sub]: rest }, { pageSize: 10_000 });
  const sources = [
    { account: main, name: 'Acme' },
    { account: sub, name: 'OTP' },
  ];
  return pullTraffic(twilio, sources, { now });
}

/** Recipients in one block of 10,000 Russian numbers. */
function pumped(count: number, over: Record<string, unknown> = {}): JsonObject[] {
  return Array.from({ length: count }, (_, i) =>
    message(1 + (i % 3), { to: `+7958111${String(i % 10_000).padStart(4, '0')}`, ...over }),
  );
}

function perDay(counts: readonly number[], to: string): JsonObject[] {
  return counts.flatMap((count, day) => messages(count, (i) => 2 + (6 - day) * 24 + (i % 12), { to }));
}

function totals(observed: number, expected: number, before: number): CountryTotals {
  return {
    country: '001',
    lastDay: none,
    window: none,
    observed,
    expected,
    excess: observed - expected,
    before,
    topBlocks: [],
  };
}

describe('flags', () => {
  it('a country without earlier messages is flagged from 20 in a day', () => {
    expect(thresholds.neverSeen.messagesInLastDay).toBe(20);
    expect(flagOf(totals(19, 0, 0))).toBeUndefined();
    expect(flagOf(totals(20, 0, 0))).toBe('never-seen');
    expect(flagOf(totals(20, 0, 1))).toBeUndefined();
  });

  it('a known country is flagged from 50 in a day and four times the usual', () => {
    expect(flagOf(totals(50, 12.5, 70))).toBe('surging');
    expect(flagOf(totals(49, 1, 6))).toBeUndefined();
    expect(flagOf(totals(399, 100, 600))).toBeUndefined();
    expect(flagOf(totals(400, 100, 600))).toBe('surging');
  });

  it('the usual day is a median, so that one wild day does not hide the next', async () => {
    const report = await reportOf(perDay([10, 10, 500, 10, 10, 10, 60], '+37120000000'));
    const [latvia] = rankCountries(report);
    expect(latvia).toMatchObject({ country: 'LV', observed: 60, expected: 10, excess: 50, flag: 'surging' });
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, 1, 2, 3])).toBe(2.5);
    expect(median([])).toBe(0);
  });
});

describe('sentences', () => {
  it('tells a new country, what was blocked and where it went', async () => {
    const blocked = pumped(380, { status: 'undelivered', error_code: 30450, price: null });
    const [russia] = rankCountries(await reportOf([...pumped(620), ...blocked]));
    expect(russia?.sentence).toBe(
      'Russia: 1,000 messages in the last 24 h; none in the 6 days before. 38 % blocked by SMS Pumping Protection (30450). All in +7958111xxxx.',
    );
  });

  it('names every block that took a share worth naming', async () => {
    const two = [...pumped(50), ...pumped(50).map((row, i) => ({ ...row, sid: `SMb${i}`, to: '+79581180001' }))];
    expect(rankCountries(await reportOf(two))[0]?.sentence).toContain('All in +7958111xxxx and +7958118xxxx.');
    const rest = messages(100, () => 1).map((row, i) => ({ ...row, to: `+79${String(100_000 + i * 997)}0000` }));
    expect(rankCountries(await reportOf([...two, ...rest]))[0]?.sentence).toContain(
      '50 % in +7958111xxxx and +7958118xxxx.',
    );
    expect(rankCountries(await reportOf(rest))[0]?.sentence).not.toContain('xxxx');
  });

  it('tells a surge by how many times', async () => {
    const [latvia] = rankCountries(await reportOf(perDay([14, 14, 14, 14, 14, 14, 610], '+37120000000')));
    expect(latvia?.sentence).toContain('Latvia: 610 messages in the last 24 h; 14 on a usual day (44 times).');
  });

  it('does not claim what was not read', async () => {
    const { twilio } = fakeTwilio({ [main]: [...pumped(40), message(5, { direction: undefined })] });
    const report = await pullTraffic(twilio, [{ account: main, name: 'Acme' }], { now });
    expect(rankCountries(report)[0]?.sentence).toContain('none in the 6 days before in what could be read.');
  });

  it('never rounds something to nothing or nearly all to all', () => {
    expect(percent(1, 1000)).toBe('< 1 %');
    expect(percent(999, 1000)).toBe('> 99 %');
    expect(percent(0, 10)).toBe('0 %');
    expect(percent(10, 10)).toBe('100 %');
    expect(percent(0, 0)).toBe('0 %');
  });
});

describe('ranking', () => {
  const quiet = perDay([90, 90, 90, 90, 90, 90, 90], '+4915112345678');
  const small = perDay([5, 5, 5, 5, 5, 5, 5], '+33612345678');

  it('puts flagged countries first by excess, then the others by volume', async () => {
    const report = await reportOf([...small, ...quiet, ...perDay([9, 9, 9, 9, 9, 9, 70], '+37120000000')], pumped(65));
    expect(rankCountries(report).map(({ country, flag }) => [country, flag])).toEqual([
      ['RU', 'never-seen'],
      ['LV', 'surging'],
      ['DE', undefined],
      ['FR', undefined],
    ]);
  });

  it('adds accounts up, or shows one', async () => {
    const report = await reportOf(quiet, [...small, ...pumped(30)]);
    expect(rankCountries(report, main).map(({ country }) => country)).toEqual(['DE']);
    expect(rankCountries(report, sub).map(({ country }) => country)).toEqual(['RU', 'FR']);
    const more = await reportOf(pumped(15), pumped(15));
    expect(rankCountries(more)[0]).toMatchObject({ observed: 30, flag: 'never-seen' });
    expect(rankCountries(more)[0]?.topBlocks).toEqual([{ block: '+7958111xxxx', messages: 30 }]);
  });

  it('keeps what has no country as a row', async () => {
    const to = ['+88213123456', '32665', 'client:alice', ''];
    const rows = to.map((address) => message(1, { to: address }));
    const names = rankCountries(await reportOf(rows)).map(({ name }) => name);
    expect(names.sort()).toEqual(['International networks', 'Short codes', 'Unknown']);
  });

  it('spreads the usual day over the clock as the days before were', async () => {
    const report = await reportOf(perDay([24, 24, 24, 24, 24, 24, 200], '+37120000000'));
    const { sent, expected } = hourly(report, rankCountries(report)[0]?.country ?? '001');
    const last = expected.slice(-24);
    expect(last.reduce((a, b) => a + b, 0)).toBeCloseTo(24, 6);
    expect(last).toEqual(expected.slice(0, 24));
    expect(Math.max(...last)).toBeCloseTo(2, 6);
    expect(sent.reduce((a, b) => a + b, 0)).toBe(6 * 24 + 200);
  });

  it('gives the RCA the flagged countries and what is missing', async () => {
    const report = await reportOf(quiet, [...pumped(30), message(1, { sid: null })]);
    const { traffic, gaps } = trafficFacts(report);
    expect(gaps).toEqual(['OTP: 1 messages had no SID, date or direction and are not counted.']);
    expect(traffic).toHaveLength(1);
    expect(traffic?.[0]).toMatchObject({
      country: 'RU',
      name: 'Russia',
      observed: 30,
      expected: 0,
      excess: 30,
      blocked: 0,
    });
    expect(traffic?.[0]?.cost).toBeCloseTo(30 * 0.075, 9);
    expect(traffic?.[0]?.firstSeen).toBe(now - 3 * 3_600_000);
  });
});

describe('blocks', () => {
  it('are counted exactly while there is room', () => {
    const blocks = createBlocks(4);
    for (const block of ['a', 'b', 'a', 'c', 'd', 'a']) blocks.add(block);
    expect(Object.fromEntries(blocks.counts())).toEqual({ a: 3, b: 1, c: 1, d: 1 });
  });

  it('keep the big one in bounded memory, at most n / (capacity + 1) too low and never too high', () => {
    const blocks = createBlocks(16);
    const total = 30_000;
    for (let i = 0; i < total; i++) blocks.add(i % 3 === 0 ? 'big' : `small${i}`);
    expect(blocks.counts().size).toBeLessThanOrEqual(16);
    const big = blocks.counts().get('big') ?? 0;
    expect(big).toBeLessThanOrEqual(total / 3);
    expect(big).toBeGreaterThanOrEqual(total / 3 - total / 17);
  });
});
