import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { createIncidentStore } from '../../../src/adapters/evidence/incidentStore.ts';
import { newIncident, reopened } from './captures.ts';
import { clock, freshFolder, memoryAnchors } from './journals.ts';

const workspace = freshFolder();
const store = createIncidentStore({ anchors: memoryAnchors(), clock });

test('a status is in the journal and in incident.json, where everything else stays', async () => {
  const opened = await newIncident(workspace.path);
  const file = path.join(opened.folder, 'incident.json');
  const before = JSON.parse(await readFile(file, 'utf8'));
  await writeFile(file, JSON.stringify({ ...before, colour: 'kept for a later version' }));
  await store.setStatus(opened, 'contained');
  expect(opened.journal.records.at(-1)).toMatchObject({ type: 'status', from: 'open', to: 'contained' });
  expect(JSON.parse(await readFile(file, 'utf8'))).toEqual({
    ...before,
    colour: 'kept for a later version',
    status: 'contained',
  });
  const again = await reopened(opened);
  expect(again.incident?.status).toBe('contained');
  await again.journal.close();
});

test('a status is refused when the incident is read-only or its description is gone, and nothing is recorded', async () => {
  const opened = await newIncident(workspace.path);
  const records = opened.journal.records.length;
  await rm(path.join(opened.folder, 'incident.json'));
  await expect(store.setStatus(opened, 'closed')).rejects.toThrow('it has no incident.json');
  expect(opened.journal.records.length).toBe(records);
  await opened.journal.close();

  const locked = await store.open((await newIncident(workspace.path)).folder, {
    viewOnly: 'Looked at only.',
    patience: 0,
  });
  await expect(store.setStatus(locked, 'closed')).rejects.toThrow('Looked at only.');
});

test('a window is in the journal with the one before, and in incident.json; nothing else there changes', async () => {
  const opened = await newIncident(workspace.path);
  const file = path.join(opened.folder, 'incident.json');
  const before = JSON.parse(await readFile(file, 'utf8'));
  await store.setWindow(opened, {
    from: Date.parse('2026-11-21T06:00:00Z'),
    to: Date.parse('2026-11-21T09:00:00Z'),
  });
  const window = { from: '2026-11-21T06:00:00.000Z', to: '2026-11-21T09:00:00.000Z' };
  expect(opened.journal.records.at(-1)).toMatchObject({ type: 'window', ...window, was: before.window });
  expect(JSON.parse(await readFile(file, 'utf8'))).toEqual({ ...before, window });
  const again = await reopened(opened);
  expect(again.incident?.window).toEqual({ from: Date.parse(window.from), to: Date.parse(window.to) });
  await again.journal.close();
});
