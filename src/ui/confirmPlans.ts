import * as vscode from 'vscode';
import { cliText } from '../core/contain/cliText.ts';
import { askedText, isConfirmed, typedConfirmation } from '../core/contain/confirmation.ts';
import type { Plan } from '../core/contain/plan.ts';
import { changesText, plansText } from '../core/contain/planSummary.ts';
import type { Connection } from '../core/model/connection.ts';
import { planLabel } from './containmentText.ts';
import type { TextPreview } from './textPreview.ts';

export interface Confirming {
  readonly connection: Connection;
  readonly preview: TextPreview;
  /** Epoch milliseconds. */
  readonly now: number;
  /** What happens before the first request, as Markdown. */
  readonly first: string;
}

/**
 * Shows what was `made` in the editor and asks once for all that has something to do (`plans`). What is refused or already so is told too,
 * so that nobody takes it for done.
 */
export async function confirmPlans(
  made: readonly Plan[],
  plans: readonly Plan[],
  { connection, preview, now, first }: Confirming,
): Promise<boolean> {
  const id = plans[0]?.id ?? '';
  await preview.show(id, 'Plan', [plansText(made, connection, now), first].join('\n'));
  const what =
    plans.length === 1 ? plans.map(planLabel).join() : `The plan: ${changesText(plans)} in ${plans.length} steps`;
  // The first entry is what Enter takes: a confirmation must be chosen, never hit by accident.
  const choice = await vscode.window.showQuickPick(
    [
      { label: '$(close) Change nothing', chosen: 'nothing' },
      {
        label: `$(check) ${what}`,
        detail: 'Sends the requests shown in the plan, then reads the result back',
        chosen: 'go',
      },
      {
        label: '$(copy) Copy as Twilio CLI, and change nothing',
        detail: 'The same requests as commands for a terminal',
        chosen: 'copy',
      },
    ],
    { title: 'Read the plan in the editor first', ignoreFocusOut: true },
  );
  if (choice?.chosen === 'copy') await vscode.env.clipboard.writeText(plans.map(cliText).join(''));
  const confirmed = choice?.chosen === 'go' && (await typed(plans));
  await preview.close(id);
  return confirmed;
}

/** What cannot be undone is not done by choosing alone. */
async function typed(plans: readonly Plan[]): Promise<boolean> {
  const asked = typedConfirmation(plans);
  if (!asked) return true;
  const answer = await vscode.window.showInputBox({
    title: 'This cannot be undone',
    prompt: `Type ${askedText(asked)}${asked.parts.length > 1 ? ', with commas between' : ''}`,
    ignoreFocusOut: true,
    validateInput: (text) => (isConfirmed(asked, text) ? undefined : sentence(askedText(asked))),
  });
  return answer !== undefined && isConfirmed(asked, answer);
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
