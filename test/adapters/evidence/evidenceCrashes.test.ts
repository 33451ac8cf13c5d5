import { existsSync } from 'node:fs';
import { cp, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { checkCapture } from '../../../src/adapters/evidence/captureReader.ts';
import { createCaptureWriter } from '../../../src/adapters/evidence/captureWriter.ts';
import { createIncidentStore } from '../../../src/adapters/evidence/incidentStore.ts';
import { openJournal } from '../../../src/adapters/evidence/journal.ts';
import { collectEvidence } from '../../../src/core/evidence/collect/collectEvidence.ts';
import { coverageOf } from '../../../src/core/evidence/coverage.ts';
import { heldCaptures } from '../../../src/core/evidence/heldCaptures.ts';
import { importOf } from '../../../src/core/evidence/importRecord.ts';
import type { OpenIncident } from '../../../src/core/evidence/incidentStore.ts';
import { latestRows } from '../../../src/core/evidence/latestRows.ts';
import { events } from '../../../src/core/evidence/sources/events.ts';
import { messages } from '../../../src/core/evidence/sources/messages.ts';
import { type JsonObject, textOf } from '../../../src/core/model/json.ts';
import type { Window } from '../../../src/core/traffic/window.ts';
import { now as begun, hour, main, row, server } from '../../core/evidence/collect/fakes.ts';
import { all, captures, storeIn } from './captures.ts';
import { type CrashingFs, type CrashWhen, crashingFs } from './crashingFs.ts';
import { freshFolder, memoryAnchors } from './journals.ts';

// What a crash at any call of the file system leaves of evidence that was there, and of what was being added to it.
const folder = freshFolder();
const first = begun - (begun % 1000);
const window: Window = { from: first - 10 * hour, to: first };
const later = first + 3 * hour;
const longer: Window = { from: window.from, to: later };
const ends: readonly (readonly [CrashWhen, 'killed' | 'power cut'])[] = [
  ['half', 'killed'],
  ['after', 'power cut'],
];

/** What Twilio has at an instant: the last rows of the first collection changed their status since. */
function rowsAt(now: number): readonly JsonObject[] {
  return Array.from({ length: 260 }, (_, i) => {
    const at = window.from + i * 180_000;
    const settled = now >= at + hour / 2;
    const date_updated = new Date(settled ? at + hour / 2 : at).toUTCString();
    return row(i, at, { status: settled ? 'delivered' : 'sent', date_updated });
  }).filter((one) => Date.parse(String(one['date_sent'])) <= now);
}

interface Told {
  readonly opened: OpenIncident;
  readonly now: number;
}

/** Collects what is not held yet at an instant, into captures through this file system; everything when `fs` is the real one. */
async function collect({ opened, now }: Told, to: Window, fs?: CrashingFs): Promise<boolean> {
  const clock = { now: () => now };
  // Several files of a source: one is recorded whenever another page comes.
  let tick = now;
  const writer = await createCaptureWriter(opened, {
    ...{ clock: { now: () => (tick += 3000) }, mostHeld: 2000 },
    ...(fs && { fs }),
  });
  const { outcomes, writeFailure } = await collectEvidence(serverAt(now), {
    ...{ sources: [events, messages], accounts: [{ account: main, name: '' }], main, window: to, now, clock, writer },
    ...{ held: heldCaptures(opened.journal.records), delay: () => Promise.resolve() },
  });
  await writer.close();
  return writeFailure === undefined && outcomes.every(({ complete }) => complete);
}

function serverAt(now: number) {
  const { twilio } = server({ [main]: rowsAt(now) });
  return {
    ...twilio,
    page: async (...asked: Parameters<typeof twilio.page>) => {
      const page = await twilio.page(...asked);
      return { ...page, serverTime: now, proof: { ...page.proof, receivedAt: now } };
    },
  };
}

const states = (rows: readonly { readonly row: JsonObject }[]) =>
  rows.map(({ row: one }) => `${one['sid']} ${one['status']}`).toSorted();
const sidsOf = (rows: readonly JsonObject[]) => rows.map(({ sid }) => String(sid));

/** An incident that holds everything up to the first instant; the same one each time, as it was then. */
async function collectedOnce() {
  const template = path.join(folder.path, 'template');
  const place = path.join(folder.path, 'incidents', 'one');
  const open = (at: string, now: number, anchors = memoryAnchors()) =>
    createIncidentStore({ anchors, clock: { now: () => now } }).open(at, { patience: 0 });
  if (!existsSync(template)) {
    const about = { id: 'one', title: 'One', accounts: [{ sid: main, name: '' }], status: 'open' } as const;
    const store = createIncidentStore({ anchors: memoryAnchors(), clock: { now: () => first } });
    const made = await store.create(folder.path, { ...about, created: first, window });
    const opened = await open(made, first);
    expect(await collect({ opened, now: first }, window)).toBe(true);
    await opened.journal.close();
    await rename(made, template);
  }
  await rm(place, { recursive: true, force: true });
  await cp(template, place, { recursive: true });
  const anchors = memoryAnchors();
  return { place, anchors, open: () => open(place, later, anchors) };
}

/** The incident through a file system that ends with the process, and what is there when it is opened again. */
async function crashed(
  failing: number,
  when: CrashWhen,
  how: string,
  work: (told: Told, fs: CrashingFs) => Promise<unknown>,
) {
  const { place, anchors, open } = await collectedOnce();
  const before = await open();
  await before.journal.close();
  const fs = crashingFs(failing, when);
  const clock = { now: () => later };
  const journal = await openJournal({ folder: place, id: 'one', anchors, clock, fs });
  const ended = await work({ opened: { ...before, journal }, now: later }, fs).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  await journal.close();
  if (!fs.crashed) expect(ended).toBeUndefined();
  else if (how === 'power cut') await fs.cutPower();
  const opened = await open();
  expect(opened.journal.readOnly).toBeUndefined();
  for (const capture of captures(opened)) expect(await checkCapture(opened.folder, capture)).toBeUndefined();
  return { opened, open, crashed: fs.crashed };
}

async function messagesOf(opened: OpenIncident) {
  const read = () => storeIn(folder.path).rows(opened, ['messages']);
  return all(latestRows(read, ({ row: one }) => textOf(one, 'sid')));
}

function stateOf(opened: OpenIncident) {
  const scope = { accounts: [main], sources: [messages], window: longer, now: later };
  return coverageOf(heldCaptures(opened.journal.records), scope)[0]?.state;
}

test.each(ends)(
  'collecting what is new, ended %s any call (%s): nothing that was held is lost or doubled, and what is called complete is',
  async (when, how) => {
    let [partial, complete] = [0, 0];
    for (let failing = 1; ; failing += 1) {
      const after = await crashed(failing, when, how, (told, fs) => collect(told, longer, fs));
      const { opened } = after;
      const rows = await messagesOf(opened);
      const sids = rows.map(({ row: one }) => String(one['sid']));
      expect(new Set(sids).size).toBe(sids.length);
      expect(sidsOf(rowsAt(first)).filter((sid) => !sids.includes(sid))).toEqual([]);
      const told = stateOf(opened);
      const wanted = states(rowsAt(later).map((one) => ({ row: one })));
      if (told === 'complete') expect(sids.toSorted()).toEqual(sidsOf(rowsAt(later)).toSorted());
      else partial += 1;
      if (!after.crashed) {
        complete += 1;
        expect(told).toBe('complete');
      }
      // The next collection ends it, with every row as it is now.
      expect(await collect({ opened, now: later }, longer)).toBe(true);
      expect(stateOf(opened)).toBe('complete');
      expect(states(await messagesOf(opened))).toEqual(wanted);
      await opened.journal.close();
      if (!after.crashed) break;
    }
    expect({ partial: partial > 20, complete }).toEqual({ partial: true, complete: 1 });
  },
  120_000,
);

test.each(ends)(
  'importing into an incident that holds evidence, ended %s any call (%s): its rows stay, none is doubled, and the file can be imported again',
  async (when, how) => {
    const file = path.join(folder.path, 'console.jsonl');
    const imported = [...rowsAt(later).slice(150), row(9001, first - hour)].map((one) => ({
      ...{ ...one, account_sid: main, to: '+79581112233', from: '+14155550100', direction: 'outbound-api' },
      ...{ num_segments: '1', price: '-0.0079', price_unit: 'USD', status: one['status'] ?? 'sent' },
    }));
    await writeFile(file, `${imported.map((one) => JSON.stringify(one)).join('\n')}\nwhat\n`);
    const wanted = [...new Set([...sidsOf(rowsAt(first)), ...sidsOf(imported)])].toSorted();
    for (let failing = 1; ; failing += 1) {
      const after = await crashed(failing, when, how, ({ opened }, fs) =>
        storeIn(folder.path, { fs, clock: { now: () => later } }).importLogs(opened, [file]),
      );
      const { opened } = after;
      const sids = sidsOf((await messagesOf(opened)).map(({ row: one }) => one));
      expect(new Set(sids).size).toBe(sids.length);
      expect(sidsOf(rowsAt(first)).filter((sid) => !sids.includes(sid))).toEqual([]);
      const [known] = opened.journal.records.flatMap((record) => importOf(record) ?? []);
      if (known) expect(known).toMatchObject({ rows: imported.length, bad: 1 });
      if (known) expect(sids.toSorted()).toEqual(wanted);
      // Nothing that was imported makes a log complete.
      expect(stateOf(opened)).toBe('partial');
      const [again] = await storeIn(folder.path).importLogs(opened, [file]);
      expect(again).toMatchObject({ rows: imported.length, bad: 1, known: known !== undefined });
      expect(sidsOf((await messagesOf(opened)).map(({ row: one }) => one)).toSorted()).toEqual(wanted);
      await opened.journal.close();
      if (!after.crashed) break;
    }
  },
  120_000,
);
