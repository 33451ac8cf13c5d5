import { mkdir, readdir, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test, vi } from 'vitest';
import type { OpenIncident } from '../../src/core/evidence/incidentStore.ts';
import { account, captures, message, newIncident, other, storeIn, writeSlice } from '../adapters/evidence/captures.ts';
import { jsonLines, record } from '../adapters/evidence/ingest/logFiles.ts';
import { freshFolder } from '../adapters/evidence/journals.ts';
import { createFakeVscode, type Question } from './fakeVscode.ts';

const fake = vi.hoisted(() => ({ module: {} as object }));
vi.mock('vscode', () => fake.module);

const folder = freshFolder();
let choose: (question: Question) => unknown = () => undefined;
const vscode = createFakeVscode({ workspace: folder.path, answer: (question) => choose(question) });
fake.module = vscode.module as object;

async function collected(): Promise<OpenIncident> {
  const opened = await newIncident(folder.path);
  const writer = await storeIn(folder.path).writer(opened);
  await writeSlice(writer, [[message(1)]]);
  await writer.close();
  return opened;
}

/** Chooses to delete, or what Enter takes, or the entry that names a file, while something works on the incident or nothing does. */
async function deleting(current: OpenIncident, chosen: string, held?: string): Promise<void> {
  const { deleteEvidence } = await import('../../src/ui/deleteEvidence.ts');
  choose = ({ entries }) =>
    chosen === 'delete' || chosen === 'enter'
      ? entries[chosen === 'delete' ? 1 : 0]
      : entries.find((one) => JSON.stringify(one).includes(`imported from ${chosen}`));
  await deleteEvidence({
    incidents: { current, held, hold: async (work: () => Promise<unknown>) => work() } as never,
    store: async () => storeIn(folder.path),
    refresh: () => undefined,
    collecting: () => false,
  });
}

const files = (opened: OpenIncident) => readdir(path.join(opened.folder, 'evidence'));

test('evidence is deleted when that is chosen, and not by Enter', async () => {
  const opened = await collected();
  await deleting(opened, 'enter');
  expect(await files(opened)).toHaveLength(1);
  await deleting(opened, 'delete');
  expect(await files(opened)).toEqual([]);
  expect(captures(opened)).toEqual([]);
  await opened.journal.close();
});

test('nothing is deleted while something reads it, such as an export that was made to keep a copy', async () => {
  const opened = await collected();
  const exporting = 'Evidence is being exported. Wait until it has ended.';
  await expect(deleting(opened, 'delete', exporting)).rejects.toThrow(`Nothing was deleted. ${exporting}`);
  expect(await files(opened)).toHaveLength(1);
  await opened.journal.close();
});

test('what was imported from one file is taken out alone, and it says so', async () => {
  const opened = await collected();
  const paths = ['right.jsonl', 'wrong.jsonl'].map((name) => path.join(folder.path, name));
  for (const [n, file] of paths.entries()) await writeFile(file, `${jsonLines([record(n + 10)])}what\n`);
  await storeIn(folder.path).importLogs(opened, paths);
  expect(await files(opened)).toHaveLength(5);
  vscode.told.splice(0);
  await deleting(opened, 'wrong.jsonl');
  expect(await files(opened)).toEqual([...['messages-0001.jsonl.gz', 'messages-0002.jsonl.gz', 'rejected-0001.jsonl']]);
  const told = vscode.told.join(' ');
  // The rows and those that were not understood.
  expect(told).toContain('What was imported from wrong.jsonl is out of the incident: 2 files of evidence deleted.');
  expect(told).not.toContain('alidate again');
  await opened.journal.append({ type: 'document', name: 'RCA.md', sha256: '0'.repeat(64) });
  await deleting(opened, 'right.jsonl');
  expect(vscode.told.join(' ')).toContain('SHA-256. Refresh the RCA.');
  await opened.journal.close();
});

test('imports of files of one name are told apart by whose rows they have, and of when', async () => {
  const opened = await collected();
  const paths = ['x', 'y'].map((name) => path.join(folder.path, name, 'log.jsonl'));
  for (const [n, file] of paths.entries()) {
    await mkdir(path.dirname(file));
    const when = {
      date_sent: `Fri, 20 Nov 2026 0${n}:00:00 +0000`,
      date_created: `Fri, 20 Nov 2026 0${n}:00:00 +0000`,
    };
    await writeFile(file, jsonLines([record(n + 10, { account_sid: n === 0 ? account : other, ...when })]));
  }
  await storeIn(folder.path).importLogs(opened, paths, { takeForeign: async () => true });
  vscode.told.splice(0);
  await deleting(opened, 'enter');
  const [entries] = vscode.told.filter((one) => Array.isArray(one));
  const described = (entries ?? []).map((one: { readonly description?: string }) => one.description);
  expect(described.slice(2)).toEqual([
    '1 row · of AC…bbbb · 2026-11-20 01:00 UTC to 2026-11-20 01:00 UTC',
    '1 row · of AC…aaaa · 2026-11-20 00:00 UTC to 2026-11-20 00:00 UTC',
  ]);
  await opened.journal.close();
});

test('what is not in the folder is taken out as well, and it says that it was not there', async () => {
  const opened = await collected();
  const file = path.join(folder.path, 'wrong.jsonl');
  await writeFile(file, jsonLines([record(10)]));
  await storeIn(folder.path).importLogs(opened, [file]);
  const name = 'messages-0002.jsonl.gz';
  await rename(path.join(opened.folder, 'evidence', name), path.join(folder.path, name));
  vscode.told.splice(0);
  await deleting(opened, 'wrong.jsonl');
  expect(vscode.told.join(' ')).toContain('1 file of evidence deleted (not in the folder, or cut; should it come back');
  expect(captures(opened)).toHaveLength(1);
  // It comes back, as from a sync: whoever deletes next is told that it is gone.
  await rename(path.join(folder.path, name), path.join(opened.folder, 'evidence', name));
  vscode.told.splice(0);
  await deleting(opened, 'enter');
  expect(vscode.told.join(' ')).toContain('1 file that an earlier deletion had left is deleted now.');
  expect(await files(opened)).toEqual(['messages-0001.jsonl.gz']);
  await opened.journal.close();
});

test('files that go beside the captures are named in whole sentences', async () => {
  const opened = await collected();
  const file = path.join(folder.path, 'mixed.jsonl');
  await writeFile(file, `${jsonLines([record(10)])}what\n`);
  await storeIn(folder.path).importLogs(opened, [file]);
  vscode.told.splice(0);
  await deleting(opened, 'delete');
  expect(vscode.told.join(' ')).toContain(
    '2 files of evidence deleted. The journal keeps names and SHA-256. Also deleted: 1 file of imported rows that were not understood.',
  );
  await opened.journal.close();
});
