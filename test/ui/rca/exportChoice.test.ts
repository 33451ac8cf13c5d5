import { expect, test, vi } from 'vitest';
import type { Unfinished } from '../../../src/core/rca/unfinished.ts';

interface Shown {
  readonly items: readonly { readonly label: string; readonly detail?: string; readonly kind?: number }[];
  readonly placeHolder: string;
}
const fake = vi.hoisted(() => ({ answer: '', shown: { items: [], placeHolder: '' } as Shown }));
vi.mock('vscode', () => ({
  QuickPickItemKind: { Separator: -1 },
  window: {
    showQuickPick: async (items: Shown['items'], { placeHolder }: { placeHolder: string }) => {
      fake.shown = { items, placeHolder };
      return items.find(({ label }) => label.includes(fake.answer));
    },
  },
}));

const done: Unfinished = { questions: 0, later: 0, findings: 0, sentence: '' };
const draft: Unfinished = {
  ...done,
  questions: 12,
  first: { line: 30, question: '$(x) When was it discovered?' },
  later: 3,
  sentence: 'Status Draft; 12 places marked ✍ are not answered; the journal has 3 newer records',
};
async function asked(state: Unfinished, answer: string, whole = false) {
  const { askExport } = await import('../../../src/ui/rca/exportChoice.ts');
  fake.answer = answer;
  return { choice: await askExport(state, whole), ...fake.shown };
}

test('what is not finished is said, and the way back to the first question comes before any export', async () => {
  const { choice, items, placeHolder } = await asked(draft, 'Show the First of 12 Open Questions');
  expect(choice).toBe('show question');
  expect(items.map(({ label }) => label)).toEqual([
    '$(arrow-left) Show the First of 12 Open Questions',
    '$(refresh) Refresh RCA First',
    'Export it as it is',
    'Web page (HTML)',
    'Twilio’s form (plain Markdown)',
  ]);
  expect(items[0]?.detail).toMatch(/^Exports nothing\. Line 31: .*When was it discovered\?$/);
  expect(items[0]?.detail).not.toContain('$(x)');
  expect(placeHolder).toBe(`${draft.sentence}.`);
  expect((await asked(draft, 'Refresh RCA First')).choice).toBe('refresh');
  expect((await asked(draft, 'Web page', true)).placeHolder).toContain('phone numbers are whole in it.');
});

test('a finished document is asked about its form only', async () => {
  const { choice, items, placeHolder } = await asked(done, 'plain Markdown');
  expect(choice).toBe('md');
  expect(items.map(({ label }) => label)).toEqual(['Web page (HTML)', 'Twilio’s form (plain Markdown)']);
  expect(placeHolder).toBe('As it is now');
  expect((await asked(done, 'none of these')).choice).toBeUndefined();
});
