import fc from 'fast-check';
import { expect, test } from 'vitest';
import { accountSid } from '../../../src/core/model/sid.ts';
import { bandOf } from '../../../src/core/traffic/band.ts';
import type { SeriesRows } from '../../../src/core/traffic/detect/rows.ts';
import { comparisonOf, type Detected, historyDays, usualOf } from '../../../src/core/traffic/detected.ts';
import { detectSteps } from '../../../src/core/traffic/detectTraffic.ts';
import { panelRows } from '../../../src/core/traffic/panelRows.ts';
import { spanOf } from '../../../src/core/traffic/panelSpan.ts';
import { createPanelState } from '../../../src/core/traffic/panelState.ts';
import { hourly, rankCountries } from '../../../src/core/traffic/ranking.ts';
import type { TrafficReport } from '../../../src/core/traffic/report.ts';
import { isTrafficState } from '../../../src/core/traffic/stateGuard.ts';
import { surgesOf } from '../../../src/core/traffic/surges.ts';
import { addMessage, type TrafficTable } from '../../../src/core/traffic/table.ts';
import { windowEndingAt } from '../../../src/core/traffic/window.ts';
import { type Message, pumping, seriesOf, start, usual } from './detect/madeUp.ts';

const account = accountSid(`AC${'a'.repeat(32)}`);
const other = accountSid(`AC${'b'.repeat(32)}`);
if (!account || !other) throw new Error('these are SIDs');
const days = 21;
const end = start + days * 86_400 - 1;
const window = windowEndingAt(end * 1000);

const of = (sid: string, country: string, messages: readonly Message[]): SeriesRows => ({
  ...seriesOf(country, messages),
  account: sid,
});

function detect(series: readonly SeriesRows[], leastTurns = 2): Detected {
  const steps = detectSteps(series, window);
  for (let turns = 1; ; turns++) {
    const { done, value } = steps.next();
    if (done) {
      expect(turns).toBeGreaterThanOrEqual(leastTurns);
      return value;
    }
  }
}

/** The report these series belong to. */
function reportOf(series: readonly SeriesRows[], detected = detect(series)): TrafficReport {
  const accounts = [account, other].flatMap((sid) => {
    const table: TrafficTable = new Map();
    let messages = 0;
    if (!sid) return [];
    for (const rows of series.filter((one) => one.account === sid))
      for (let i = 0; i < rows.time.length; i++) {
        const at = (rows.time[i] ?? 0) * 1000;
        const counted = addMessage(table, window, {
          ...{ sid: `${sid} ${rows.country} ${i}`, at, outbound: true, status: 'delivered', errorCode: undefined },
          ...{ to: `+${rows.recipient[i]}`, segments: 1, price: 0.05, currency: 'USD' },
        });
        if (counted) messages++;
      }
    return messages > 0 ? [{ account: sid, name: sid.slice(0, 3), table, messages }] : [];
  });
  return { window, accounts, gaps: [], detected };
}

const calm = of(account, 'DE', usual(1, 8, days));
const attackAt = days * 24 - 3;

test('what is expected, its band and its history come from weeks; a quiet week is inside the band', () => {
  const report = reportOf([calm]);
  const [row] = rankCountries(report);
  const foretold = usualOf(report, 'DE', account);
  expect(report.detected?.accounts).toEqual([{ account, since: start * 1000, days: days - 1 }]);
  expect(row?.expected).toBe(foretold?.lastDay.expected);
  expect(row?.excess).toBeCloseTo((row?.observed ?? 0) - (row?.expected ?? 0), 9);
  expect(row?.expected).toBeGreaterThan(90);
  expect(row?.expected).toBeLessThan(170);
  expect(row?.observed).toBeLessThanOrEqual(row?.foretold?.upper ?? 0);
  expect(row?.observed).toBeGreaterThanOrEqual(row?.foretold?.lower ?? Number.POSITIVE_INFINITY);
  expect(row?.before).toBe(calm.time.length - (row?.observed ?? 0));
  expect(row?.flag).toBeUndefined();
  const table = report.accounts[0]?.table.get('DE');
  const sent = [...(table?.sent ?? [])];
  const { lower, upper, expected, usualFrom } = bandOf(report, 'DE', undefined, table ? [table] : [], sent);
  expect(usualFrom).toBe(0);
  expect(sent.filter((count, at) => count > (upper[at] ?? 0) || count < (lower[at] ?? 0)).length).toBeLessThanOrEqual(
    3,
  );
  expect(expected.slice(-24).reduce((a, b) => a + b, 0)).toBeCloseTo(row?.expected ?? 0, 6);
  expect(historyDays(report)).toBe(days - 1);
});

test('an attack of the last hours is a flag with its figures, and the panel gets them', () => {
  const report = reportOf([of(account, 'DE', [...usual(1, 8, days), ...pumping(attackAt, 300, 3)])]);
  const [row] = panelRows(report, undefined, spanOf(report.window));
  expect(row).toMatchObject({ country: 'DE', label: 'fraud', since: (start + attackAt * 3600) * 1000 });
  expect(row?.finding).toMatchObject({ blocked: 60, prefix: expect.stringMatching(/^\+49151099/) });
  expect(row?.finding?.patterns).toEqual([
    'sent as by a clock, every 36 s',
    expect.stringMatching(/^9\d % in \+4915109990xxx$/),
    expect.stringMatching(/^9\d % in \+491510999xxxx$/),
  ]);
  expect(row?.finding?.conversion.normal).toBeGreaterThan(0.6);
  expect(row?.finding?.conversion.part).toBeLessThan(0.2 * (row?.finding?.conversion.whole ?? 0));
  expect(row?.finding?.q).toBeLessThan(0.01);
  expect(row?.finding?.upper).toBeLessThan(row?.finding?.observed ?? 0);
  expect(row?.expected).toBeLessThan(170);
  // What counts alone would tell of the same account is not told beside it.
  expect(surgesOf(report).get('DE')).toHaveLength(1);
  const state = createPanelState()(report, { account: undefined, country: undefined }, undefined, undefined);
  expect(isTrafficState(JSON.parse(JSON.stringify(state)))).toBe(true);
  expect(state.comparison).toBe(`Compared with what ${days - 1} days of history foretell.`);
});

test.each([
  { what: 'is over where it ended half a day ago', ago: 20, lull: false, hoursOn: 3, over: true },
  {
    what: 'is on where it paused a few hours ago on a day above what is usual',
    ago: 8,
    lull: false,
    hoursOn: 3,
    over: false,
  },
  {
    what: 'is over where it ended some hours ago on a day below what is usual',
    ago: 8,
    lull: true,
    hoursOn: 3,
    over: true,
  },
  {
    what: 'is on in its last hour, though the day is below what is usual',
    ago: 1,
    lull: true,
    hoursOn: 1,
    over: false,
  },
])('a surge $what', ({ ago, lull, hoursOn, over }) => {
  const began = days * 24 - ago;
  const customers = usual(1, 20, days).filter(({ time }) => !lull || time < start + (days - 1) * 86_400);
  const report = reportOf([of(account, 'DE', [...customers, ...pumping(began, 150, hoursOn)])]);
  const state = createPanelState()(report, { account: undefined, country: undefined }, undefined, undefined);
  const [row] = state.rows;
  expect(row).toMatchObject({ country: 'DE', flag: 'surging', label: 'fraud' });
  const ended = (start + (began + hoursOn) * 3600) * 1000;
  expect(row?.until).toBe(over ? ended : null);
  expect(state.headline).toMatchObject({ kind: 'fraud', since: row?.since, until: row?.until });
  // What is over is told by the hours it was on, of which a quiet day says nothing.
  expect(state.headline?.excess).toBeGreaterThan(over || !lull ? 80 : -1);
  expect(row?.verdict).toMatch(over ? /^From .*, .* to .* UTC: .* No more than usual since\./ : /^Since .* UTC: /);
  expect(isTrafficState(JSON.parse(JSON.stringify(state)))).toBe(true);
});

test('a surge that the country’s volume hides is on as long as its blocks are sent to', () => {
  for (const [perHour, hoursOn] of [
    [5, 30],
    [8, 60],
    [12, 30],
  ] as const) {
    const began = days * 24 - hoursOn;
    const report = reportOf([
      of(account, 'DE', [...usual(3, 100, days), ...pumping(began, perHour * hoursOn, hoursOn)]),
    ]);
    const [row] = panelRows(report, undefined, spanOf(report.window));
    expect(row).toMatchObject({ flag: 'surging', label: 'fraud', until: null });
  }
});

test('an account that is known for less than a week is left to medians, which are added to what is foretold of the others', () => {
  const late = of(
    other,
    'DE',
    usual(2, 8, days).filter(({ time }) => time >= start + 15 * 86_400),
  );
  const report = reportOf([calm, late]);
  expect(report.detected?.accounts.map((one) => one.account)).toEqual([account]);
  expect(usualOf(report, 'DE', account)).toBeDefined();
  expect(usualOf(report, 'DE', other)).toBeUndefined();
  const [all] = rankCountries(report);
  const [old] = rankCountries(report, account);
  const [young] = rankCountries(report, other);
  expect(young?.foretold).toBeUndefined();
  expect(all?.expected).toBeCloseTo((old?.expected ?? 0) + (young?.expected ?? 0), 6);
  expect(all?.before).toBe((old?.before ?? 0) + (young?.before ?? 0));
  expect(all?.foretold?.upper).toBeGreaterThan((old?.foretold?.upper ?? 0) + (young?.expected ?? 0));
  const both = hourly(report, 'DE');
  const alone = hourly(report, 'DE', account);
  expect(both.upper.every((upper, at) => upper > (alone.upper[at] ?? 0))).toBe(true);
  expect(both.expected.slice(-24).reduce((a, b) => a + b, 0)).toBeCloseTo(all?.expected ?? 0, 6);
  expect(comparisonOf(report)).toBe(
    `Compared with what ${days - 1} days of history foretell. One account has less than 7 days of it and is compared with the median of the 6 days before.`,
  );
  expect(comparisonOf(report, other)).toMatch(/^Not enough history/);
  expect(comparisonOf(report, account)).toMatch(/^Compared with what/);
});

test('accounts that are known add up', () => {
  const report = reportOf([calm, of(other, 'DE', usual(2, 8, days))]);
  const [all, one, two] = [undefined, account, other].map((sid) => usualOf(report, 'DE', sid ?? undefined));
  expect(all?.lastDay.expected).toBeCloseTo((one?.lastDay.expected ?? 0) + (two?.lastDay.expected ?? 0), 6);
  expect(all?.before).toBe((one?.before ?? 0) + (two?.before ?? 0));
  expect(all?.lastDay.upper).toBeLessThan((one?.lastDay.upper ?? 0) + (two?.lastDay.upper ?? 0));
});

test('a log that begins in the middle of a day begins with the next; nothing is usual before it', () => {
  const since = start + 9 * 86_400 + 15 * 3600;
  const report = reportOf([
    of(
      account,
      'DE',
      usual(1, 8, days).filter(({ time }) => time >= since),
    ),
  ]);
  expect(report.detected?.accounts[0]).toMatchObject({ since: (start + 10 * 86_400) * 1000, days: 10 });
  const young = of(
    account,
    'DE',
    usual(1, 8, days).filter(({ time }) => time >= start + 12.4 * 86_400),
  );
  const detected = detect([young]);
  const found = detected.usual.find((one) => one.account === account);
  // Two days must be known before anything is foretold, and the window began a day and a half before the third.
  expect(found?.first).toBe(24);
  expect(found?.upper.slice(0, 24).every((value) => value === 0)).toBe(true);
  expect(found?.upper[30]).toBeGreaterThan(0);
});

test('a single message with a wrong date does not make months without traffic, and old ones count as before', () => {
  const stray = of(account, 'DE', [{ time: start - 500 * 86_400, recipient: 1 }, ...usual(1, 8, days)]);
  const quiet = detect([calm]).findings.map(({ country, label, onset }) => [country, label, onset]);
  const detected = detect([stray]);
  expect(detected.accounts).toEqual([{ account, since: start * 1000, days: days - 1 }]);
  expect(detected.findings.map(({ country, label, onset }) => [country, label, onset])).toEqual(quiet);
  const [all] = detected.usual;
  expect(all?.before).toBe((detect([calm]).usual[0]?.before ?? 0) + 1);
  const long = of(
    account,
    'DE',
    usual(1, 1, 1).flatMap((one) => Array.from({ length: 200 }, (_, i) => ({ ...one, time: end - 3600 - i * 86_400 }))),
  );
  expect(detect([long]).accounts[0]?.days).toBeLessThanOrEqual(126);
});

test('a country nobody ever wrote to is new, one of three weeks ago is not', () => {
  const burst = Array.from({ length: 60 }, (_, i) => ({ time: end - 7200 + i * 60, recipient: 371_255_501_000 + i }));
  const early = Array.from({ length: 30 }, (_, i) => ({
    time: start + 3600 * (30 + i),
    recipient: 371_212_000_000 + 7919 * i,
  }));
  const fresh = reportOf([calm, of(account, 'LV', burst)]);
  const known = reportOf([calm, of(account, 'LV', [...early, ...burst])]);
  expect(rankCountries(fresh).find(({ country }) => country === 'LV')).toMatchObject({ flag: 'never-seen', before: 0 });
  expect(rankCountries(fresh).find(({ country }) => country === 'LV')?.sentence).toContain(
    `none in the ${days - 1} days before`,
  );
  expect(rankCountries(known).find(({ country }) => country === 'LV')).toMatchObject({ flag: 'surging', before: 30 });
});

test('whatever is in the log, every figure the panel gets is a number', () => {
  const burst = fc.record({
    country: fc.constantFrom('DE', 'LV', 'unknown', 'short-code'),
    sid: fc.constantFrom(account, other),
    from: fc.integer({ min: 0, max: days * 86_400 - 1 }),
    step: fc.constantFrom(0, 1, 60, 3600, 40_000),
    count: fc.integer({ min: 1, max: 400 }),
    recipient: fc.constantFrom(0, 371_255_500_000, 49_151),
    conversion: fc.constantFrom(0, 1, 2),
    outcome: fc.constantFrom(0, 1, 2, 3, 4),
    price: fc.constantFrom(0, 5, Number.NaN),
  });
  fc.assert(
    fc.property(fc.array(burst, { minLength: 1, maxLength: 12 }), (bursts) => {
      const series = [account, other].flatMap((sid) =>
        ['DE', 'LV', 'unknown', 'short-code'].flatMap((country) => {
          const own = bursts.filter((one) => one.sid === sid && one.country === country);
          const messages = own.flatMap(({ from, step, count, recipient, ...rest }) =>
            Array.from({ length: count }, (_, i) => ({
              ...rest,
              time: Math.min(end, start + from + i * step),
              recipient: recipient === 0 ? 0 : recipient + i,
            })),
          );
          return messages.length > 0 ? [of(sid, country, messages)] : [];
        }),
      );
      const report = reportOf(series, detect(series, 1));
      for (const chosen of [undefined, account, other]) {
        const state = createPanelState()(report, { account: chosen, country: undefined }, undefined, undefined);
        expect(isTrafficState(JSON.parse(JSON.stringify(state)))).toBe(true);
      }
    }),
    { numRuns: 25 },
  );
});
