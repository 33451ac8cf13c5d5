import { mkdir, readdir, readFile, rename, stat, symlink, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { createIncidentStore } from '../../../src/adapters/evidence/incidentStore.ts';
import { sha256 } from '../../../src/adapters/evidence/sha256.ts';
import { UserError } from '../../../src/core/errors.ts';
import type { Incident } from '../../../src/core/model/incident.ts';
import { clock, freshFolder, memoryAnchors } from './journals.ts';
import { anotherComputer } from './memoryAnchors.ts';

const workspace = freshFolder();
const created = clock.now();
const incident = (title: string): Incident => ({
  id: `id of ${title}`,
  title,
  type: 'sms-pumping',
  accounts: [],
  window: { from: created - 1000, to: created },
  status: 'open',
  created,
});
const options = { patience: 0 };

test('a new incident opens with a journal of its own, and again in another session', async () => {
  const anchors = memoryAnchors();
  const store = createIncidentStore({ anchors, clock });
  const folder = await store.create(workspace.path, incident('One'));
  const first = await store.open(folder, options);
  expect(first.incident).toEqual(incident('One'));
  await first.journal.append({ type: 'note' });
  await first.journal.close();
  const second = await createIncidentStore({ anchors, clock }).open(folder, options);
  expect(second.journal.readOnly).toBeUndefined();
  expect(second.journal.records.map(({ type }) => type)).toEqual(['journal', 'note']);
  expect(second.journal.head).toEqual(anchors.kept.get('id of One'));
  await second.journal.close();
});

test('an incident of a colleague is looked at, and continued when somebody chooses to', async () => {
  const theirs = createIncidentStore({ anchors: memoryAnchors(new Map(), anotherComputer), clock });
  const folder = await theirs.create(workspace.path, incident('Handed over'));
  const first = await theirs.open(folder, options);
  await first.journal.append({ type: 'note' });
  await first.journal.close();
  const store = createIncidentStore({ anchors: memoryAnchors(), clock });
  const looked = await store.open(folder, options);
  expect([looked.journal.readOnly, looked.journal.adoptable]).toEqual([
    expect.stringMatching('^Not sealed here'),
    true,
  ]);
  await expect(store.setStatus(looked, 'contained')).rejects.toThrow('Not sealed here');
  const { journal } = await store.open(folder, { ...options, adopt: true });
  expect([journal.readOnly, journal.unsealed]).toEqual([undefined, 2]);
  await journal.append({ type: 'note' });
  await journal.close();
  expect(journal.records.map(({ type }) => type)).toEqual(['journal', 'note', 'adopted', 'note']);
  // Restricted Mode is not chosen away.
  const restricted = await store.open(folder, { ...options, adopt: true, viewOnly: 'Restricted Mode.' });
  expect([restricted.journal.readOnly, restricted.journal.adoptable]).toEqual(['Restricted Mode.', undefined]);
});

test('a document is written once and its SHA-256 recorded; an existing one is left alone', async () => {
  const store = createIncidentStore({ anchors: memoryAnchors(), clock });
  const opened = await store.open(await store.create(workspace.path, incident('One')), options);
  expect(await store.writeDocument(opened, 'RCA.md', '# RCA ü\n')).toBe(true);
  expect(opened.journal.records.at(-1)).toMatchObject({
    type: 'document',
    name: 'RCA.md',
    bytes: 9,
    sha256: sha256(await readFile(path.join(opened.folder, 'RCA.md'))),
  });
  expect(await store.writeDocument(opened, 'RCA.md', 'other')).toBe(false);
  expect(await readFile(path.join(opened.folder, 'RCA.md'), 'utf8')).toBe('# RCA ü\n');
  expect(opened.journal.records.filter(({ type }) => type === 'document')).toHaveLength(1);
  await opened.journal.close();
});

test('a figure goes into a folder of its own, which must not be a link', async () => {
  const store = createIncidentStore({ anchors: memoryAnchors(), clock });
  const opened = await store.open(await store.create(workspace.path, incident('Figures')), options);
  for (const name of ['figures/map.svg', 'figures/heat.svg'])
    expect(await store.writeDocument(opened, name, '<svg/>')).toBe(true);
  const { mode } = await stat(path.join(opened.folder, 'figures'));
  expect(mode & 0o777).toBe(0o700);
  expect(opened.journal.records.at(-1)).toMatchObject({ type: 'document', name: 'figures/heat.svg', bytes: 6 });
  const elsewhere = path.join(opened.folder, 'elsewhere');
  await rename(path.join(opened.folder, 'figures'), elsewhere);
  await symlink(elsewhere, path.join(opened.folder, 'figures'));
  await expect(store.writeDocument(opened, 'figures/new.svg', '<svg/>')).rejects.toThrow('is a link');
  expect(await readdir(elsewhere)).toEqual(['heat.svg', 'map.svg']);
  await opened.journal.close();
});

test('every incident of a workspace is listed, those that cannot be used with the reason', async () => {
  const store = createIncidentStore({ anchors: memoryAnchors(), clock });
  const folders = [];
  for (const title of ['a', 'b', 'c', 'd']) folders.push(await store.create(workspace.path, incident(title)));
  const [, b = '', c = '', d = ''] = folders;
  await writeFile(path.join(b, 'incident.json'), '{');
  await writeFile(path.join(c, 'incident.json'), '{"format":2,"title":"From later"}');
  await rename(path.join(d, 'incident.json'), path.join(d, 'x.json'));
  await symlink('x.json', path.join(d, 'incident.json'));
  await symlink(path.dirname(d), path.join(workspace.path, 'incidents', 'linked'));
  const listed = await store.list(workspace.path);
  const said = listed.map(({ folder, opened }) => [
    path.basename(folder),
    opened instanceof UserError ? opened.message : opened.readOnly ? `format ${opened.format}` : opened.incident.title,
  ]);
  expect(said).toEqual([
    ['linked', expect.stringContaining('its folder is a link')],
    ['2026-11-21-d', expect.stringContaining('incident.json is a link')],
    ['2026-11-21-c', 'format 2'],
    ['2026-11-21-b', expect.stringContaining('no valid JSON')],
    ['2026-11-21-a', 'a'],
  ]);
  expect(await store.list(path.join(workspace.path, 'nowhere'))).toEqual([]);
});

test.each([
  ['damaged', '{', 'no valid JSON', '2026-11-21-one'],
  ['of a later format', '{"format":2,"title":"From later"}', 'has format 2', 'From later'],
])('an incident whose description is %s shows its journal and is not written', async (_how, json, reason, title) => {
  const store = createIncidentStore({ anchors: memoryAnchors(), clock });
  const folder = await store.create(workspace.path, incident('One'));
  await (await store.open(folder, options)).journal.close();
  await writeFile(path.join(folder, 'incident.json'), json);
  const before = await readdir(folder);
  const opened = await store.open(folder, options);
  expect(opened.title).toBe(title);
  expect(opened.journal.readOnly).toMatch(reason);
  expect(opened.journal.records).toHaveLength(1);
  await expect(opened.journal.append({ type: 'note' })).rejects.toThrow(reason);
  await expect(store.writeDocument(opened, 'RCA.md', 'x')).rejects.toThrow(reason);
  expect(await readdir(folder)).toEqual(before);
});

test('while nothing may be written an incident can be looked at', async () => {
  const store = createIncidentStore({ anchors: memoryAnchors(), clock });
  const folder = await store.create(workspace.path, incident('One'));
  const before = await readdir(folder);
  const opened = await store.open(folder, { patience: 0, viewOnly: 'Restricted Mode.' });
  expect([opened.title, opened.journal.readOnly]).toEqual(['One', 'Restricted Mode.']);
  await expect(store.writeDocument(opened, 'RCA.md', 'x')).rejects.toThrow('Restricted Mode');
  expect(await readdir(folder)).toEqual(before);
});

test('copies that a synchronised folder made of a journal and a capture beside the real ones change nothing', async () => {
  const store = createIncidentStore({ anchors: memoryAnchors(), clock });
  const folder = await store.create(workspace.path, incident('Synchronised'));
  const first = await store.open(folder, options);
  await first.journal.append({ type: 'note' });
  await first.journal.close();
  const journal = await readFile(path.join(folder, 'journal.jsonl'));
  await writeFile(path.join(folder, 'journal (conflicted copy 2026-11-21).jsonl'), journal.subarray(0, 40));
  await mkdir(path.join(folder, 'evidence'), { recursive: true });
  await writeFile(path.join(folder, 'evidence', 'messages-0001.jsonl (conflicted copy).gz'), 'x');
  const again = await store.open(folder, options);
  expect(again.journal.readOnly).toBeUndefined();
  expect(again.journal.records.map(({ type }) => type)).toEqual(['journal', 'note']);
  await again.journal.close();
  expect((await store.list(workspace.path)).filter(({ folder: one }) => one === folder)).toHaveLength(1);
});

test('a journal of two gigabytes is refused with a sentence, and nothing of it is read', async () => {
  const store = createIncidentStore({ anchors: memoryAnchors(), clock });
  const folder = await store.create(workspace.path, incident('Huge'));
  const first = await store.open(folder, options);
  await first.journal.close();
  // Nothing but its length: the file takes no room.
  await truncate(path.join(folder, 'journal.jsonl'), 2 ** 31 + 5);
  const before = process.memoryUsage().rss;
  const failure = await store.open(folder, options).then(
    ({ journal }) => journal.readOnly,
    (reason: unknown) => (reason instanceof UserError ? reason.message : reason),
  );
  expect(failure).toMatch(/larger than/);
  expect(process.memoryUsage().rss - before).toBeLessThan(300 * 2 ** 20);
});
