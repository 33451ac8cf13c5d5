import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test, vi } from 'vitest';
import { createIncidentStore } from '../../src/adapters/evidence/incidentStore.ts';
import type { OpenIncident } from '../../src/core/evidence/incidentStore.ts';
import type { AccountSid } from '../../src/core/model/sid.ts';
import { account, captures, newIncident, other, storeIn } from '../adapters/evidence/captures.ts';
import { jsonLines, record } from '../adapters/evidence/ingest/logFiles.ts';
import { clock, freshFolder, memoryAnchors } from '../adapters/evidence/journals.ts';
import { createFakeVscode, type Question } from './fakeVscode.ts';

const fake = vi.hoisted(() => ({ module: {} as object }));
vi.mock('vscode', () => fake.module);

const folder = freshFolder();
let choose: (question: Question) => unknown = () => undefined;
const vscode = createFakeVscode({ workspace: folder.path, answer: (question) => choose(question) });
fake.module = vscode.module as object;

/** Imports one file while this incident is the open one; what was said. */
async function importing(current: OpenIncident | undefined, asked = current, of = account): Promise<string> {
  const { addToIncident } = await import('../../src/ui/importIntoIncident.ts');
  const file = path.join(folder.path, 'two.jsonl');
  await writeFile(file, `${jsonLines([record(1), record(2)].map((row) => ({ ...row, account_sid: of })))}what\n`);
  const parts = {
    incidents: { current, hold: async (work: () => Promise<unknown>) => work() } as never,
    evidence: async () => storeIn(folder.path),
    refresh: () => undefined,
    guard: (work: () => Promise<void>) => work(),
    now: clock.now,
  };
  await addToIncident([file], parts, asked);
  return vscode.told
    .splice(0)
    .filter((one) => typeof one === 'string')
    .join(' ');
}

test('imported logs are added to the open incident, and it says what was', async () => {
  const opened = await newIncident(folder.path);
  expect(await importing(opened)).toContain(
    '1 row not understood. Added to the incident: 2 messages of AC…aaaa, 2026-11-20 10:00 UTC to 2026-11-20 10:00 UTC.',
  );
  expect(captures(opened)).toHaveLength(1);
  expect(await importing(opened)).toContain('1 file was in the incident already.');
  expect(captures(opened)).toHaveLength(1);
  await opened.journal.close();
});

test('without an open incident nothing is said and nothing written', async () => {
  expect(await importing(undefined)).toBe('');
});

test('an incident that cannot be written stays as it is, and it says so', async () => {
  const opened = await newIncident(folder.path);
  await opened.journal.close();
  const shown = await createIncidentStore({ anchors: memoryAnchors(), clock }).open(opened.folder, {
    viewOnly: 'This workspace is in Restricted Mode.',
    patience: 0,
  });
  expect(await importing(shown)).toContain('not added to the open incident: This workspace is in Restricted Mode.');
  expect(captures(shown)).toEqual([]);
  await shown.journal.close();
});

test('logs that were imported for one incident do not end up in another that was opened meanwhile', async () => {
  const [asked, opened] = [await newIncident(folder.path), await newIncident(folder.path)];
  expect(await importing(opened, asked)).toContain('not added');
  expect(captures(opened)).toHaveLength(0);
  await Promise.all([asked, opened].map(({ journal }) => journal.close()));
});

test('rows of another account are asked about by name, and Enter and Escape leave them out', async () => {
  for (const [answer, held] of [
    [0, 0],
    ['escape', 0],
    [1, 1],
  ] as const) {
    const opened = await newIncident(folder.path);
    const questions: Question[] = [];
    choose = (question) => {
      if (question.kind !== 'pick') return undefined;
      questions.push(question);
      expect(vscode.told).toContainEqual({ message: 'waiting for your answer' });
      return answer === 'escape' ? null : question.entries[answer];
    };
    const said = await importing(opened, opened, other);
    choose = () => undefined;
    expect(questions.map(({ title }) => title)).toEqual([
      'two.jsonl: rows of AC…bbbb, which the incident is not about',
    ]);
    expect(JSON.stringify(questions)).toContain(`${other}: 2 rows`);
    expect(captures(opened)).toHaveLength(held);
    expect(said).toContain(
      held === 0
        ? 'Nothing was added to the incident. 2 rows left out, of AC…bbbb. 1 row not understood.'
        : 'Added to the incident: 2 messages of AC…bbbb, ',
    );
    await opened.journal.close();
  }
});

test('whose rows are asked about is held against the first of many accounts, in a line that has room for it', async () => {
  const { askForeignRows } = await import('../../src/ui/askForeignRows.ts');
  const own = Array.from({ length: 6 }, (_, n) => ({
    sid: `AC${String(n).repeat(32)}` as AccountSid,
    name: `Acme ${n}`,
  }));
  vscode.told.splice(0);
  for (const about of [own, own.slice(0, 1)]) await askForeignRows('One', about)('a.csv', [{ sid: other, rows: 2 }]);
  const said = vscode.told.flatMap((one) => Object(one).placeHolder ?? []);
  expect(said).toEqual(['The incident is about Acme 0 (AC…0000) and 5 more', 'The incident is about Acme 0 (AC…0000)']);
});
