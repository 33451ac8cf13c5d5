import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test, vi } from 'vitest';
import { createImportStore } from '../../src/adapters/evidence/ingest/importStore.ts';
import type { OpenIncident } from '../../src/core/evidence/incidentStore.ts';
import { captures, newIncident, storeIn } from '../adapters/evidence/captures.ts';
import { jsonLines, record, worker } from '../adapters/evidence/ingest/logFiles.ts';
import { clock, freshFolder } from '../adapters/evidence/journals.ts';
import { createFakeVscode } from './fakeVscode.ts';

const fake = vi.hoisted(() => ({ module: {} as object }));
vi.mock('vscode', () => fake.module);
let shown = 0;
const panel = {
  show() {
    shown += 1;
  },
};
vi.mock('../../src/ui/trafficPanel.ts', () => ({ createTrafficPanel: () => panel }));

const folder = freshFolder();
let chosen = '';
const toasts: string[] = [];
const vscode = createFakeVscode({
  workspace: folder.path,
  answer({ kind, title, entries }) {
    if (kind === 'message') toasts.push(title);
    return kind === 'open' ? [{ scheme: 'file', fsPath: chosen }] : kind === 'pick' ? entries[0] : undefined;
  },
});
fake.module = vscode.module as object;

/** Runs the command on one file; gives the toasts and what was imported last. */
async function importing(name: string, content: string, current: OpenIncident | undefined) {
  const { createImportLogs } = await import('../../src/ui/importLogs.ts');
  const store = createImportStore({ folder: path.join(folder.path, 'imports'), worker, clock });
  chosen = path.join(folder.path, name);
  await writeFile(chosen, content);
  toasts.splice(0);
  const told: Promise<void>[] = [];
  const imports = createImportLogs({
    ...{ extensionUri: {} as never, preview: {} as never, refresh: () => undefined, now: clock.now },
    importer: async () => store,
    incidents: { current, hold: async (work: () => Promise<unknown>) => work() } as never,
    evidence: async () => storeIn(folder.path),
    async guard(work) {
      told.push(work());
    },
    tools: { restore: () => ({ take: () => undefined, dispose: () => undefined }) } as never,
  });
  await imports.run();
  await Promise.all(told);
  return { shown, toasts: [...toasts], last: (await store.last())?.summary.files.map((file) => file.name) };
}

test('a file of which nothing is understood gives one toast, is added to no incident and hides nothing', async () => {
  const opened = await newIncident(folder.path);
  const good = await importing('good.jsonl', jsonLines([record(1)]), opened);
  expect(good).toMatchObject({
    last: ['good.jsonl'],
    toasts: [expect.stringMatching(/^Added to the incident: 1 message .* The panel shows 1 message from 1 file\.$/)],
  });
  const records = opened.journal.records.length;
  const { toasts: said, last, shown: panels } = await importing('bad.jsonl', '{"sid":"x"}\n', opened);
  expect(said).toEqual([
    'Nothing was imported. 1 row was not understood and is not counted. bad.jsonl, line 1 has no message SID. What was imported before, if anything, is unchanged.',
  ]);
  expect([last, panels]).toEqual([['good.jsonl'], 1]);
  expect([captures(opened).length, opened.journal.records.length]).toEqual([1, records]);
  await opened.journal.close();
});

test('without an open incident one toast says what is shown', async () => {
  const { toasts: said } = await importing('good.jsonl', jsonLines([record(1)]), undefined);
  expect(said).toEqual([expect.stringMatching(/^Imported 1 message from 1 file, /)]);
});
