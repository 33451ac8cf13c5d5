import { readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { detectedTraffic } from '../../../../src/adapters/evidence/detect/detectedTraffic.ts';
import { createCancellation } from '../../../../src/core/cancellation.ts';
import { Cancelled } from '../../../../src/core/errors.ts';
import type { OpenIncident } from '../../../../src/core/evidence/incidentStore.ts';
import type { JsonObject } from '../../../../src/core/model/json.ts';
import { usualOf } from '../../../../src/core/traffic/detected.ts';
import { rankCountries } from '../../../../src/core/traffic/ranking.ts';
import { workerOf } from '../../../threads/workerOf.ts';
import { account, message, newIncident, storeIn, writeSlice } from '../captures.ts';
import { worker } from '../ingest/logFiles.ts';
import { clock, freshFolder } from '../journals.ts';

const folder = freshFolder();
const detector = workerOf('detect');
const indexes = () => path.join(folder.path, 'indexes');
const hour = 3_600_000;
const end = Date.parse('2026-11-20T12:00:00Z');
const days = 21;

function traffic(opened: OpenIncident, cancel?: Parameters<typeof detectedTraffic>[2]) {
  return detectedTraffic(opened, { folder: indexes(), worker, detector, clock }, cancel);
}

/** Six an hour by day to all of Latvia for three weeks; in the last two hours 240 to made-up numbers in one block. */
function messages(): JsonObject[] {
  const rows: JsonObject[] = [];
  const add = (at: number, to: string, fields: JsonObject = {}) =>
    rows.push(
      message(rows.length, {
        to,
        date_sent: new Date(at).toUTCString(),
        date_updated: new Date(at).toUTCString(),
        ...fields,
      }),
    );
  for (let at = end - days * 24 * hour; at < end; at += hour)
    for (let n = 0; n < (new Date(at).getUTCHours() >= 6 ? 6 : 1); n++)
      add(at + n * 500_000 + (at % 7919), `+3712${String((rows.length * 7_368_787) % 10_000_000).padStart(7, '0')}`);
  for (let n = 0; n < 240; n++)
    add(
      end - 2 * hour + n * 30_000,
      `+3712555${String(3 * n).padStart(4, '0')}`,
      n % 4 === 0 ? { status: 'undelivered', error_code: 30450, price: null } : {},
    );
  return rows;
}

const calls = Array.from(
  { length: 40 },
  (_, n): JsonObject => ({
    sid: `CA${n.toString(16).padStart(32, '0')}`,
    account_sid: account,
    to: `+88213${String(n).padStart(6, '0')}`,
    direction: 'outbound-api',
    status: n % 2 === 0 ? 'completed' : 'busy',
    duration: '61',
    price: '-1.5',
    price_unit: 'USD',
    start_time: new Date(end - (n + 2) * 60_000).toUTCString(),
  }),
);

async function attacked() {
  const opened = await newIncident(folder.path);
  const store = storeIn(folder.path);
  const writer = await store.writer(opened);
  const rows = messages();
  await writeSlice(writer, [rows, rows.slice(0, 50)]);
  await writeSlice(writer, [calls], { source: 'calls' });
  await writer.close();
  return { opened, store, rows };
}

test('an attack is found in the evidence, with what was foretold of it beside what came, in a thread of its own', async () => {
  const { opened } = await attacked();
  const { report } = await traffic(opened);
  const [first, ...more] = report.detected?.findings ?? [];
  expect(more.filter(({ label }) => label === 'fraud')).toEqual([]);
  expect(first).toMatchObject({
    account,
    country: 'LV',
    channel: 'sms',
    label: 'fraud',
    onset: (end - 2 * hour) / 1000,
  });
  expect(first?.observed).toBe(252);
  expect(first?.blocked).toEqual({ pumping30450: 60, fraudGuard60410: 0 });
  expect(first?.patterns).toMatchObject({
    spacing: { machineLike: true },
    runs: { longest: 240 },
    prefix: '37125550',
  });
  const usual = usualOf(report, 'LV');
  expect(usual?.lastDay.expected).toBeGreaterThan(80);
  expect(usual?.lastDay.upper).toBeLessThan(240);
  expect(usual?.before).toBe(rankCountries(report)[0]?.before);
  expect(report.detected?.accounts).toEqual([expect.objectContaining({ account, days: 19 })]);
  expect(rankCountries(report)[0]).toMatchObject({
    country: 'LV',
    label: 'fraud',
    surge: { from: end - 2 * hour, finding: first },
    foretold: { days: 19 },
  });
  expect(rankCountries(report)[0]?.sentence).toMatch(/were to be expected, at most \d+/);
  await opened.journal.close();
});

test('calls stand beside messages as a report of their own; without a week of history medians stand for what is usual', async () => {
  const { opened } = await attacked();
  const { others } = (await traffic(opened)).report;
  expect(others?.verify).toBeUndefined();
  expect(others?.voice?.accounts.map(({ name, messages: counted }) => [name, counted])).toEqual([['Acme', 40]]);
  expect(others?.voice?.detected?.accounts).toEqual([]);
  const voice = others?.voice;
  expect(voice && rankCountries(voice)[0]).toMatchObject({ observed: 40, flag: 'never-seen', label: 'review' });
  expect(voice && rankCountries(voice)[0]?.foretold).toBeUndefined();
  await opened.journal.close();
});

test('what was found is kept until the evidence changes, and found again when the cache is damaged', async () => {
  const { opened, store } = await attacked();
  const first = (await traffic(opened)).report.detected;
  const nowhere = { folder: indexes(), worker, detector: new URL('file:///nowhere.ts'), clock };
  expect((await detectedTraffic(opened, nowhere)).report.detected).toEqual(first);
  const [name = ''] = (await readdir(indexes())).filter((one) => one.includes('detected'));
  await writeFile(path.join(indexes(), name), 'something else');
  await expect(detectedTraffic(opened, nowhere)).rejects.toThrow();
  expect((await traffic(opened)).report.detected).toEqual(first);
  const writer = await store.writer(opened);
  await writeSlice(writer, [calls.slice(0, 1)], { source: 'calls' });
  await writer.close();
  await expect(detectedTraffic(opened, nowhere)).rejects.toThrow();
  await store.remove(opened);
  expect(await readdir(indexes())).toEqual([]);
  await opened.journal.close();
});

test('stops when it is cancelled', async () => {
  const { opened } = await attacked();
  await traffic(opened);
  const { signal, abort } = createCancellation();
  abort();
  await expect(traffic(opened, { cancel: signal })).rejects.toThrow(Cancelled);
  await opened.journal.close();
});
