import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished } from 'vitest';
import { collectBaseline } from '../../src/core/bulkExport/collectBaseline.ts';
import { baselineDays } from '../../src/core/bulkExport/days.ts';
import { placeOrders, planOrders } from '../../src/core/bulkExport/order.ts';
import { recordedOrders } from '../../src/core/bulkExport/orderRecord.ts';
import { surveyExports } from '../../src/core/bulkExport/survey.ts';
import { heldCaptures } from '../../src/core/evidence/heldCaptures.ts';
import type { Mode } from '../../src/core/model/connection.ts';
import { arrayTraffic } from '../../src/simulator/arrayTraffic.ts';
import { downloadOperation } from '../../src/simulator/server/exportedFiles.ts';
import type { Fault } from '../../src/simulator/server/faults.ts';
import { startSimulator } from '../../src/simulator/server/startSimulator.ts';
import { fakeDelay, fakeJournal, fakeWriter } from '../core/bulkExport/fakes.ts';
import { mainSid, message, noon, sid, smallWorld } from '../simulator/smallWorld.ts';
import { newIncident, reopened, storeIn } from './evidence/captures.ts';
import { freshFolder } from './evidence/journals.ts';
import { connect, demo } from './twilio/loopback.ts';

const folder = freshFolder();
const incident = { from: Date.parse('2026-11-14T00:00:00Z'), to: noon };
const days = baselineDays(incident, noon);
const accounts = [{ account: mainSid, name: 'Northwind' }];
const secret = 'token-of-1';

/** A message an hour for forty days, one with a code and one with the credential in it. */
function busyWorld() {
  const all = Array.from({ length: 40 * 24 }, (_, index) =>
    message(sid('SM', index), noon - index * 3_600_000, {
      body: index % 2 === 0 ? 'Your code is 483920' : `leaked ${secret}`,
    }),
  );
  return smallWorld({ messages: arrayTraffic(all) });
}

async function setUp(mode: Mode = 'containment') {
  const world = busyWorld();
  const simulator = await startSimulator({ world });
  onTestFinished(() => simulator.stop());
  const connection = { ...demo, account: mainSid };
  const { twilio } = connect(simulator.port, { connection, secret, mode: () => mode, clock: { now: world.now } });
  const scope = { accounts, types: ['Messages'] as const, days };
  /** Time passes while somebody waits. */
  const { delay, waits } = fakeDelay(() => world.setNow(world.now() + 5000));
  const target = fakeWriter();
  const collect = (parts: Partial<Parameters<typeof collectBaseline>[0]> = {}) =>
    collectBaseline({
      ...scope,
      twilio,
      files: twilio.files,
      writer: target.writer,
      held: [],
      jobs: [],
      delay,
      ...parts,
    });
  const spoil = (fault: Fault, times?: number) =>
    simulator.faults.add({ fault, operationId: downloadOperation, ...(times !== undefined && { times }) });
  const downloads = () => simulator.log.filter(({ path: one }) => one.startsWith('/exported-files/'));
  return { world, simulator, twilio, scope, collect, spoil, downloads, waits, target };
}

async function orders({ twilio, scope }: Awaited<ReturnType<typeof setUp>>) {
  return planOrders(await surveyExports(twilio, scope, []), () => 'order-1');
}

describe('a baseline', () => {
  it('is ordered, waited for and captured whole', async () => {
    const context = await setUp();
    const { twilio, simulator, world, collect, target, waits } = context;
    const { journal, records } = fakeJournal();
    const planned = await orders(context);
    expect(planned).toMatchObject([{ start: days[0], end: '2026-11-12' }]);
    const outcomes = await placeOrders(planned, { twilio, journal });
    expect(outcomes).toMatchObject([{ result: 'done' }]);
    expect(await collect({ jobs: recordedOrders(records).placed })).toMatchObject({
      days: 28,
      rows: 28 * 24,
      waiting: 0,
      missing: 0,
      failures: [],
    });
    expect(waits.length).toBeGreaterThan(1);
    expect(target.days()).toEqual(days);
    const sids = target.written.flatMap(({ rows }) => rows.map((row) => row['sid']));
    expect(new Set(sids).size).toBe(28 * 24);
    expect(simulator.log.filter(({ mutation }) => mutation).map(({ body }) => body)).toEqual([
      'StartDay=2026-10-17&EndDay=2026-11-12&FriendlyName=Incident%20Investigator%20baseline',
    ]);
    const events = world.mainAccount.events.map(({ type }) => type);
    expect(events.filter((type) => type === 'bulkexports.created')).toHaveLength(1);
    expect(events.filter((type) => type === 'bulkexports.downloaded')).toHaveLength(28);
  });

  it('is not ordered in read-only mode: nothing leaves', async () => {
    const context = await setUp('read-only');
    const { journal } = fakeJournal();
    const outcomes = await placeOrders(await orders(context), { twilio: context.twilio, journal });
    expect(outcomes).toMatchObject([{ result: 'refused', sentence: expect.stringContaining('read-only') }]);
    expect(context.simulator.log.filter(({ mutation }) => mutation)).toEqual([]);
  });

  it('is fetched in read-only mode as far as it is exported already', async () => {
    const { collect, simulator, target } = await setUp('read-only');
    expect(await collect()).toMatchObject({ days: 1, missing: 27, failures: [] });
    expect(target.days()).toEqual(['2026-11-13']);
    expect(simulator.log.filter(({ mutation }) => mutation)).toEqual([]);
  });

  it('lies in the incident without secrets and codes, and is not fetched again', async () => {
    const { collect, downloads } = await setUp();
    const opened = await newIncident(folder.path);
    const writer = await storeIn(folder.path).writer(opened);
    await collect({ writer });
    await writer.close();
    const [held] = heldCaptures(opened.journal.records);
    expect(held?.capture).toMatchObject({
      source: 'messages',
      slices: [
        {
          account: mainSid,
          complete: true,
          window: { from: Date.parse('2026-11-13T00:00:00Z'), to: Date.parse('2026-11-13T23:59:59Z') },
          rows: 24,
          pages: [{ rows: 24, removed: { body: 12 } }],
        },
      ],
    });
    const evidence = path.join(opened.folder, 'evidence');
    const files = (await readdir(evidence)).filter((name) => name.endsWith('.gz'));
    const text = (await Promise.all(files.map((name) => readFile(path.join(evidence, name))))).map(String);
    const plain = await Promise.all(files.map(async (name) => gunzipSync(await readFile(path.join(evidence, name)))));
    const all = [
      ...text,
      ...plain.map(String),
      await readFile(path.join(opened.folder, 'journal.jsonl'), 'utf8'),
    ].join();
    expect(plain.map(String).join()).toContain('Your code is');
    for (const never of [secret, '483920', 'X-Amz', 'exported-files']) expect(all).not.toContain(never);
    const before = downloads().length;
    const again = await reopened(opened);
    expect(await collect({ held: heldCaptures(again.journal.records) })).toMatchObject({ days: 0, missing: 27 });
    expect(downloads()).toHaveLength(before);
    await again.journal.close();
  });
});

describe('a spoilt file', () => {
  const notWhole: readonly Fault[] = [
    { kind: 'dropItem' },
    { kind: 'repeatItem' },
    { kind: 'expiredLink' },
    ...Array.from({ length: 50 }, (_, index): Fault => ({ kind: 'cutBody', at: index * 9 })),
    ...Array.from({ length: 25 }, (_, index): Fault => ({ kind: 'cutGzip', at: index * 18 })),
    ...Array.from({ length: 25 }, (_, index): Fault => ({ kind: 'flipBit', at: 12 + index * 18 })),
  ];

  it('never becomes a slice, and is fetched anew three times', async () => {
    const { collect, spoil, downloads, target } = await setUp();
    for (const fault of notWhole) {
      const off = spoil(fault);
      const before = downloads().length;
      expect(await collect(), JSON.stringify(fault)).toMatchObject({
        days: 0,
        rows: 0,
        failures: [expect.any(String)],
      });
      expect(downloads().length - before, JSON.stringify(fault)).toBe(3);
      off();
    }
    expect(target.written).toEqual([]);
  });

  it('does no harm once', async () => {
    const { collect, spoil } = await setUp();
    spoil({ kind: 'cutBody', at: 50 }, 1);
    expect(await collect()).toMatchObject({ days: 1, rows: 24, failures: [] });
  });

  it('that leads to another place is not followed', async () => {
    const { collect, spoil, downloads, simulator } = await setUp();
    spoil({ kind: 'redirectAgain', to: `${simulator.origin}/elsewhere` });
    expect(await collect()).toMatchObject({ days: 0, failures: [expect.stringContaining('never followed')] });
    expect(downloads()).toHaveLength(1);
    expect(simulator.log.some(({ path: one }) => one.startsWith('/elsewhere'))).toBe(false);
  });
});

describe('the storage of the simulator', () => {
  const ask = (url: string, headers: Record<string, string> = {}) =>
    fetch(url, { headers }).then(({ status }) => status);

  it('takes a link once, for four minutes, and without a credential', async () => {
    const { simulator, world } = await setUp();
    const link = async () => {
      const reply = await fetch(`${simulator.origin}/v1/Exports/Messages/Days/2026-11-13`, {
        redirect: 'manual',
        headers: {
          'X-Original-Host': 'bulkexports.twilio.com',
          Authorization: `Basic ${Buffer.from(`${mainSid}:${secret}`).toString('base64')}`,
        },
      });
      expect(reply.status).toBe(307);
      return reply.headers.get('location') ?? '';
    };
    const first = await link();
    expect([await ask(first), await ask(first)]).toEqual([200, 403]);
    expect(await ask(await link(), { Authorization: 'Basic eDp4' })).toBe(400);
    const late = await link();
    world.setNow(noon + 241_000);
    expect(await ask(late)).toBe(403);
  });
});
