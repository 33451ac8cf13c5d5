import { link, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { createIncidentStore } from '../../../src/adapters/evidence/incidentStore.ts';
import { sha256 } from '../../../src/adapters/evidence/sha256.ts';
import { newIncident } from './captures.ts';
import { clock, freshFolder, memoryAnchors } from './journals.ts';

const folder = freshFolder();
const store = createIncidentStore({ anchors: memoryAnchors(), clock });

test('a document is replaced whole, for its owner alone, and the journal has its SHA-256', async () => {
  const opened = await newIncident(folder.path);
  await store.writeDocument(opened, 'RCA.md', 'one');
  expect(await store.readDocument(opened, 'RCA.md')).toBe('one');
  expect(await store.replaceDocument(opened, 'RCA.md', 'one', 'two')).toBe(true);
  const file = path.join(opened.folder, 'RCA.md');
  expect(await readFile(file, 'utf8')).toBe('two');
  if (process.platform !== 'win32') expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect(opened.journal.records.at(-1)).toMatchObject({ type: 'document', name: 'RCA.md', sha256: sha256('two') });
  await opened.journal.close();
});

test('one that was changed meanwhile stays as it is, and nothing is recorded', async () => {
  const opened = await newIncident(folder.path);
  await store.writeDocument(opened, 'RCA.md', 'one');
  await writeFile(path.join(opened.folder, 'RCA.md'), 'mine');
  const before = opened.journal.records.length;
  expect(await store.replaceDocument(opened, 'RCA.md', 'one', 'two')).toBe(false);
  expect(await store.readDocument(opened, 'RCA.md')).toBe('mine');
  expect(opened.journal.records).toHaveLength(before);
  await opened.journal.close();
});

test('links are neither read nor written through', async () => {
  const opened = await newIncident(folder.path);
  const outside = path.join(folder.path, 'outside.md');
  await writeFile(outside, 'one');
  await symlink(outside, path.join(opened.folder, 'RCA.md'));
  await link(outside, path.join(opened.folder, 'support-packet.md'));
  for (const name of ['RCA.md', 'support-packet.md', 'missing.md']) {
    expect(await store.readDocument(opened, name)).toBeUndefined();
    expect(await store.replaceDocument(opened, name, 'one', 'two')).toBe(false);
  }
  expect(await readFile(outside, 'utf8')).toBe('one');
  await opened.journal.close();
});
