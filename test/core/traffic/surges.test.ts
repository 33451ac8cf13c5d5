import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../src/core/model/json.ts';
import { pullTraffic } from '../../../src/core/traffic/pull.ts';
import { rankCountries } from '../../../src/core/traffic/ranking.ts';
import type { TrafficReport } from '../../../src/core/traffic/report.ts';
import { surgesOf } from '../../../src/core/traffic/surges.ts';
import { createDemoWorld, demoStory } from '../../../src/simulator/demo.ts';
import { generateWorld, type WorldOptions } from '../../../src/simulator/generate/generateWorld.ts';
import { campaignBlast } from '../../../src/simulator/incidents/campaignBlast.ts';
import { countryLaunch } from '../../../src/simulator/incidents/countryLaunch.ts';
import { holiday } from '../../../src/simulator/incidents/holiday.ts';
import { smsPumping } from '../../../src/simulator/incidents/smsPumping.ts';
import { fakeTwilio, hour, main, message, now, sub } from './fakeTwilio.ts';
import { worldReport } from './worldReport.ts';

const account = 1;
const end = now + hour;

function world(seed: number, options: Partial<WorldOptions> = {}): TrafficReport {
  return worldReport(generateWorld({ seed, now: () => now, days: 9, ...options }));
}

function told(report: TrafficReport) {
  return rankCountries(report)
    .filter(({ flag }) => flag)
    .map(({ country, label }) => `${country} ${label}`);
}

/** `count` messages, one after the other from `first` to `last` hours ago. */
function spread(count: number, first: number, last: number, to: (i: number) => string, over = {}): JsonObject[] {
  return Array.from({ length: count }, (_, i) => message(first - ((first - last) * i) / count, { to: to(i), ...over }));
}

async function reportOf(rows: readonly JsonObject[]): Promise<TrafficReport> {
  const { twilio } = fakeTwilio({ [main]: rows }, { pageSize: 10_000 });
  return pullTraffic(twilio, [{ account: main, name: 'Acme' }], { now });
}

const anywhere = (i: number) => `+3712${String((i * 7_368_787) % 10_000_000).padStart(7, '0')}`;
const inOneBlock = (i: number) => `+3712555${String((i * 37) % 10_000).padStart(4, '0')}`;
/** Ten messages a day to all of Latvia. */
const usual = spread(70, 166, 0, anywhere);

describe('what looks like fraud', () => {
  it('is the demo’s attack, on top, with its onset; nothing else stands out', () => {
    const report = worldReport(createDemoWorld({ now: () => now }));
    expect(told(report)).toEqual([`${demoStory.attackCountry} fraud`, `${demoStory.secondCountry} fraud`]);
    const [first] = rankCountries(report);
    const began = now - demoStory.pumpingBegan;
    expect(Math.abs((first?.surge?.from ?? 0) - began)).toBeLessThanOrEqual(hour);
    expect(first?.surge).toMatchObject({ account: demoStory.accounts.productionOtp, label: 'fraud' });
    expect(first?.surge?.atMost).toBeLessThan(5);
    expect(first?.surge?.q).toBeLessThan(0.01);
  });

  it.each([1, 2, 3])('is pumping into few ranges, also slowly and over a day (world %i)', (seed) => {
    for (const shape of ['burst', 'drip'] as const) {
      const incidents = [smsPumping({ account, shape, start: now - 30 * hour, end })];
      expect(told(world(seed, { incidents }))).toEqual([expect.stringMatching(/ fraud$/)]);
    }
  });

  it('is a surge into one block, or one that Twilio blocks; the same one strewn over a country is not', async () => {
    const block = await reportOf([...usual, ...spread(120, 5, 0, inOneBlock)]);
    expect(told(block)).toEqual(['LV fraud']);
    const blocked = { status: 'undelivered', error_code: 30450, price: null };
    const stopped = await reportOf([...usual, ...spread(80, 5, 0, anywhere), ...spread(40, 5, 0, anywhere, blocked)]);
    expect(told(stopped)).toEqual(['LV fraud']);
    expect(told(await reportOf([...usual, ...spread(120, 5, 0, anywhere)]))).toEqual(['LV review']);
  });

  it('is not who asks for a code again and again in a new country', async () => {
    const again = spread(25, 3, 0, () => '+37125550100');
    const rest = spread(700, 166, 0, (i) => `+4915${String((i * 7_368_787) % 1e9).padStart(9, '0')}`);
    expect(told(await reportOf([...rest, ...again]))).toEqual(['LV review']);
  });

  it('in one account is told of the country, whatever another account sends there', async () => {
    const failed = { status: 'undelivered', error_code: 30005 };
    const stale = [...spread(500, 5, 0, anywhere), ...spread(1500, 5, 0, anywhere, failed)];
    const rest = spread(700, 166, 0, (i) => `+4915${String((i * 7_368_787) % 1e9).padStart(9, '0')}`);
    const { twilio } = fakeTwilio(
      { [main]: [...usual, ...spread(120, 5, 0, inOneBlock)], [sub]: [...rest, ...stale] },
      { pageSize: 10_000 },
    );
    const sources = [main, sub].map((sid) => ({ account: sid, name: sid }));
    const report = await pullTraffic(twilio, sources, { now });
    const surges = surgesOf(report).get('LV') ?? [];
    expect(surges.map(({ account: sid, label }) => [sid, label])).toEqual([
      [main, 'fraud'],
      [sub, 'review'],
    ]);
    const [fraud, review] = surges;
    expect(review && fraud && review.decades > fraud.decades).toBe(true);
    expect(told(report)).toEqual(['LV fraud']);
    expect(rankCountries(report, sub)[0]).toMatchObject({ country: 'LV', label: 'review' });
  });

  it('goes before a larger excess that volume alone tells', async () => {
    const campaign = spread(900, 5, 0, (i) => `+4479${String((i * 7_368_787) % 1e8).padStart(8, '0')}`);
    const report = await reportOf([...usual, ...spread(120, 5, 0, inOneBlock), ...campaign]);
    expect(told(report)).toEqual(['LV fraud', 'GB review']);
  });
});

describe('what is no fraud', () => {
  it.each([1, 2, 3, 4])('quiet accounts give no finding (world %i)', (seed) => {
    for (const messagesPerDay of [2500, 20_000]) {
      const report = world(seed, { messagesPerDay });
      expect(told(report)).toEqual([]);
      expect(rankCountries(report).every(({ verdict }) => verdict === '')).toBe(true);
    }
  });

  it.each([1, 2, 3])('a holiday is not told, campaign and launch are for review (world %i)', (seed) => {
    expect(told(world(seed, { lookAlikes: [holiday({ start: now - 12 * hour, end })] }))).toEqual([]);
    const great = holiday({ start: now - 6 * hour, end, factor: [3.5, 4.5] });
    expect(told(world(seed, { messagesPerDay: 20_000, lookAlikes: [great] }))).toEqual([]);
    const campaign = campaignBlast({ account, start: now - 8 * hour, country: 'GB', messages: 2500 });
    expect(told(world(seed, { lookAlikes: [campaign] }))).toEqual(['GB review']);
    const launch = countryLaunch({ account, start: now - 40 * hour, end, country: 'LV', perDay: 200 });
    expect(told(world(seed, { lookAlikes: [launch], withoutCountries: ['LV'] }))).toEqual(['LV review']);
  });

  it('a campaign to old numbers fails often, and is not told as fraud for that', async () => {
    const failed = { status: 'undelivered', error_code: 30005 };
    const rows = [...usual, ...spread(300, 5, 0, anywhere), ...spread(200, 5, 0, anywhere, failed)];
    const [latvia] = rankCountries(await reportOf(rows));
    expect(latvia).toMatchObject({ flag: 'surging', label: 'review' });
    expect(latvia?.verdict).toContain('% failed, normal is');
  });

  it('where the days before could not be read, ranges and volume tell nothing, and Twilio’s blocks still do', async () => {
    const unread = message(1, { direction: undefined });
    const rows = [...usual, unread];
    const block = await reportOf([...rows, ...spread(120, 5, 0, inOneBlock)]);
    expect(told(block)).toEqual(['LV review']);
    const blocked = { status: 'undelivered', error_code: 30450, price: null };
    expect(told(await reportOf([...rows, ...spread(120, 5, 0, inOneBlock, blocked)]))).toEqual(['LV fraud']);
  });
});

describe('a surge', () => {
  it('inside a busy country is told although its day is not four times the usual one', async () => {
    const busy = spread(2800, 166, 0, anywhere);
    const [latvia] = rankCountries(await reportOf([...busy, ...spread(400, 2.5, 0, anywhere)]));
    expect(latvia).toMatchObject({ flag: 'surging', label: 'review' });
    expect(latvia && latvia.observed < 4 * latvia.expected).toBe(true);
  });

  it('of some days is held against the days before it, and its own blocks are no normal', async () => {
    const rest = spread(700, 166, 0, (i) => `+4915${String((i * 7_368_787) % 1e9).padStart(9, '0')}`);
    const report = await reportOf([...rest, ...spread(1600, 80, 0, inOneBlock)]);
    const [surge] = surgesOf(report).get('LV') ?? [];
    expect(surge?.label).toBe('fraud');
    expect(surge?.expected).toBeLessThan(5);
    expect(Math.abs((surge?.from ?? 0) - (now - 80 * hour))).toBeLessThanOrEqual(hour);
    expect(surge?.observed).toBeGreaterThan(1500);
  });

  it('is looked for once in a report', () => {
    const report = world(1);
    expect(surgesOf(report)).toBe(surgesOf(report));
  });

  it('is told in a line: what it is taken for, since when, what was expected, what is not known', async () => {
    const [fraud] = rankCountries(await reportOf([...usual, ...spread(120, 5, 0, inOneBlock)]));
    expect(fraud?.verdict).toMatch(
      /^Since 21 Nov, 04:00 UTC: 12\d messages where [\d.]+ were expected \(at most \d+\)\.$/,
    );
    const [review] = rankCountries(await reportOf([...usual, ...spread(120, 5, 0, anywhere)]));
    expect(review?.verdict).toMatch(
      /^Since .* \(at most \d+\)\. Volume alone: a campaign or a launch looks the same\. /,
    );
    expect(review?.verdict).toMatch(/Not known: which codes were used, who got them before, senders, weeks before\.$/);
  });
});
