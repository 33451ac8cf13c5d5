import { beforeEach, expect, test, vi } from 'vitest';
import type { IncidentCommandParts } from '../../src/ui/incidentCommands.ts';
import { createFakeVscode } from './fakeVscode.ts';

const fake = vi.hoisted(() => ({ module: {} as object }));
vi.mock('vscode', () => fake.module);

let chosen = (entries: readonly unknown[]): unknown => entries[0];
const vscode = createFakeVscode({
  workspace: '/',
  answer: ({ kind, entries }) => (kind === 'pick' ? chosen(entries) : undefined),
});
fake.module = vscode.module as object;

const opened: unknown[] = [];
const readOnly = 'Not sealed here: 3 of its 3 records.';
const foreign = { folder: '/incidents/a', title: 'Pumping', journal: { readOnly, adoptable: true, records: [] } };

/** Runs `Continue It Here…` while this incident is open. */
async function continuing(current: object | undefined, meanwhile?: object) {
  const { createIncidentCommands } = await import('../../src/ui/incidentCommands.ts');
  const incidents = {
    current,
    open: async (...how: unknown[]) => {
      opened.push(how);
      return { ...foreign, journal: { records: [], unsealed: 3 } };
    },
  };
  const choose = chosen;
  chosen = (entries) => {
    if (meanwhile) incidents.current = meanwhile;
    return choose(entries);
  };
  const parts = { incidents, background: () => undefined } as object as IncidentCommandParts;
  await createIncidentCommands(parts).continueHere();
}

beforeEach(() => {
  opened.length = 0;
  chosen = (entries) => entries[1];
});

test('an incident of another computer is continued here when somebody chooses so', async () => {
  await continuing(foreign);
  expect(opened).toEqual([['/incidents/a', true]]);
});

test('it stays as it is by the first entry, and when another was opened meanwhile', async () => {
  await continuing(foreign, { ...foreign });
  chosen = (entries) => entries[0];
  await continuing(foreign);
  expect(opened).toEqual([]);
});

test.each([
  ['none is open', undefined],
  ['it is damaged', { ...foreign, journal: { readOnly: 'Damaged.', records: [] } }],
])('it is refused aloud when %s', async (_why, current) => {
  await expect(continuing(current)).rejects.toThrow('No incident is open that another computer or window recorded.');
  expect(opened).toEqual([]);
});
