import { expect, test, vi } from 'vitest';
import { freshFolder } from '../adapters/evidence/journals.ts';
import { createFakeVscode } from './fakeVscode.ts';

const fake = vi.hoisted(() => ({ module: {} as object }));
vi.mock('vscode', () => fake.module);

const folder = freshFolder();

test('the view is drawn anew whenever something that was recorded has ended, also when it failed', async () => {
  fake.module = createFakeVscode({ workspace: folder.path, answer: () => undefined }).module as object;
  const { createActiveIncident } = await import('../../src/ui/activeIncident.ts');
  const { createIncidentView } = await import('../../src/ui/incidentView.ts');
  const memory = { get: () => undefined, keys: () => [], update: async () => undefined };
  const incidents = createActiveIncident(() => Promise.reject(new Error('not asked for')), memory);
  const view = createIncidentView({ incidents, picture: async () => undefined });
  let drawn = 0;
  view.provider.onDidChangeTreeData?.(() => {
    drawn += 1;
  });
  const working = Promise.withResolvers<void>();
  const work = incidents.hold(() => working.promise);
  expect([drawn, incidents.held]).toEqual([0, expect.stringContaining('being recorded')]);
  working.resolve();
  await work;
  expect([drawn, incidents.held]).toEqual([1, undefined]);
  await expect(incidents.hold(() => Promise.reject(new Error('disk full')))).rejects.toThrow('disk full');
  expect(drawn).toBe(2);
});
