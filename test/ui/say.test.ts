import { expect, test, vi } from 'vitest';
import { phrase } from '../../src/core/untrusted.ts';
import { createFakeVscode, type Question } from './fakeVscode.ts';

const fake = vi.hoisted(() => ({ module: {} as object }));
vi.mock('vscode', () => fake.module);
const shown: Question[] = [];
let pressed: string | undefined;
fake.module = createFakeVscode({
  workspace: '',
  answer: (question) => {
    shown.push(question);
    return pressed;
  },
}).module as object;

test('a text that VS Code would cut to one line gets a button, so that it is shown whole; the button is no answer', async () => {
  const { say } = await import('../../src/ui/say.ts');
  pressed = 'OK';
  expect(await say.info(phrase('toast')`The journal is whole.`)).toBeUndefined();
  expect(await say.warning(phrase('toast')`${'A sentence. '.repeat(9)}What to do stands at the end.`)).toBeUndefined();
  expect(shown.map(({ entries }) => entries)).toEqual([[], ['OK']]);
});

test('buttons stay as they are, and the one pressed is the answer', async () => {
  const { say } = await import('../../src/ui/say.ts');
  pressed = 'Show Incident';
  expect(await say.error(phrase('toast')`${'A sentence. '.repeat(9)}`, 'Show Incident')).toBe('Show Incident');
  expect(shown.at(-1)?.entries).toEqual(['Show Incident']);
});
