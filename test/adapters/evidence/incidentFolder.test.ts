import { mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createIncidentFolder } from '../../../src/adapters/evidence/incidentFolder.ts';
import { type Incident, parseIncident } from '../../../src/core/model/incident.ts';
import type { AccountSid } from '../../../src/core/model/sid.ts';

const account = `AC${'0'.repeat(32)}` as AccountSid;
const created = Date.parse('2026-11-21T03:00:00Z');
const incident: Incident = {
  id: 'one',
  title: 'SMS pumping',
  accounts: [{ sid: account, name: 'Acme' }],
  window: { from: created - 1000, to: created },
  status: 'open',
  created,
};
let workspace: string;
beforeEach(async () => {
  workspace = await mkdtemp(path.join(tmpdir(), 'workspace-'));
});
afterEach(() => rm(workspace, { recursive: true }));

test('an incident gets a folder of its own that keeps evidence out of git', async () => {
  const folder = await createIncidentFolder(workspace, incident);
  expect(path.relative(workspace, folder)).toBe(path.join('incidents', '2026-11-21-sms-pumping'));
  expect((await readdir(folder)).toSorted()).toEqual(['.gitattributes', '.gitignore', 'incident.json']);
  expect(await readFile(path.join(folder, '.gitignore'), 'utf8')).toBe('evidence/\njournal.lock\n');
  expect(parseIncident(JSON.parse(await readFile(path.join(folder, 'incident.json'), 'utf8')))).toEqual({
    readOnly: false,
    incident,
  });
  expect((await stat(folder)).mode & 0o777).toBe(0o700);
  expect((await stat(path.join(folder, 'incident.json'))).mode & 0o777).toBe(0o600);
});

test('an earlier incident of the same name is never touched', async () => {
  const first = await createIncidentFolder(workspace, incident);
  const second = await createIncidentFolder(workspace, { ...incident, id: 'two' });
  expect(path.basename(second)).toBe('2026-11-21-sms-pumping-2');
  expect(await readFile(path.join(first, 'incident.json'), 'utf8')).toContain('"id": "one"');
});

test('a workspace that cannot be written gives a sentence', async () => {
  const file = path.join(workspace, 'incidents');
  await writeFile(file, '');
  await expect(createIncidentFolder(workspace, incident)).rejects.toThrow('The incident folder could not be written');
});

test('a folder “incidents” that is a link is not written through', async () => {
  const elsewhere = await mkdtemp(path.join(tmpdir(), 'elsewhere-'));
  await symlink(elsewhere, path.join(workspace, 'incidents'));
  await expect(createIncidentFolder(workspace, incident)).rejects.toThrow('is a link');
  expect(await readdir(elsewhere)).toEqual([]);
  await rm(elsewhere, { recursive: true });
});
