import * as vscode from 'vscode';
import type { Bodies } from '../core/evidence/privacy.ts';
import type { SourceId } from '../core/evidence/source.ts';
import { coverageText } from '../core/incidentView/coverageText.ts';
import type { Coverage, NamedAccount } from '../core/incidentView/facts.ts';
import { span } from '../core/model/age.ts';
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
          detail: 'Codes in texts become X before anything is written; links stay.',
          bodies: 'masked' as const,
        },
        {
          label: 'Keep full message bodies',
          detail: 'Codes that still work may lie in the folder. Recorded in the journal.',
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

/** Days before what is to be collected that would tell what is usual in it; 0 when it is long enough itself. */
interface Usual {
  readonly days: number;
  readonly window: Window;
}

/** `heldFor`: the window that the offered are held against. */
export async function askSources(
  offered: readonly OfferedSource[],
  heldFor: Window,
  usual: Usual,
): Promise<{ readonly ids: readonly SourceId[]; readonly withUsual: boolean }> {
  const entries: (vscode.QuickPickItem & { readonly source?: SourceId })[] = offered.map((coverage) => ({
    label: coverage.title,
    description: untrusted(coverageText(coverage, heldFor)).for('label'),
    picked: true,
    source: coverage.source,
  }));
  const sources = `${offered.length} ${offered.length === 1 ? 'source' : 'sources'}`;
  // The list counts what is ticked, and the days before are no source.
  const also = usual.days > 0 ? ' and the days before the window' : '';
  if (usual.days > 0)
    entries.push(
      { label: `beside the ${sources}`, kind: vscode.QuickPickItemKind.Separator },
      { ...usualEntry(usual), picked: true },
    );
  const chosen = await answered(
    vscode.window.showQuickPick(entries, {
      title: `${title}: ${sources}${also}`,
      placeHolder: 'What Twilio forgets soonest comes first',
      canPickMany: true,
    }),
  );
  return {
    ids: chosen.flatMap(({ source }) => source ?? []),
    withUsual: chosen.some(({ source }) => source === undefined),
  };
}

/** What it costs is told by the window’s own length: nobody knows the messages before they are read. */
function usualEntry({ days, window: { from, to } }: Usual): vscode.QuickPickItem {
  const times = days / Math.max(1, (to - from) / span.day);
  const costs = times > 0.9 && times < 1.1 ? 'as much' : `${times.toFixed(1)} times as much`;
  return {
    label: `What was usual: ${days} ${days === 1 ? 'day' : 'days'} of traffic before the window`,
    description: `${costs} to read as the traffic in the window`,
    detail: 'Lets the detector and every indicator judge; never counted as the incident’s.',
  };
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
