import { appendFile, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test, vi } from 'vitest';
import { evidenceRow } from '../../src/adapters/evidence/validate/validateIncident.ts';
import type { OpenIncident } from '../../src/core/evidence/incidentStore.ts';
import { importedFiles } from '../../src/core/incidentView/importedFiles.ts';
import type { IncidentRow } from '../../src/core/incidentView/row.ts';
import { shownImports } from '../../src/core/incidentView/shownImports.ts';
import { newIncident, storeIn } from '../adapters/evidence/captures.ts';
import { jsonLines, record, sidOf } from '../adapters/evidence/ingest/logFiles.ts';
import { freshFolder } from '../adapters/evidence/journals.ts';

vi.mock('vscode', () => ({}));

const folder = freshFolder();

/** An incident into which a whole file, a mixed one and one that holds no log were imported, and the rows the Incident view has for them. */
async function imported() {
  const opened = await newIncident(folder.path);
  const contents = { 'whole.jsonl': jsonLines([record(1)]), 'mixed.jsonl': `${jsonLines([record(2)])}what\n` };
  const files = Object.entries({ ...contents, 'none.txt': 'nothing here\n' });
  for (const [name, content] of files) await writeFile(path.join(folder.path, name), content);
  const store = storeIn(folder.path);
  await store.importLogs(
    opened,
    files.map(([name]) => path.join(folder.path, name)),
  );
  const rows = () => importedFiles(shownImports(opened.journal.records), []).flatMap(({ children = [] }) => children);
  return { opened, store, rows };
}

/** Clicks on a row; gives what opens. */
async function clicking(opened: OpenIncident, row: IncidentRow | undefined): Promise<string> {
  const { openEvidence } = await import('../../src/ui/openEvidence.ts');
  const shown: string[] = [];
  const preview = { show: async (_id: string, title: string, text: string) => void shown.push(`${title}: ${text}`) };
  await openEvidence(row?.clicks === 'openEvidence' ? row : undefined, {
    incidents: { current: opened } as never,
    preview: preview as never,
    evidenceRow,
    evidenceStore: async () => storeIn(folder.path),
  });
  return shown.join();
}

test('a click on an imported file opens its rows that were not understood, else its first row', async () => {
  const { opened, rows } = await imported();
  expect(rows().map(({ label, clicks }) => [label, clicks])).toEqual([
    ['whole.jsonl', 'openEvidence'],
    ['mixed.jsonl', 'openEvidence'],
    ['none.txt', undefined],
  ]);
  const [whole, mixed, none] = rows();
  expect(await clicking(opened, whole)).toMatch(
    new RegExp(`Line 1 of evidence/messages-0001.jsonl.gz.*${sidOf(1)}`, 's'),
  );
  expect(await clicking(opened, mixed)).toMatch(
    /^Rejected Rows: .*1 row\. One-time.*Line 2 is not valid JSON:.*what\n$/s,
  );
  expect(await clicking(opened, none)).toBe('');
  await opened.journal.close();
});

test('an import that was taken out is no row any more, and what was open says that it is gone', async () => {
  const { opened, store, rows } = await imported();
  const [, mixed] = rows();
  const sha256 = shownImports(opened.journal.records)[1]?.sha256;
  await store.remove(opened, sha256);
  expect(rows().map(({ label }) => label)).toEqual(['whole.jsonl', 'none.txt']);
  await expect(clicking(opened, mixed)).rejects.toThrow('This evidence is not in the incident any more');
  await opened.journal.close();
});

test('rows that were not understood are read from the recorded file alone', async () => {
  const { opened, rows } = await imported();
  const [, mixed] = rows();
  const file = path.join(opened.folder, mixed?.evidence ?? '');
  await appendFile(file, '{}\n');
  await expect(clicking(opened, mixed)).rejects.toThrow(/rejected-0001\.jsonl cannot be read \(it was changed since/);
  await rm(file);
  await expect(clicking(opened, mixed)).rejects.toThrow(/it is not there any more/);
  await symlink('/dev/null', file);
  await expect(clicking(opened, mixed)).rejects.toThrow(/not a plain file/);
  const elsewhere: IncidentRow = {
    id: 'x',
    label: 'x',
    icon: 'x',
    clicks: 'openEvidence',
    evidence: 'evidence/rejected-0009.jsonl',
  };
  await expect(clicking(opened, elsewhere)).rejects.toThrow('not in the incident any more');
  await opened.journal.close();
});
