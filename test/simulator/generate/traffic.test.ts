import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { smsPumping } from '../../../src/simulator/incidents/smsPumping.ts';
import { tollFraud } from '../../../src/simulator/incidents/tollFraud.ts';
import { accountAt, day, hour, now, worldAt } from './worlds.ts';

const incidents = [
  smsPumping({
    account: 1,
    shape: 'burst',
    start: now - 30 * hour,
    end: now - 27 * hour,
    verifyShare: 0.3,
    blockedFrom: now - 28 * hour,
  }),
  tollFraud({ account: 1, start: now - 2 * hour, end: now + hour }),
];
const logs = ['messages', 'calls', 'attempts', 'alerts'] as const;

describe.each(logs)('the %s of an account', (log) => {
  const traffic = accountAt(worldAt({ incidents }), 1)[log];
  const rows = [...traffic.newestFirst(now - 3 * day, now)];

  test('are the same in a world made again, read in another order', () => {
    const again = accountAt(worldAt({ incidents }), 1)[log];
    again.count(0, now);
    const older = [...again.newestFirst(now - 3 * day, now - day)];
    const newer = [...again.newestFirst(now - day + 1, now)];
    expect([...newer, ...older]).toEqual(rows);
    expect(rows.length).toBeGreaterThan(20);
  });

  test('are other ones with another seed', () => {
    const other = [...accountAt(worldAt({ incidents, seed: 12 }), 1)[log].newestFirst(now - 3 * day, now)];
    expect(other.filter(({ sid }) => rows.some((row) => row.sid === sid))).toEqual([]);
  });

  test('are the same rows however the window is split', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 3 * day - 1 }), { maxLength: 4 }), (cuts) => {
        const edges = [-1, ...new Set(cuts.sort((a, b) => a - b)), 3 * day].map((edge) => now - 3 * day + edge);
        const parts = edges.slice(1).map((to, index) => [...traffic.newestFirst((edges[index] ?? 0) + 1, to)]);
        expect(parts.reverse().flat()).toEqual(rows);
      }),
      { numRuns: 15 },
    );
  });

  test('come newest first, ties by SID, each SID once', () => {
    for (const [index, row] of rows.slice(1).entries()) {
      const before = rows[index];
      expect(before && (before.at > row.at || (before.at === row.at && before.sid < row.sid))).toBe(true);
    }
    expect(new Set(rows.map(({ sid }) => sid)).size).toBe(rows.length);
  });

  test('count as many as there are, in whole and in broken hours', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 3 * day }), fc.integer({ min: 0, max: 3 * day }), (a, b) => {
        const [from, to] = [now - Math.max(a, b), now - Math.min(a, b)];
        expect(traffic.count(from, to)).toBe(rows.filter(({ at }) => at >= from && at <= to).length);
      }),
      { numRuns: 25 },
    );
  });

  test('are found by SID, and nothing else is', () => {
    for (const row of rows.filter((_, index) => index % Math.ceil(rows.length / 40) === 0)) {
      expect(traffic.find(row.sid)).toEqual(row);
    }
    expect(traffic.find('SM00000000000000000000000000000000')).toBeUndefined();
    for (const other of logs.filter((name) => name !== log)) {
      const stranger = accountAt(worldAt({ incidents }), 1)
        [other].newestFirst(now - day, now)
        [Symbol.iterator]()
        .next();
      expect(stranger.done ? undefined : traffic.find(stranger.value.sid)).toBeUndefined();
    }
  });

  test('stay within the window, the account’s life and the present', () => {
    const all = [...traffic.newestFirst(0, Number.POSITIVE_INFINITY)];
    expect(all[0]).toEqual(rows[0]);
    expect(all.at(-1)?.at).toBeGreaterThanOrEqual(now - 35 * day);
    expect([...traffic.newestFirst(now + 1, now + day)]).toEqual([]);
    expect(traffic.count(now + 1, now + day)).toBe(0);
  });
});

test('a change to a record stays with it', () => {
  const { messages } = accountAt(worldAt(), 1);
  const [row] = [...messages.newestFirst(now - hour, now)];
  if (row === undefined) throw new Error('no message');
  messages.change(row.sid, { status: 'canceled' });
  messages.change(row.sid, { body: '' });
  const changed = { ...row, status: 'canceled', body: '' };
  expect(messages.find(row.sid)).toEqual(changed);
  expect([...messages.newestFirst(row.at, row.at)]).toContainEqual(changed);
});

test('time brings new rows and takes none away', () => {
  let clock = now;
  const { messages } = accountAt(worldAt({ now: () => clock }), 1);
  const before = [...messages.newestFirst(now - hour, Number.POSITIVE_INFINITY)];
  clock += 2 * hour;
  const after = [...messages.newestFirst(now - hour, Number.POSITIVE_INFINITY)];
  expect(after.length).toBeGreaterThan(before.length);
  expect(after.slice(-before.length)).toEqual(before);
});

test('one more incident renames none of the rows that were there', () => {
  const with1 = accountAt(worldAt({ incidents: [] }), 1);
  const with2 = accountAt(worldAt({ incidents }), 1);
  for (const log of logs) {
    const there = new Set([...with2[log].newestFirst(now - 2 * day, now)].map(({ sid }) => sid));
    const gone = [...with1[log].newestFirst(now - 2 * day, now)].filter(({ sid }) => !there.has(sid));
    expect(gone, log).toEqual([]);
  }
});

test('every failed message has its alert, and the alert names the message', () => {
  const { messages, alerts } = accountAt(worldAt({ incidents }), 1);
  const failed = [...messages.newestFirst(now - 2 * day, now)].filter(({ errorCode }) => errorCode !== undefined);
  const raised = [...alerts.newestFirst(now - 2 * day, now)];
  expect(failed.length).toBeGreaterThan(100);
  for (const { sid, at, errorCode } of failed) {
    expect(raised.filter(({ resourceSid }) => resourceSid === sid)).toMatchObject([
      { at, errorCode, logLevel: 'error' },
    ]);
  }
  expect(raised.some(({ errorCode }) => errorCode === 11200)).toBe(true);
});

test('webhooks that did not answer raise alerts for calls too', () => {
  const { calls, alerts } = accountAt(worldAt({ callsPerDay: 4000 }), 1);
  const raised = [...alerts.newestFirst(now - day, now)].filter(({ resourceSid }) => resourceSid.startsWith('CA'));
  expect(raised.length).toBeGreaterThan(3);
  for (const { resourceSid, errorCode, at } of raised) {
    expect(errorCode).toBe(11200);
    expect(calls.find(resourceSid)).toMatchObject({ at, direction: 'inbound' });
  }
});
