import { describe, expect, it } from 'vitest';
import { createPanelState } from '../../../src/core/traffic/panelState.ts';
import { pullTraffic } from '../../../src/core/traffic/pull.ts';
import { fakeTwilio, hour, main, message, messages, now, sub } from './fakeTwilio.ts';

const all = { account: undefined, country: undefined } as const;
const early = { to: '+79581110001', body: 'Early wave, code 123456' };
const late = { to: '+79589990001', body: 'Late wave, code 123456' };

async function report() {
  const { twilio } = fakeTwilio({
    [main]: [...messages(40, () => 50, early), message(49, { ...early, to: '+79580000001' })],
    [sub]: messages(30, () => 2, late),
  });
  const sources = [
    { account: main, name: 'Acme' },
    { account: sub, name: 'Production OTP' },
  ];
  return pullTraffic(twilio, sources, { now });
}

describe('what is behind a country', () => {
  it('is of the hours that are shown: ranges, senders and texts', async () => {
    const given = await report();
    const stateOf = createPanelState();
    const day = stateOf(given, all, undefined, undefined).selected;
    expect(day?.ranges.map(({ range, messages }) => [range, messages])).toEqual([['+7958999xxxx', 30]]);
    expect(day?.senders.map(({ name }) => name)).toEqual(['Production OTP']);
    expect(day?.samples.map(({ body }) => body)).toEqual(['Late wave, code XXXXXX']);

    const span = { from: now - 52 * hour, to: now - 47 * hour };
    const brushed = stateOf(given, { ...all, span }, undefined, undefined).selected;
    expect(brushed).toMatchObject({ rangesOf: 'shown', samplesOf: 'shown' });
    expect(brushed?.ranges.map(({ range, messages }) => [range, messages])).toEqual([
      ['+7958111xxxx', 40],
      ['+7958000xxxx', 1],
    ]);
    expect(brushed?.ranges[0]?.share).toBeCloseTo(40 / 41, 9);
    expect(brushed?.senders.map(({ name, messages }) => [name, messages])).toEqual([['Acme', 41]]);
    expect(brushed?.samples.map(({ body }) => body)).toEqual(['Early wave, code XXXXXX']);
  });

  it('compares a range with its share before the hours shown', async () => {
    const given = await report();
    const span = { from: now - 49.5 * hour, to: now - hour };
    const { selected } = createPanelState()(given, { ...all, span }, undefined, undefined);
    const found = selected?.ranges.find(({ range }) => range === '+7958999xxxx');
    expect(found).toMatchObject({ messages: 30, before: 0 });
  });

  it('says that ranges are of the last 24 hours, and texts of none, where rows were counted without them', async () => {
    const given = await report();
    const accounts = given.accounts.map((account) => ({
      ...account,
      table: new Map(
        [...account.table].map(([country, { blockHours: _b, sampleHours: _h, samples: _s, ...series }]) => [
          country,
          series,
        ]),
      ),
    }));
    const span = { from: now - 52 * hour, to: now - 47 * hour };
    const { selected } = createPanelState()({ ...given, accounts }, { ...all, span }, undefined, undefined);
    expect(selected).toMatchObject({ rangesOf: 'last-day', samplesOf: 'unknown', samples: [] });
    expect(selected?.ranges[0]?.range).toBe('+7958999xxxx');
  });
});

describe('the headline', () => {
  it('sums what stands out in the last 24 hours, whatever hours are shown, with cost and onset', async () => {
    const wave = messages(60, () => 2, { to: '+37129990001' });
    const { twilio } = fakeTwilio({ [main]: [...messages(24 * 7, (i) => i), ...wave] });
    const given = await pullTraffic(twilio, [{ account: main, name: 'Acme' }], { now });
    const stateOf = createPanelState();
    const { headline } = stateOf(given, all, undefined, undefined);
    expect(headline).toMatchObject({ countries: 1, excess: 60, costEstimated: false });
    expect(headline?.kind).not.toBe('none');
    expect(headline?.cost[0]?.amount).toBeCloseTo(60 * 0.075, 9);
    expect(now - (headline?.since ?? 0)).toBeLessThan(3 * hour);
    const week = stateOf(given, { ...all, span: 'week' }, undefined, undefined);
    expect(week.headline).toEqual(headline);
  });

  it('says of what began before the last 24 hours that the excess is of these alone', async () => {
    const stateAfter = async (ago: number) => {
      const wave = messages(50 * ago, (i) => i / 50, { to: '+37129990001' });
      const { twilio } = fakeTwilio({ [main]: [...messages(24 * 7, (i) => i), ...wave] }, { pageSize: 1000 });
      const given = await pullTraffic(twilio, [{ account: main, name: 'Acme' }], { now });
      return createPanelState()(given, all, undefined, undefined);
    };
    const young = await stateAfter(10);
    expect(young.headline).toMatchObject({ excess: 500, isOlder: false });
    // The hour it is still on in is not over.
    expect(young.rows[0]?.finding?.to).toBe(young.window?.to);
    const { headline: older } = await stateAfter(60);
    expect(older).toMatchObject({ countries: 1, isOlder: true });
    expect(older?.excess).toBeLessThanOrEqual(50 * 24);
  });

  it('is that nothing stands out where nothing does', async () => {
    const { twilio } = fakeTwilio({ [main]: messages(24 * 7, (i) => i) });
    const given = await pullTraffic(twilio, [{ account: main, name: 'Acme' }], { now });
    const { headline } = createPanelState()(given, all, undefined, undefined);
    expect(headline).toMatchObject({ kind: 'none', countries: 0, excess: 0, cost: [], since: null });
  });
});

describe('where the log begins', () => {
  it('is told of a log that is known to begin late, and its counts are not called too low', async () => {
    const { twilio } = fakeTwilio({ [main]: messages(24 * 7 - 5, (i) => i) });
    const given = await pullTraffic(twilio, [{ account: main, name: 'Acme' }], { now });
    const missingBefore = now - (24 * 7 - 6) * hour;
    const accounts = given.accounts.map((one) => ({ ...one, missing: 'The logs begin late.', missingBefore }));
    const state = createPanelState()({ ...given, accounts }, all, undefined, undefined);
    expect(state).toMatchObject({ begins: missingBefore, gaps: [] });
  });

  it('is said when usual days before are missing, and only then', async () => {
    const begun = async (ago: number) => {
      const { twilio } = fakeTwilio({ [main]: messages(30, (i) => (i / 30) * ago) });
      const given = await pullTraffic(twilio, [{ account: main, name: 'Acme' }], { now });
      return createPanelState()(given, all, undefined, undefined).begins;
    };
    expect(await begun(40)).toBe(now - (29 / 30) * 40 * hour - ((now - (29 / 30) * 40 * hour) % 1000));
    expect(await begun(7 * 24 - 2)).toBeNull();
  });
});

describe('excess', () => {
  it('is the difference of the whole numbers beside it, in rows and of senders', async () => {
    // Days of 3 and 4 messages: the median ends in a half.
    const days = [3, 4, 3, 4, 3, 4].flatMap((count, day) => messages(count, () => 30 + day * 24));
    const { twilio } = fakeTwilio({ [main]: [...days, ...messages(9, () => 2)], [sub]: [] });
    const sources = [
      { account: main, name: 'Acme' },
      { account: sub, name: 'Sub' },
    ];
    const given = await pullTraffic(twilio, sources, { now });
    const { rows, selected } = createPanelState()(given, all, undefined, undefined);
    const [row] = rows;
    expect(Number.isInteger(row?.expected)).toBe(true);
    expect(row?.excess).toBe((row?.observed ?? 0) - (row?.expected ?? 0));
    expect(selected?.senders[0]?.excess).toBe(row?.excess);
  });
});
