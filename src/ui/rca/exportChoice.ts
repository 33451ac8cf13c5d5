import * as vscode from 'vscode';
import type { Unfinished } from '../../core/rca/unfinished.ts';
import { phrase, untrusted } from '../../core/untrusted.ts';

export type ExportChoice = 'html' | 'md' | 'show question' | 'refresh';

interface ChoiceItem extends vscode.QuickPickItem {
  readonly choice?: ExportChoice;
}

/**
 * Asks how the RCA is exported. What is not finished is said before, and the ways back to it come first: whoever only presses Enter
 * exports nothing unfinished.
 */
export async function askExport(state: Unfinished, wholeNumbers: boolean): Promise<ExportChoice | undefined> {
  const { questions, first, later, sentence } = state;
  const many = questions === 1 ? 'the Open Question' : `the First of ${questions} Open Questions`;
  const back: readonly ChoiceItem[] = [
    ...(first
      ? [
          {
            label: `$(arrow-left) Show ${many}`,
            detail: phrase(
              'label',
            )`Exports nothing. Line ${first.line + 1}: ${first.question || 'a cell to be filled in'}`,
            choice: 'show question' as const,
          },
        ]
      : []),
    ...(later > 0
      ? [
          {
            label: '$(refresh) Refresh RCA First',
            detail: 'Rewrites its generated parts from the evidence, then asks again.',
            choice: 'refresh' as const,
          },
        ]
      : []),
  ];
  const heading: readonly ChoiceItem[] =
    back.length === 0 ? [] : [{ label: 'Export it as it is', kind: vscode.QuickPickItemKind.Separator }];
  const items: readonly ChoiceItem[] = [
    ...back,
    ...heading,
    {
      label: 'Web page (HTML)',
      detail: 'One file with its figures inside. For a PDF, print it from a browser.',
      choice: 'html',
    },
    {
      label: 'Twilio’s form (plain Markdown)',
      detail: 'The four questions, without figures and markers.',
      choice: 'md',
    },
  ];
  const told = [sentence, wholeNumbers ? 'phone numbers are whole in it' : ''].filter((part) => part !== '').join('; ');
  const placeHolder = untrusted(told === '' ? 'As it is now' : `${told}.`).for('label');
  return (await vscode.window.showQuickPick(items, { title: 'Export RCA', placeHolder }))?.choice;
}
