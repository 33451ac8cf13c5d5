import { expect, test } from 'vitest';
import { onsetOf } from '../../../src/core/rca/timeline.ts';
import { clockHour } from '../../../src/core/traffic/clockHour.ts';
import { createPanelState } from '../../../src/core/traffic/panelState.ts';
import { pullTraffic } from '../../../src/core/traffic/pull.ts';
import { trafficFacts } from '../../../src/core/traffic/rcaTraffic.ts';
import { hours } from '../../../src/core/traffic/window.ts';
import { drawTraffic } from '../../../src/webview/drawTraffic.ts';
import { fakeTwilio, main, message, messages, now, sub } from './fakeTwilio.ts';

const hour = 3_600_000;

async function attacked() {
  const to = (i: number) => `+7958111${String(i).padStart(4, '0')}`;
  const sent = (count: number, from: number, fields = {}) =>
    Array.from({ length: count }, (_, i) => message(1 + (i % 3), { to: to(from + i), status: 'delivered', ...fields }));
  const { twilio } = fakeTwilio(
    { [main]: sent(40, 0), [sub]: [...sent(200, 100), ...sent(30, 400, { status: 'undelivered', error_code: 30450 })] },
    { pageSize: 1000 },
  );
  return pullTraffic(
    twilio,
    [
      { account: main, name: 'Acme' },
      { account: sub, name: 'OTP' },
    ],
    { now },
  );
}

test('a flagged country is told with its senders, ranges, onset and the hours in which Twilio blocked', async () => {
  const report = await attacked();
  const [row, ...more] = trafficFacts(report).traffic ?? [];
  expect(more).toEqual([]);
  expect(row).toMatchObject({ country: 'RU', observed: 270, delivered: 240, blocked: 30 });
  expect(row?.senders?.map(({ name, messages }) => [name, messages])).toEqual([
    ['OTP', 230],
    ['Acme', 40],
  ]);
  expect(row?.ranges).toEqual([{ block: '+7958111xxxx', messages: 270 }]);
  const { since = 0, blocking, firstSeen = 0 } = row ?? {};
  expect(since).toBeLessThanOrEqual(firstSeen);
  expect(firstSeen - since).toBeLessThan(hour);
  expect(blocking && blocking.to - blocking.from).toBe(3 * hour);
  const shown = createPanelState()(report, { account: undefined, country: 'RU' }, undefined, undefined);
  const inPanel = shown.rows.find(({ country }) => country === 'RU');
  expect(inPanel?.since).toBe(row && onsetOf(row));
  expect(inPanel?.since).toBe(firstSeen);
  expect(inPanel?.finding?.from).toBe(firstSeen);
  expect(inPanel?.verdict).toContain(`Since ${clockHour(firstSeen)} UTC: `);
});

test('it is said whether the country is still above what is usual, and when it last was, in whole messages', async () => {
  const wave = (ago: number) => messages(60, (i) => ago + i / 60, { to: '+37129990001' });
  // On a usual day one message or two: a median of one and a half.
  const some = [30, 54, 58, 78, 102, 106, 126, 150, 154].map((ago) => message(ago, { to: '+37129990001' }));
  const everyday = [...some, ...messages(24 * 7, (i) => i)];
  const told = async (ago: number) => {
    const { twilio } = fakeTwilio({ [main]: [...everyday, ...wave(ago)] }, { pageSize: 1000 });
    const report = await pullTraffic(twilio, [{ account: main, name: 'Acme' }], { now });
    return trafficFacts(report).traffic?.[0];
  };
  const on = await told(0);
  expect(on).toMatchObject({ country: 'LV', isOn: true, observed: 60, expected: 2, excess: 58 });
  expect(on?.lastAbove).toBeLessThanOrEqual(now);
  expect(now - (on?.lastAbove ?? 0)).toBeLessThan(hour);
  const over = await told(6);
  expect(over?.isOn).toBeUndefined();
  expect(now - (over?.lastAbove ?? 0)).toBeGreaterThan(4 * hour);
  expect(now - (over?.lastAbove ?? 0)).toBeLessThan(7 * hour);
});

test('the hours of the country that stands out most are a picture of their own; nothing that stands out is none', async () => {
  const drawn = drawTraffic(await attacked());
  expect(drawn?.file).toMatch(/^figures\/rca-traffic-ru-\d{4}-\d\d-\d\d-\d\d-\d\d\.svg$/);
  expect(drawn?.svg.match(/class="hour"/g)).toHaveLength(hours);
  expect(drawn?.svg).toContain('<title>Messages to Russia by hour (UTC)</title>');
  const { twilio } = fakeTwilio({ [main]: [] }, { pageSize: 10 });
  expect(drawTraffic(await pullTraffic(twilio, [{ account: main, name: 'Acme' }], { now }))).toBeUndefined();
});
