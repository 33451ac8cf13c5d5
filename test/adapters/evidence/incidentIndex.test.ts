import { rmSync } from 'node:fs';
import { readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { incidentTraffic } from '../../../src/adapters/evidence/incidentIndex.ts';
import { Cancelled } from '../../../src/core/errors.ts';
import { deletionEntry } from '../../../src/core/evidence/heldCaptures.ts';
import type { OpenIncident } from '../../../src/core/evidence/incidentStore.ts';
import type { ChainRecord } from '../../../src/core/evidence/record.ts';
import { account, captures, day, message, newIncident, other, proof, storeIn, writeSlice } from './captures.ts';
import { worker } from './ingest/logFiles.ts';
import { clock, freshFolder } from './journals.ts';

const folder = freshFolder();
const indexes = () => path.join(folder.path, 'indexes');
const traffic = (opened: OpenIncident) => incidentTraffic(opened, { folder: indexes(), worker, clock });
/** Everything that is answered, as text: functions compare as the same, maps and number columns by what is in them. */
async function answers(opened: OpenIncident): Promise<string> {
  const plain = (_: string, value: unknown) =>
    value instanceof Map ? [...value] : ArrayBuffer.isView(value) ? Buffer.from(value.buffer).toString('hex') : value;
  return JSON.stringify(await traffic(opened), plain);
}

async function collected() {
  const opened = await newIncident(folder.path);
  const store = storeIn(folder.path);
  const more = async (...rows: Parameters<typeof message>[]) => {
    const writer = await store.writer(opened);
    await writeSlice(writer, [rows.map((one) => message(...one))]);
    await writer.close();
  };
  await more(...Array.from({ length: 500 }, (_, n): [number] => [n]));
  await more([1000, { account_sid: other, to: '+4479460958' }], [1001, { account_sid: other }]);
  return { opened, store, more };
}

test('counts the captured messages of each account under the incident’s name for it', async () => {
  const { opened } = await collected();
  const { report, summary, from } = await traffic(opened);
  expect(report.accounts.map(({ name, messages }) => [name, messages])).toEqual([
    ['Acme', 500],
    ['AC…bbbb', 2],
  ]);
  expect(summary).toMatchObject({ rows: 502, superseded: 0, bad: { count: 0 } });
  expect(from).toBe(Date.parse('2026-11-20T10:00:01Z'));
  await opened.journal.close();
});

test('an index is made once, and made again when it was deleted or damaged, with the same answers', async () => {
  const { opened } = await collected();
  const first = await answers(opened);
  expect(first).toContain('"messages":500');
  const [name = ''] = await readdir(indexes());
  const header = path.join(indexes(), name, 'index.json');
  const made = (await stat(header)).ino;
  expect(await answers(opened)).toEqual(first);
  expect((await stat(header)).ino).toBe(made);
  await rm(indexes(), { recursive: true });
  expect(await answers(opened)).toEqual(first);
  await truncate(header, 10);
  expect(await answers(opened)).toEqual(first);
  await rm(path.join(indexes(), name, 'time.col'));
  expect(await Promise.all([answers(opened), answers(opened)])).toEqual([first, first]);
  expect(await readdir(indexes())).toEqual([name]);
  await opened.journal.close();
});

test('an index of the format before is made again, with the same answers and nothing left of it', async () => {
  const { opened } = await collected();
  const first = await answers(opened);
  const [name = ''] = await readdir(indexes());
  const own = path.join(indexes(), name);
  const header = path.join(own, 'index.json');
  const [made, text, files] = [(await stat(header)).ino, await readFile(header, 'utf8'), await readdir(own)];
  const former = text.replace(/("format":"[a-z-]+\/)(\d+)"/, (_, format, number) => `${format}${Number(number) - 1}"`);
  expect(former).not.toBe(text);
  await writeFile(header, former);
  await writeFile(path.join(own, 'sid.col'), 'of a former format');
  expect(await answers(opened)).toEqual(first);
  expect((await stat(header)).ino).not.toBe(made);
  expect(await readFile(header, 'utf8')).toBe(text);
  expect(await readdir(own)).toEqual(files);
  await opened.journal.close();
});

test('whoever asks while an index is being made waits for that one, and makes it when the other was cancelled', async () => {
  const { opened } = await collected();
  const parts = { folder: indexes(), worker, clock };
  let cancelled: unknown;
  // Whoever waits is told the same: each object is one step of the work.
  const steps = new Set<unknown>();
  // Which of them comes first is not certain: whichever does is cancelled.
  const ask = () => {
    const abort = new AbortController();
    const onProgress = (step: unknown) => {
      if (cancelled === undefined) {
        cancelled = step;
        abort.abort();
      } else if (step !== cancelled) steps.add(step);
    };
    return incidentTraffic(opened, parts, { cancel: abort.signal, onProgress });
  };
  const asked = await Promise.allSettled([ask(), ask(), ask(), ask()]);
  const failed = asked.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
  expect(failed).toEqual([expect.any(Cancelled)]);
  const [one, ...same] = asked.flatMap((each) => (each.status === 'fulfilled' ? [each.value.summary] : []));
  expect(same).toEqual([one, one]);
  const made = steps.size;
  await rm(indexes(), { recursive: true });
  await incidentTraffic(opened, parts, { onProgress: (step) => steps.add(step) });
  expect(made).toBeGreaterThan(0);
  expect(made).toBe(steps.size - made);
  await opened.journal.close();
});

/** The incident as whoever counts sees it: what is done at `then` is done between the look at the captures and their being read. */
function deletedMeanwhile(opened: OpenIncident, { files }: { files: boolean }): OpenIncident {
  let deleted = false;
  const then = () => {
    if (files) for (const { file } of captures(opened)) rmSync(path.join(opened.folder, file));
    deleted = true;
    return opened.incident;
  };
  const records = () => {
    const chained = { seq: 99, at: '', prev: '', hash: '' };
    const deletion: ChainRecord = { ...deletionEntry(captures(opened)), ...chained };
    return deleted ? [...opened.journal.records, deletion] : opened.journal.records;
  };
  const journal = Object.create(opened.journal, { records: { get: records } });
  return Object.create(opened, { journal: { value: journal }, incident: { get: then } });
}

test('nothing stays of evidence that is deleted while it is counted', async () => {
  const { opened } = await collected();
  await expect(traffic(deletedMeanwhile(opened, { files: true }))).rejects.toThrow(
    'was deleted while its messages were counted',
  );
  expect(await readdir(indexes())).toEqual([]);
  await opened.journal.close();
});

test('an index that was made while its evidence was deleted goes, though making it went well', async () => {
  const { opened } = await collected();
  await expect(traffic(deletedMeanwhile(opened, { files: false }))).rejects.toThrow(
    'was deleted while its messages were counted',
  );
  expect(await readdir(indexes())).toEqual([]);
  await opened.journal.close();
});

test('what is collected later counts, the latest state of a message once, and the old index goes', async () => {
  const { opened, more, store } = await collected();
  await traffic(opened);
  await more([2000], [7, { status: 'failed', date_updated: 'Fri, 20 Nov 2026 11:00:00 +0000' }]);
  const { summary } = await traffic(opened);
  expect(summary).toMatchObject({ rows: 503, superseded: 1 });
  expect(await readdir(indexes())).toHaveLength(1);
  await store.remove(opened);
  expect(await readdir(indexes())).toEqual([]);
  await expect(traffic(opened)).rejects.toThrow('No messages were collected');
  await opened.journal.close();
});

test('traffic of messages that were not collected to the end says what is missing of them', async () => {
  const { opened, store } = await collected();
  expect((await traffic(opened)).report.gaps).toEqual([]);
  const writer = await store.writer(opened);
  const late = { from: day.to + 1000, to: day.to + 3_600_000 };
  const slice = writer.begin({ source: 'messages', account, window: late });
  await slice.page([message(3000)], proof());
  await slice.end({ complete: false, why: 'It broke off.' });
  await writer.close();
  const longer = opened.incident && { ...opened.incident, window: { from: day.from, to: late.to } };
  const { report } = await traffic({ ...opened, incident: longer });
  expect(report.gaps).toEqual([expect.stringMatching(/^Messages of Acme: 2026-11-21 00:00.*It broke off\.$/)]);
  await opened.journal.close();
});

test('a capture that was changed is left out and named among the gaps, until it is put back', async () => {
  const { opened } = await collected();
  const before = await traffic(opened);
  const [first, second] = captures(opened).map(({ file }) => path.join(opened.folder, file));
  await truncate(second ?? '', 20);
  const { report, summary } = await traffic(opened);
  expect(summary.rows).toBe(500);
  expect(report.gaps).toEqual([
    expect.stringMatching(/evidence\/messages-0002.jsonl.gz cannot be used: it was changed/),
  ]);
  expect(before.report.gaps).toEqual([]);
  await writeFile(first ?? '', '');
  await expect(traffic(opened)).rejects.toThrow('messages-0001.jsonl.gz cannot be used');
  await opened.journal.close();
});
