import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { describe, expect, test } from 'vitest';
import type { GeneratedWorld } from '../../../src/simulator/generate/buildWorld.ts';
import { accountTakeover } from '../../../src/simulator/incidents/accountTakeover.ts';
import { campaignBlast } from '../../../src/simulator/incidents/campaignBlast.ts';
import { countryLaunch } from '../../../src/simulator/incidents/countryLaunch.ts';
import { holiday } from '../../../src/simulator/incidents/holiday.ts';
import type { Incident, IncidentLabel } from '../../../src/simulator/incidents/incident.ts';
import type { PumpingShape } from '../../../src/simulator/incidents/pumpingTargets.ts';
import { smishing } from '../../../src/simulator/incidents/smishing.ts';
import { smsPumping } from '../../../src/simulator/incidents/smsPumping.ts';
import { tollFraud } from '../../../src/simulator/incidents/tollFraud.ts';
import type { Traffic } from '../../../src/simulator/world.ts';
import { accountAt, day, hour, now, worldAt } from '../generate/worlds.ts';

const quiet = worldAt({ countries: 50 });
const withIncidents = (...incidents: readonly Incident[]) => worldAt({ countries: 50, incidents });

/** What an incident added to account 1: the rows a world without it does not have. */
const added = {
  messages: (world: GeneratedWorld) => news(accountAt(quiet, 1).messages, accountAt(world, 1).messages),
  calls: (world: GeneratedWorld) => news(accountAt(quiet, 1).calls, accountAt(world, 1).calls),
  attempts: (world: GeneratedWorld) => news(accountAt(quiet, 1).attempts, accountAt(world, 1).attempts),
};

function news<Row extends { sid: string; at: number }>(before: Traffic<Row>, after: Traffic<Row>): Row[] {
  const known = new Set(Array.from(before.newestFirst(now - 4 * day, now), ({ sid }) => sid));
  return [...after.newestFirst(now - 4 * day, now)].filter(({ sid }) => !known.has(sid));
}

const countryOf = (number: string) => parsePhoneNumberFromString(number)?.country ?? '001';

/** The labels that every row falls under, and the rows that none does. */
function recount(labels: readonly IncidentLabel[], rows: readonly { at: number; to: string }[]) {
  const fits = (label: IncidentLabel, { at, to }: { at: number; to: string }) =>
    at >= label.start &&
    at <= label.end &&
    countryOf(to) === label.country &&
    (label.ranges.length === 0 || label.ranges.some((range) => to.startsWith(range)));
  return {
    perLabel: labels.map((label) => rows.filter((row) => fits(label, row)).length),
    strays: rows.filter((row) => !labels.some((label) => fits(label, row))),
  };
}

const shapes: readonly PumpingShape[] = ['burst', 'drip', 'many-countries', 'new-country', 'busy-country'];

describe.each(shapes)('SMS pumping as %s', (shape) => {
  const start = now - 30 * hour;
  const end = now - (shape === 'drip' ? 2 : 26) * hour;
  const world = withIncidents(smsPumping({ account: 1, shape, start, end, verifyShare: 0.4 }));
  const market = new Set([...accountAt(quiet, 1).messages.newestFirst(0, now)].map(({ to }) => countryOf(to)));

  test('is labelled with the account, countries, hours and ranges its rows have', () => {
    for (const log of ['messages', 'attempts'] as const) {
      const { perLabel, strays } = recount(world.labels, added[log](world));
      expect(strays).toEqual([]);
      expect(Math.min(...perLabel)).toBeGreaterThan(log === 'messages' ? 100 : 30);
    }
    for (const label of world.labels) {
      expect(label).toMatchObject({ type: 'sms-pumping', innocent: false, account: accountAt(world, 1).sid });
      expect(label.ranges).toHaveLength(2);
    }
  });

  test('goes to countries that fit the shape', () => {
    const targets = world.labels.map(({ country }) => country ?? '');
    expect(targets.length).toBe(shape === 'many-countries' ? new Set(targets).size : 1);
    if (shape === 'many-countries') expect(targets.length).toBeGreaterThanOrEqual(6);
    if (shape === 'new-country') expect(market.has(targets[0] as 'US')).toBe(false);
    if (shape === 'busy-country') expect(market.has(targets[0] as 'US')).toBe(true);
  });

  test('has hardly any password typed in', () => {
    const attempts = added.attempts(world);
    expect(attempts.filter(({ converted }) => converted).length / attempts.length).toBeLessThan(0.08);
  });
});

describe('SMS pumping', () => {
  const start = now - 6 * hour;
  const blockedFrom = now - 3 * hour;
  const end = now - hour;
  const attack = (more: object) => smsPumping({ account: 1, shape: 'burst', start, end, ...more });
  const rowsOf = (more: object) => added.messages(withIncidents(attack(more))).reverse();

  test('takes sequential numbers one after the other', () => {
    const tails = rowsOf({ recipients: 'sequential', blockCount: 1 }).map(({ to }) => Number(to.slice(-4)));
    const steps = tails.slice(1).map((tail, index) => (tail - (tails[index] ?? 0) + 10_000) % 10_000);
    // Two in the same second may come in either order.
    expect(steps.filter((step) => step === 1).length / steps.length).toBeGreaterThan(0.85);
    expect(new Set(tails.slice(0, 5000)).size).toBe(Math.min(5000, tails.length));
  });

  test('takes random numbers of a block, or of the whole country', () => {
    const blocks = (more: object) => new Set(rowsOf(more).map(({ to }) => to.slice(0, -4))).size;
    expect(blocks({ recipients: 'block', blockCount: 3 })).toBe(3);
    expect(blocks({ recipients: 'spread' })).toBeGreaterThan(500);
  });

  test('is not blocked before the time told, then for a quarter to half an hour per range, again and again', () => {
    const rows = rowsOf({ recipients: 'block', blockCount: 1, blockedFrom });
    const blocked = rows.filter(({ errorCode }) => errorCode === 30450);
    expect(blocked.filter(({ at }) => at < blockedFrom)).toEqual([]);
    for (const row of blocked) expect(row).toMatchObject({ status: 'failed', sent: undefined, price: undefined });
    const after = rows.filter(({ at }) => at >= blockedFrom);
    const spells: number[][] = [];
    for (const [index, row] of after.entries()) {
      if (row.errorCode !== 30450) continue;
      if (after[index - 1]?.errorCode === 30450) spells.at(-1)?.push(row.at);
      else spells.push([row.at]);
    }
    expect(spells.length).toBeGreaterThan(3);
    for (const spell of spells.slice(0, -1)) {
      const minutes = ((spell.at(-1) ?? 0) - (spell[0] ?? 0)) / 60_000;
      expect(minutes).toBeGreaterThan(13);
      expect(minutes).toBeLessThanOrEqual(30);
    }
    expect(blocked.length).toBeLessThan(after.length);
  });

  test('is answered by Fraud Guard on Verify once blocking begins', () => {
    const attempts = added.attempts(withIncidents(attack({ verifyShare: 0.5, blockedFrom })));
    for (const { at, errorCode } of attempts) expect(errorCode === 60410).toBe(at >= blockedFrom);
  });
});

describe('toll fraud', () => {
  const start = now - 5 * hour;
  const world = withIncidents(tollFraud({ account: 1, start, end: now - 2 * hour }));
  const calls = added.calls(world);

  test('is labelled with the destinations its calls have', () => {
    const { perLabel, strays } = recount(
      world.labels,
      calls.map((call) => ({ ...call, to: call.to })),
    );
    expect(strays).toEqual([]);
    expect(Math.min(...perLabel)).toBeGreaterThan(60);
    expect(world.labels.map(({ country, ranges }) => [country, ...ranges])).toContainEqual(['001', '+88213']);
  });

  test('keeps many costly lines open at once, some for over an hour', () => {
    const middle = now - 3 * hour;
    const open = calls.filter(({ at, duration }) => at <= middle && at + duration * 1000 > middle);
    expect(open.length).toBeGreaterThan(50);
    expect(calls.some(({ duration }) => duration > 3600)).toBe(true);
    expect(-calls.reduce((sum, { price = 0 }) => sum + price, 0)).toBeGreaterThan(10_000);
  });

  test('raises warnings for what geo-permissions refused', () => {
    const alerts = [...accountAt(world, 1).alerts.newestFirst(start, now)];
    const refused = alerts.filter(({ errorCode }) => errorCode === 13227);
    expect(refused.length).toBeGreaterThan(15);
    for (const { logLevel } of refused) expect(logLevel).toBe('warning');
  });

  test('of the short style is thousands of calls of seconds', () => {
    const short = added.calls(withIncidents(tollFraud({ account: 1, start, end: now - 2 * hour, style: 'short' })));
    expect(short.length).toBeGreaterThan(5000);
    expect(Math.max(...short.map(({ duration }) => duration))).toBeLessThan(15);
  });
});

test('an account takeover leaves its events and the state they speak of', () => {
  const start = now - 2 * hour;
  const user = { sid: 'US5d2c1f5e9a7c4b1f8e6d3a2b1c0d9e8f', name: 'dana@example.com' };
  const url = 'https://elsewhere.example/twiml';
  const takeover = accountTakeover({
    account: 1,
    start,
    user,
    openedCountries: ['MV'],
    webhook: { account: 1, number: 2, url },
    exportData: true,
  });
  const world = withIncidents(takeover);
  const before = accountAt(quiet, 1);
  const account = accountAt(world, 1);
  const foreign = account.events.filter(({ ip }) => ip === '203.0.113.42');
  expect(foreign.map(({ type }) => type)).toEqual([
    'user-session.created',
    'account-api-keys.created',
    'sms-geographic-permissions.updated',
    'bulkexports.downloaded',
    'phone-number.updated',
  ]);
  expect(foreign.map(({ source }) => source)).toEqual(['web', 'api', 'api', 'api', 'api']);
  const key = account.keys.find(({ friendlyName }) => friendlyName === 'new_evil_key_01');
  expect(foreign[1]).toMatchObject({ resourceSid: key?.sid, at: key?.created });
  expect(account.keys.length).toBe(before.keys.length + 1);
  expect([before.smsGeo.get('MV'), account.smsGeo.get('MV')]).toEqual([false, true]);
  expect(account.numbers[2]?.voiceUrl).toBe(url);
  expect(foreign[4]?.changes).toEqual({ voice_url: { previous: before.numbers[2]?.voiceUrl, updated: url } });
  expect(world.labels).toMatchObject([
    { type: 'account-takeover', start, end: foreign.at(-1)?.at, account: account.sid },
  ]);
});

test('steps of a takeover that lie ahead have not happened', () => {
  const account = accountAt(withIncidents(accountTakeover({ account: 1, start: now + hour })), 1);
  expect(account.keys).toEqual(accountAt(quiet, 1).keys);
  expect(account.events).toEqual(accountAt(quiet, 1).events);
});

test('smishing is labelled as its rows are, filtered by carriers and answered with STOP', () => {
  const world = withIncidents(smishing({ account: 1, start: now - 5 * hour, end: now - 2 * hour }));
  const rows = added.messages(world);
  const out = rows.filter(({ direction }) => direction === 'outbound-api');
  const stops = rows.filter(({ direction }) => direction === 'inbound');
  expect(recount(world.labels, out).strays).toEqual([]);
  expect(out.length).toBeGreaterThan(1500);
  expect(out.every(({ body }) => body.includes('https://twillio-support.com/'))).toBe(true);
  expect(out.filter(({ errorCode }) => errorCode === 30007).length / out.length).toBeGreaterThan(0.1);
  const victims = new Set(out.map(({ to }) => to));
  expect(stops.length / out.length).toBeGreaterThan(0.02);
  expect(stops.filter(({ from }) => victims.has(from)).length / stops.length).toBeGreaterThan(0.02);
  for (const { body } of stops) expect(body).toMatch(/stop/i);
});

describe('what only looks like an incident', () => {
  test('a campaign goes to known customers all over the country, from the brand’s name', () => {
    const world = withIncidents(campaignBlast({ account: 1, start: now - 8 * hour, country: 'GB', messages: 2000 }));
    const rows = added.messages(world);
    expect(recount(world.labels, rows).strays).toEqual([]);
    expect(world.labels).toMatchObject([{ type: 'campaign-blast', innocent: true, country: 'GB' }]);
    expect(rows.length / 2000).toBeGreaterThan(0.8);
    expect(rows.length / 2000).toBeLessThan(1.2);
    expect(new Set(rows.map(({ from }) => from))).toEqual(new Set(['ContosoDire']));
    const blocks = new Map<string, number>();
    for (const { to } of rows) blocks.set(to.slice(0, -4), (blocks.get(to.slice(0, -4)) ?? 0) + 1);
    const largest = Math.max(...blocks.values());
    expect(largest / rows.length).toBeLessThan(0.02);
    expect(rows.filter(({ status }) => status === 'delivered').length / rows.length).toBeGreaterThan(0.95);
  });

  test('a launch reaches a new country whose people type their passwords in and sleep at night', () => {
    const launch = countryLaunch({ account: 1, start: now - 3 * day, end: now + day, country: 'KE', perDay: 1200 });
    const world = worldAt({ countries: 20, lookAlikes: [launch] });
    const rows = [...accountAt(world, 1).messages.newestFirst(now - 4 * day, now)].filter(
      ({ to }) => countryOf(to) === 'KE',
    );
    expect(recount(world.labels, rows).strays).toEqual([]);
    expect(rows.length).toBeGreaterThan(1500);
    const night = rows.filter(({ at }) => [1, 2, 3, 4].includes((Math.floor(at / hour) + 3) % 24));
    expect(night.length / rows.length).toBeLessThan(0.08);
    const attempts = [...accountAt(world, 1).attempts.newestFirst(now - 3 * day, now)].filter(
      ({ country }) => country === 'KE',
    );
    expect(attempts.filter(({ converted }) => converted).length / attempts.length).toBeGreaterThan(0.55);
  });

  test('a holiday raises every account and country for its hours only', () => {
    const festive = withIncidents(holiday({ start: now - 2 * day, end: now - day }));
    const count = (world: GeneratedWorld, position: number, from: number, to: number) =>
      accountAt(world, position).messages.count(from, to);
    for (const position of [0, 1, 2]) {
      const ratio =
        count(festive, position, now - 2 * day, now - day) / count(quiet, position, now - 2 * day, now - day);
      expect(ratio).toBeGreaterThan(1.5);
      expect(ratio).toBeLessThan(3.1);
      const [before, after] = [now - 4 * day, now - 2 * day - hour];
      expect(count(festive, position, before, after)).toBe(count(quiet, position, before, after));
    }
    expect(festive.labels.every(({ type, innocent }) => type === 'holiday' && innocent)).toBe(true);
  });
});
