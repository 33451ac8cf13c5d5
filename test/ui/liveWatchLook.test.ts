import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { detectedTraffic } from '../../src/adapters/evidence/detect/detectedTraffic.ts';
import { createEvidenceStore } from '../../src/adapters/evidence/evidenceStore.ts';
import { createIncidentStore } from '../../src/adapters/evidence/incidentStore.ts';
import { createCancellation } from '../../src/core/cancellation.ts';
import { Cancelled } from '../../src/core/errors.ts';
import { collectEvidence } from '../../src/core/evidence/collect/collectEvidence.ts';
import { heldCaptures } from '../../src/core/evidence/heldCaptures.ts';
import { heldImports } from '../../src/core/evidence/recordedImports.ts';
import { sources } from '../../src/core/evidence/sources.ts';
import { collectionEntry } from '../../src/core/incidentView/collectionRecord.ts';
import { lastValidation, validationEntry } from '../../src/core/validate/validationRecord.ts';
import { createDemoWorld, demoCredential, demoStory } from '../../src/simulator/demo.ts';
import { startSimulator } from '../../src/simulator/server/startSimulator.ts';
import { lookForNew } from '../../src/ui/liveWatchLook.ts';
import { jsonLines, record, worker } from '../adapters/evidence/ingest/logFiles.ts';
import { freshFolder, memoryAnchors } from '../adapters/evidence/journals.ts';
import { connect, demo } from '../adapters/twilio/loopback.ts';
import { someChecked } from '../core/validate/checkedCases.ts';
import { workerOf } from '../threads/workerOf.ts';

const folder = freshFolder();
const detector = workerOf('detect');
const minute = 60_000;
const began = Date.UTC(2026, 10, 21, 12);
const { main, productionOtp } = demoStory.accounts;

/** The demo incident an hour before its attack, its clock moved by hand; `collect` reads a week of one account’s messages. */
async function watched() {
  const time = { now: began - demoStory.pumpingBegan - 60 * minute };
  const clock = { now: () => time.now };
  const world = createDemoWorld({ now: () => began });
  const simulator = await startSimulator({ world: { ...world, now: clock.now } });
  onTestFinished(() => simulator.stop());
  const { twilio } = connect(simulator.port, {
    connection: { ...demo, account: main },
    secret: demoCredential.authToken,
    mode: () => 'read-only',
    clock,
  });
  const asked: string[] = [];
  const open = {
    connection: { ...demo, account: main },
    twilio: {
      ...twilio,
      page: (...request: Parameters<typeof twilio.page>) => {
        asked.push(request[0].operation);
        return twilio.page(...request);
      },
    },
  };
  const incidents = createIncidentStore({ anchors: memoryAnchors(), clock });
  const opened = await incidents.open(
    await incidents.create(folder.path, {
      id: 'watched',
      title: 'Watched',
      accounts: [{ sid: main, name: 'Northwind' }],
      window: { from: time.now - 7 * 24 * 60 * minute, to: time.now },
      status: 'open',
      created: time.now,
    }),
    { patience: 0 },
  );
  onTestFinished(() => opened.journal.close());
  const store = createEvidenceStore({ clock, indexes: path.join(folder.path, 'indexes') });
  const parts = {
    clock,
    delay: async () => {},
    store: async () => store,
    count: (incident: typeof opened) =>
      detectedTraffic(incident, { folder: path.join(folder.path, 'indexes'), worker, detector, clock }),
  };
  async function collect(): Promise<void> {
    const accounts = [{ sid: productionOtp, name: 'Production OTP' }];
    await opened.journal.append(collectionEntry({ main, accounts, sources: ['messages'], demo: true }));
    const writer = await store.writer(opened);
    await collectEvidence(open.twilio, {
      sources: sources.filter(({ id }) => id === 'messages'),
      accounts: accounts.map(({ sid, name }) => ({ account: sid, name })),
      main,
      window: { from: time.now - 7 * 24 * 60 * minute, to: time.now },
      now: time.now,
      held: [],
      writer,
      clock,
      delay: async () => {},
    });
    await writer.close();
  }
  const { signal, abort } = createCancellation();
  const look = () => lookForNew(opened, open, parts, signal);
  const onsets = () =>
    opened.journal.records.filter(({ type }) => type === 'traffic-onset').map((one) => one['country']);
  /** Imports so many messages of the watched account to one country, one a second. */
  async function importRows(name: string, from: number, count: number): Promise<void> {
    const file = path.join(folder.path, name);
    const at = (n: number) => new Date(from + n * 1000).toUTCString().replace('GMT', '+0000');
    const row = (n: number) =>
      record(n + from, { account_sid: productionOtp, date_created: at(n), date_sent: at(n), date_updated: at(n) });
    await writeFile(file, jsonLines(Array.from({ length: count }, (_, n) => row(n))));
    await store.importLogs(opened, [file], { takeForeign: async () => true });
  }
  const takeOut = () => store.remove(opened, heldImports(opened.journal.records)[0]?.sha256 ?? '');
  return { time, opened, asked, collect, look, abort, onsets, simulator, importRows, takeOut };
}

test('what is new is read with a request or two, and what stands out is recorded and told once, whatever the number of countries', async () => {
  const { time, opened, asked, collect, look, abort, onsets, simulator } = await watched();
  await collect();
  time.now += 120 * minute;
  const first = await look();
  expect(first.rows).toBeGreaterThan(1000);
  expect(first.fresh.map(({ country, account, label }) => [country, account, label])).toEqual([
    [demoStory.attackCountry, productionOtp, 'fraud'],
  ]);
  expect(onsets()).toEqual([demoStory.attackCountry]);
  const cameBySelf = opened.journal.records.findLast(({ type }) => type === 'live-watch');
  const captures = opened.journal.records.filter(({ type }) => type === 'capture').map(({ file }) => file);
  expect(cameBySelf).toMatchObject({ rows: first.rows });
  expect(captures.slice(1)).toEqual(cameBySelf?.['files']);
  expect(Math.abs((first.fresh[0]?.from ?? 0) - (time.now - 60 * minute))).toBeLessThanOrEqual(60 * minute);

  time.now += 5 * minute;
  asked.length = 0;
  const second = await look();
  expect(second.rows).toBeGreaterThan(100);
  expect(second.fresh).toEqual([]);
  expect(asked.length).toBeLessThanOrEqual(4);
  expect(asked.every((operation) => operation.startsWith('list'))).toBe(true);
  expect(onsets()).toHaveLength(1);

  time.now += 10 * minute;
  await simulator.stop();
  await expect(look()).rejects.toThrow(/Twilio/);
  abort();
  await expect(look()).rejects.toThrow(Cancelled);
  expect(onsets()).toHaveLength(1);
});

test('what the evidence held before is told once as that, and makes no verdict out of date', async () => {
  const { time, opened, collect, look, onsets } = await watched();
  time.now += 120 * minute;
  await collect();
  await opened.journal.append(validationEntry(someChecked(), opened.journal.records.at(-1)));
  const outdated = () => lastValidation(opened.journal.records)?.outdated;
  const first = await look();
  expect(first.found).toMatch(/^Live watch: traffic surges to /);
  expect(onsets()).toEqual([demoStory.attackCountry]);
  time.now += 5 * minute;
  const second = await look();
  expect(second.files).toBeGreaterThan(0);
  expect(second.found).toBeUndefined();
  expect(outdated()).toBe(false);
});

test('what came in by hand is judged also where as many captures were taken out meanwhile', async () => {
  const { time, opened, collect, look, onsets, importRows, takeOut } = await watched();
  await collect();
  await importRows('quiet.jsonl', time.now - 60 * minute, 1);
  time.now += 5 * minute;
  await look();
  const before = heldCaptures(opened.journal.records).length;
  expect(onsets()).toEqual([]);
  await takeOut();
  await importRows('surge.jsonl', time.now - 60 * minute, 3000);
  expect(heldCaptures(opened.journal.records)).toHaveLength(before);
  const { found } = await look();
  expect(found).toMatch(/^Live watch: traffic surges to /);
  expect(opened.journal.records.findLast(({ type }) => type === 'traffic-onset')).toMatchObject({ held: true });
});

test('without collected messages there is nothing to go on from, and it asks for nothing', async () => {
  const { asked, look } = await watched();
  await expect(look()).rejects.toThrow('Run “Collect Evidence” first');
  expect(asked).toEqual([]);
});
