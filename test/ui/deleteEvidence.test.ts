import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { expect, test, vi } from 'vitest';
import type { OpenIncident } from '../../src/core/evidence/incidentStore.ts';
import { captures, message, newIncident, storeIn, writeSlice } from '../adapters/evidence/captures.ts';
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

/** Chooses to delete, or what Enter takes, while something works on the incident or nothing does. */
async function deleting(current: OpenIncident, chosen: 'delete' | 'enter', held?: string): Promise<void> {
  const { deleteEvidence } = await import('../../src/ui/deleteEvidence.ts');
  choose = ({ entries }) => entries[chosen === 'delete' ? 1 : 0];
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
