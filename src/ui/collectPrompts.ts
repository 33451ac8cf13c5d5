import * as vscode from 'vscode';
import type { Bodies } from '../core/evidence/privacy.ts';
import type { SourceId } from '../core/evidence/source.ts';
import { coverageText } from '../core/incidentView/coverageText.ts';
import type { Coverage, NamedAccount } from '../core/incidentView/facts.ts';
import { shortSid } from '../core/model/sid.ts';
import type { Window } from '../core/traffic/window.ts';
import { untrusted } from '../core/untrusted.ts';

// Each question of “Collect Evidence…”. Escape in any of them collects nothing.
const title = 'Collect Evidence';

/** Asked once per incident, before anything is collected. */
export async function askBodies(): Promise<Bodies> {
  const choice = await answered(
    vscode.window.showQuickPick(
      [
        {
          label: 'Mask one-time codes (recommended)',
          detail: 'Codes in message bodies become X before anything is written; call-back numbers and links stay.',
          bodies: 'masked' as const,
        },
        {
          label: 'Keep full message bodies',
          detail: 'Codes that still work may then lie in the incident’s folder. Recorded in the journal.',
          bodies: 'full' as const,
        },
      ],
      { title, placeHolder: 'How are message bodies kept in this incident? Asked once', ignoreFocusOut: true },
    ),
  );
  return choice.bodies;
}

/** Whether to go on with what there is already, or to choose. `what` describes the first entry. */
export async function askAgain(what: { readonly label: string; readonly detail: string }): Promise<'again' | 'choose'> {
  const choice = await answered(
    vscode.window.showQuickPick(
      [
        { ...what, next: 'again' as const },
        {
          label: '$(list-selection) Choose sources…',
          detail: 'What is complete is not read again.',
          next: 'choose' as const,
        },
      ],
      { title },
    ),
  );
  return choice.next;
}

/** A source as it is offered: its state over all accounts. */
export type OfferedSource = Omit<Coverage, 'account'>;

export async function askSources(offered: readonly OfferedSource[], window: Window): Promise<readonly SourceId[]> {
  const entries = offered.map((coverage) => ({
    label: coverage.title,
    description: untrusted(coverageText(coverage, window)).for('label'),
    picked: true,
    source: coverage.source,
  }));
  const placeHolder = 'What to collect? What Twilio forgets soonest comes first';
  const chosen = await answered(vscode.window.showQuickPick(entries, { title, placeHolder, canPickMany: true }));
  return chosen.map(({ source }) => source);
}

/** Asked only when there are several. */
export async function askCollectedAccounts(
  accounts: readonly NamedAccount[],
  main: string,
): Promise<readonly NamedAccount[]> {
  if (accounts.length <= 1) return accounts;
  const entries = accounts.map((account) => ({
    label: untrusted(account.name || account.sid).for('label'),
    description: `${shortSid(account.sid)}${account.sid === main ? ' · main account' : ''}`,
    picked: true,
    account,
  }));
  const placeHolder = 'Of which accounts?';
  const options = { title, placeHolder, canPickMany: true, matchOnDescription: true } as const;
  const chosen = await answered(vscode.window.showQuickPick(entries, options));
  return chosen.map(({ account }) => account);
}

async function answered<T>(question: Thenable<T | undefined>): Promise<T> {
  const answer = await question;
  if (answer === undefined) throw new vscode.CancellationError();
  return answer;
}
