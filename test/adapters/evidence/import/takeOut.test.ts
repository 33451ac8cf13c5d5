import { execFile } from 'node:child_process';
import { copyFile, mkdir, readdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { evidenceFs } from '../../../../src/adapters/evidence/evidenceStoreFs.ts';
import { incidentTraffic } from '../../../../src/adapters/evidence/incidentIndex.ts';
import { createImportStore } from '../../../../src/adapters/evidence/ingest/importStore.ts';
import { heldCaptures } from '../../../../src/core/evidence/heldCaptures.ts';
import { importEntry } from '../../../../src/core/evidence/importRecord.ts';
import type { OpenIncident } from '../../../../src/core/evidence/incidentStore.ts';
import { heldImports, recordedImports } from '../../../../src/core/evidence/recordedImports.ts';
import { knownEvidence } from '../../../../src/core/incidentView/knownEvidence.ts';
import { shownImports } from '../../../../src/core/incidentView/shownImports.ts';
import { evidence } from '../../../../src/core/rca/evidence.ts';
import { evidenceFacts } from '../../../../src/core/rca/evidenceFacts.ts';
import { journalEntries } from '../../../../src/core/timeline/journalEntries.ts';
import { account, all, captures, message, newIncident, other, proof, storeIn, writeSlice } from '../captures.ts';
import { jsonLines, record, sidOf, worker } from '../ingest/logFiles.ts';
import { clock, freshFolder } from '../journals.ts';

const folder = freshFolder();
const indexes = () => path.join(folder.path, 'indexes');

/** An incident with a message that was collected and two files that were imported, each with a row that was not understood. */
async function imported() {
  const opened = await newIncident(folder.path);
  const store = storeIn(folder.path, { imports: path.join(folder.path, 'imports') });
  const writer = await store.writer(opened);
  await writeSlice(writer, [[message(1)]]);
  await writer.close();
  const paths = ['right.jsonl', 'wrong.jsonl'].map((name) => path.join(folder.path, name));
  for (const [n, file] of paths.entries())
    await writeFile(file, `${jsonLines([record(10 + n), record(20 + n)])}what\n`);
  await store.importLogs(opened, paths);
  const sidsOf = async () => (await all(store.rows(opened, ['messages']))).map(({ row }) => row['sid']);
  return { opened, store, paths, sidsOf, evidence: path.join(opened.folder, 'evidence') };
}

function shaOf({ journal }: OpenIncident, name: string): string {
  return recordedImports(journal.records).find(({ file }) => file === name)?.sha256 ?? '';
}

test('one import is taken out whole: rows, what was put aside and counts; all else stays', async () => {
  const { opened, store, paths, sidsOf, evidence: place } = await imported();
  const counted = async () =>
    (await incidentTraffic(opened, { folder: indexes(), worker, clock })).report.accounts.map((one) => one.messages);
  expect(await counted()).toEqual([5]);
  expect(await store.remove(opened, shaOf(opened, 'wrong.jsonl'))).toBe(1);
  expect(await sidsOf()).toEqual([message(1)['sid'], sidOf(10), sidOf(20)]);
  expect(await readdir(place)).toEqual(['messages-0001.jsonl.gz', 'messages-0002.jsonl.gz', 'rejected-0001.jsonl']);
  expect(await counted()).toEqual([3]);
  const { incident, journal } = opened;
  if (!incident) throw new Error('no incident');
  const { coverage } = knownEvidence(incident, journal.records, clock.now());
  expect(coverage.find(({ source }) => source === 'messages')?.rows).toBe(3);
  expect(heldImports(journal.records).map(({ file }) => file)).toEqual(['right.jsonl']);
  expect(recordedImports(journal.records).map(({ file, deleted }) => [file, deleted !== undefined])).toEqual([
    ['right.jsonl', false],
    ['wrong.jsonl', true],
  ]);
  // The right file is still known, the wrong one can be imported again.
  expect((await store.importLogs(opened, paths)).map(({ known }) => known)).toEqual([true, false]);
  expect(await sidsOf()).toHaveLength(5);
  await journal.close();
});

test('journal, RCA, timeline and the check of the folder say what was taken out', async () => {
  const { opened, store } = await imported();
  const sha256 = shaOf(opened, 'wrong.jsonl');
  await store.remove(opened, sha256);
  const { records } = opened.journal;
  expect(records.at(-1)).toMatchObject({
    type: 'evidence-deleted',
    imported: { name: 'wrong.jsonl', sha256 },
    files: [{ file: 'evidence/messages-0003.jsonl.gz' }, { file: 'evidence/rejected-0002.jsonl' }],
  });
  const told = JSON.stringify(evidence({ evidence: evidenceFacts(records, [], []) } as Parameters<typeof evidence>[0]));
  expect(told).toMatch(/wrong\.jsonl.*deleted again at .*: none of it counts here/);
  expect(told).toMatch(/2 files of evidence were deleted on purpose at .*all that was imported from .*wrong\.jsonl/);
  expect(told.match(/deleted again/g)).toHaveLength(1);
  expect(journalEntries(records, []).find(({ what }) => what.startsWith('Import taken'))).toMatchObject({
    what: 'Import taken out on purpose',
    about: ['wrong.jsonl'],
  });
  await opened.journal.close();
  const script = [path.resolve('scripts/verify-incident.mjs'), opened.folder];
  const { stdout } = await promisify(execFile)(process.execPath, script);
  expect(stdout).toMatch(/messages-0003.*deleted on purpose/);
  expect(stdout).not.toMatch(/missing|no record names/);
});

test('what a crash spared of an import that was taken out is no evidence and goes when evidence is next written', async () => {
  const { opened, store, sidsOf, evidence: place } = await imported();
  const name = path.basename(captures(opened)[2]?.file ?? '');
  await copyFile(path.join(place, name), path.join(folder.path, 'saved'));
  await store.remove(opened, shaOf(opened, 'wrong.jsonl'));
  await copyFile(path.join(folder.path, 'saved'), path.join(place, name));
  expect(await sidsOf()).toHaveLength(3);
  expect(await store.onDisk(opened)).toMatchObject({ leftOver: 1 });
  await (await store.writer(opened)).close();
  expect(await readdir(place)).not.toContain(name);
  await opened.journal.close();
});

test('what an import left that broke off can be taken out, and what Twilio sent cannot be mistaken for it', async () => {
  const opened = await newIncident(folder.path);
  const store = storeIn(folder.path);
  const sha256 = 'd'.repeat(64);
  for (const request of ['FILE broken.jsonl', 'GET https://api.twilio.com/x']) {
    const writer = await store.writer(opened);
    const slice = writer.begin({ source: 'messages', account });
    await slice.page([message(1)], { ...proof(), request, sha256 });
    await slice.end({ complete: false });
    await writer.close();
  }
  expect(heldImports(opened.journal.records)).toMatchObject([{ file: 'broken.jsonl', sha256 }]);
  expect(await store.remove(opened, sha256)).toBe(1);
  expect(heldCaptures(opened.journal.records)).toHaveLength(1);
  await expect(store.remove(opened, sha256)).rejects.toThrow('Nothing was deleted: the incident holds nothing of that');
  expect(opened.journal.records.filter(({ type }) => type === 'evidence-deleted')).toHaveLength(1);
  await opened.journal.close();
});

test('a capture with rows of two files, or of a file and of Twilio, is none of an import', async () => {
  const opened = await newIncident(folder.path);
  const store = storeIn(folder.path);
  const sha256 = 'd'.repeat(64);
  const own = { ...proof(), request: 'FILE a.jsonl', sha256 };
  for (const second of [
    { ...own, sha256: 'e'.repeat(64) },
    { ...own, request: 'GET https://api.twilio.com/x' },
  ]) {
    const writer = await store.writer(opened);
    for (const [n, from] of [own, second].entries()) {
      const slice = writer.begin({ source: 'messages', account });
      await slice.page([message(n)], from);
      await slice.end({ complete: false });
    }
    await writer.close();
  }
  expect(captures(opened).map(({ slices }) => slices.length)).toEqual([2, 2]);
  expect(heldImports(opened.journal.records)).toEqual([]);
  await expect(store.remove(opened, sha256)).rejects.toThrow('holds nothing of that import');
  await opened.journal.close();
});

test('rows that were not understood are not read through a link', async () => {
  const { opened, store, evidence: place } = await imported();
  const file = 'evidence/rejected-0001.jsonl';
  expect(await store.rejected(opened, file)).toMatchObject({ count: 1 });
  await rename(place, path.join(folder.path, 'elsewhere'));
  await symlink(path.join(folder.path, 'elsewhere'), place);
  await expect(store.rejected(opened, file)).rejects.toThrow('the folder “evidence” is missing, or a link');
  await opened.journal.close();
});

test('the copy that was kept to show its traffic goes, that of other files stays', async () => {
  const { opened, store, paths } = await imported();
  const shown = createImportStore({ folder: path.join(folder.path, 'imports'), worker, clock });
  await shown.importFiles(paths.slice(0, 1), {});
  await store.remove(opened, shaOf(opened, 'wrong.jsonl'));
  expect((await shown.last())?.summary.files).toMatchObject([{ name: 'right.jsonl' }]);
  await store.remove(opened, shaOf(opened, 'right.jsonl'));
  expect(await shown.last()).toBeUndefined();
  await opened.journal.close();
});

test('files of one name are not taken for one another, and the same file under another name is the same', async () => {
  const { opened, store, paths } = await imported();
  const shown = createImportStore({ folder: path.join(folder.path, 'imports'), worker, clock });
  const [right = ''] = paths;
  const namesake = path.join(folder.path, 'elsewhere', 'wrong.jsonl');
  await mkdir(path.dirname(namesake));
  await copyFile(right, namesake);
  await shown.importFiles([namesake], {});
  await store.remove(opened, shaOf(opened, 'wrong.jsonl'));
  expect((await shown.last())?.summary.files).toMatchObject([{ name: 'wrong.jsonl' }]);
  await store.remove(opened, shaOf(opened, 'right.jsonl'));
  expect(await shown.last()).toBeUndefined();
  expect(await readdir(path.join(folder.path, 'imports'))).toEqual([]);
  await opened.journal.close();
});

test('of an import whose files were not hashed, names tell', async () => {
  const { opened, store, paths } = await imported();
  const imports = path.join(folder.path, 'imports');
  const shown = createImportStore({ folder: imports, worker, clock });
  await shown.importFiles(paths.slice(1), {});
  for (const own of await readdir(imports)) await rm(path.join(imports, own, 'files.json'));
  await store.remove(opened, shaOf(opened, 'right.jsonl'));
  expect(await shown.last()).toBeDefined();
  await store.remove(opened, shaOf(opened, 'wrong.jsonl'));
  expect(await shown.last()).toBeUndefined();
  await opened.journal.close();
});

test('deleting everything marks all imports as deleted', async () => {
  const { opened, store } = await imported();
  await store.remove(opened);
  expect(recordedImports(opened.journal.records).every(({ deleted }) => deleted !== undefined)).toBe(true);
  expect(heldImports(opened.journal.records)).toEqual([]);
  await opened.journal.close();
});

test('an import whose capture is not on the disk can be taken out, and does not count again when it comes back', async () => {
  const { opened, store, sidsOf, evidence: place } = await imported();
  const clean = path.join(folder.path, 'clean.jsonl');
  await writeFile(clean, jsonLines([record(30)]));
  await store.importLogs(opened, [clean]);
  for (const [file, captured] of [
    ['wrong.jsonl', 'messages-0003.jsonl.gz'],
    ['clean.jsonl', 'messages-0004.jsonl.gz'],
  ] as const) {
    await rename(path.join(place, captured), path.join(folder.path, captured));
    expect(await store.remove(opened, shaOf(opened, file))).toBe(1);
    await rename(path.join(folder.path, captured), path.join(place, captured));
    expect(opened.journal.records.at(-1)?.['files']).toContainEqual(
      expect.objectContaining({ file: `evidence/${captured}` }),
    );
  }
  expect(await sidsOf()).toEqual([message(1)['sid'], sidOf(10), sidOf(20)]);
  expect(shownImports(opened.journal.records).map(({ file }) => file)).toEqual(['right.jsonl']);
  expect(await store.onDisk(opened)).toMatchObject({ leftOver: 2 });
  expect(await store.finishRemoval(opened)).toBe(2);
  expect(await store.onDisk(opened)).toMatchObject({ leftOver: 0 });
  expect(await store.finishRemoval(opened)).toBe(0);
  await opened.journal.close();
});

test('an import of which a capture is held is not called deleted by a deletion that did not name that', async () => {
  const { opened, store, evidence: place } = await imported();
  await rename(path.join(place, 'messages-0003.jsonl.gz'), path.join(folder.path, 'moved'));
  await store.remove(opened);
  const states = () =>
    recordedImports(opened.journal.records).map(({ file, deleted }) => [file, deleted !== undefined]);
  expect(states()).toEqual([
    ['right.jsonl', true],
    ['wrong.jsonl', false],
  ]);
  expect(heldImports(opened.journal.records).map(({ file }) => file)).toEqual(['wrong.jsonl']);
  await store.remove(opened, shaOf(opened, 'wrong.jsonl'));
  expect(states().every(([, deleted]) => deleted)).toBe(true);
  await opened.journal.close();
});

test('an import that was taken out, imported again and refused once is deleted once', async () => {
  const { opened, store, paths } = await imported();
  const sha256 = shaOf(opened, 'wrong.jsonl');
  await opened.journal.append(importEntry({ file: 'wrong.jsonl', sha256, rows: 0, bad: 0, refused: 'It is cut.' }));
  await store.remove(opened, sha256);
  await store.importLogs(opened, paths);
  const own = recordedImports(opened.journal.records).filter(({ file }) => file === 'wrong.jsonl');
  expect(own.map(({ rows, deleted }) => [rows, deleted !== undefined])).toEqual([
    [2, true],
    [0, false],
    [2, false],
  ]);
  await opened.journal.close();
});

test('a take-out that fails midway says so, and ends when evidence is deleted next', async () => {
  const { opened, paths, evidence: place } = await imported();
  const imports = path.join(folder.path, 'imports');
  const busy = path.join(place, 'messages-0003.jsonl.gz');
  const locked = { ...evidenceFs };
  locked.remove = async (file) => {
    if (file === busy) throw Object.assign(new Error('busy'), { code: 'EBUSY' });
    await evidenceFs.remove(file);
  };
  await incidentTraffic(opened, { folder: indexes(), worker, clock });
  const shown = createImportStore({ folder: imports, worker, clock });
  await shown.importFiles(paths.slice(1), {});
  const failing = storeIn(folder.path, { imports, fs: locked });
  const again = /\(EBUSY\).*counts no more, and Delete Evidence… deletes what is left/;
  await expect(failing.remove(opened, shaOf(opened, 'wrong.jsonl'))).rejects.toThrow(again);
  // All but that one file is gone, also what was counted of it and kept to show its traffic.
  expect(await readdir(place)).toEqual([
    ...['messages-0001.jsonl.gz', 'messages-0002.jsonl.gz', 'messages-0003.jsonl.gz', 'rejected-0001.jsonl'],
  ]);
  expect([await readdir(indexes()), await shown.last()]).toEqual([[], undefined]);
  await expect(failing.finishRemoval(opened)).rejects.toThrow(again);
  expect(await storeIn(folder.path).finishRemoval(opened)).toBe(1);
  expect(await readdir(place)).not.toContain(path.basename(busy));
  await opened.journal.close();
});

test('nothing is deleted while an import waits for an answer', async () => {
  const { opened, store, paths, sidsOf } = await imported();
  const foreign = path.join(folder.path, 'foreign.jsonl');
  await writeFile(foreign, jsonLines([record(40, { account_sid: other })]));
  const told: unknown[] = [];
  const takeForeign = async () => {
    for (const work of [store.remove(opened), store.finishRemoval(opened)])
      told.push(await work.catch((reason) => reason));
    return true;
  };
  const taken = await store.importLogs(opened, [...paths, foreign], { takeForeign });
  expect(told.map(String)).toEqual(
    Array(2).fill(expect.stringMatching(/imported, so nothing was deleted.*answer what/)),
  );
  expect(taken.map(({ known }) => known)).toEqual([true, true, false]);
  expect(await sidsOf()).toHaveLength(6);
  expect(await store.remove(opened)).toBe(4);
  await opened.journal.close();
});
