import { expect, test, vi } from 'vitest';
import { coverage, noon } from '../core/incidentView/facts.ts';
import { createFakeVscode, type Question } from './fakeVscode.ts';

const fake = vi.hoisted(() => ({ module: {} as object }));
vi.mock('vscode', () => fake.module);
const window = { from: noon - 7 * 24 * 3_600_000, to: noon };
const asked: Question[] = [];
fake.module = createFakeVscode({
  workspace: '',
  answer: (question) => {
    asked.push(question);
    return undefined;
  },
}).module as object;

test('the list of sources says how many there are, since the days before the window are ticked in it as well', async () => {
  const { askSources } = await import('../../src/ui/collectPrompts.ts');
  const offered = [coverage(), coverage({ source: 'events', title: 'Security events' })];
  await askSources(offered, window, { days: 7, window });
  expect(asked.at(-1)?.title).toBe('Collect Evidence: 2 sources and the days before the window');
  await askSources(offered.slice(1), window, { days: 0, window });
  expect(asked.at(-1)?.title).toBe('Collect Evidence: 1 source');
  expect(asked.at(-1)?.entries).toHaveLength(1);
});
