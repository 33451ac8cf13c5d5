import * as vscode from 'vscode';
import type { ExportType } from '../core/bulkExport/exportedDay.ts';
import type { Outlook } from '../core/bulkExport/outlook.ts';
import type { NamedAccount } from '../core/incidentView/facts.ts';
import { shortSid } from '../core/model/sid.ts';
import { untrusted } from '../core/untrusted.ts';

// The questions of “Collect Baseline (BulkExport)…”. Escape in any of them changes and collects nothing.
const title = 'Collect Baseline';

export async function askTypes(days: readonly string[]): Promise<readonly ExportType[]> {
  const entries = [
    { label: 'Messages', picked: true, type: 'Messages' as const },
    { label: 'Calls', picked: false, type: 'Calls' as const },
  ];
  const placeHolder = `What of ${days[0]} to ${days.at(-1)} (${days.length} days, UTC)?`;
  const chosen = await answered(vscode.window.showQuickPick(entries, { title, placeHolder, canPickMany: true }));
  return chosen.map(({ type }) => type);
}

/** Asked only when there are several. */
export async function askBaselineAccounts(accounts: readonly NamedAccount[]): Promise<readonly NamedAccount[]> {
  if (accounts.length <= 1) return accounts;
  const entries = accounts.map((account) => ({
    label: untrusted(account.name || account.sid).for('label'),
    description: shortSid(account.sid),
    picked: true,
    account,
  }));
  const options = { title, placeHolder: 'Of which accounts?', canPickMany: true, matchOnDescription: true } as const;
  const chosen = await answered(vscode.window.showQuickPick(entries, options));
  return chosen.map(({ account }) => account);
}

/** `fetch`: what lies there; `wait`: that and what jobs will bring; `order`: the rest, too. */
export type NextStep = 'fetch' | 'wait' | 'order';

/** What to do about the baseline: only what there is to do is offered, and nothing of it changes anything at Twilio by itself. */
export async function askNextStep({ captured, ready, underWay, orders, toOrder }: Outlook): Promise<NextStep> {
  const entries = [
    ...(ready > 0
      ? [
          {
            label: `$(cloud-download) Download the ${ready} days that are exported already`,
            detail: 'Reads only. Twilio logs each download.',
            step: 'fetch' as const,
          },
        ]
      : []),
    ...(underWay > 0
      ? [
          {
            label: `$(clock) Wait for the ${underWay} days Twilio works on, and download all`,
            detail: 'Reads only. Can be stopped and continued at any time.',
            step: 'wait' as const,
          },
        ]
      : []),
    ...(toOrder > 0
      ? [
          {
            label: `$(mail) Order the ${toOrder} other days at Twilio…`,
            detail: `Creates ${orders.length === 1 ? 'an export job' : `${orders.length} export jobs`}; Twilio e-mails owners and administrators. Shown first.`,
            step: 'order' as const,
          },
        ]
      : []),
  ];
  const placeHolder = captured > 0 ? `${captured} days are captured already` : 'No day is captured yet';
  return (await answered(vscode.window.showQuickPick(entries, { title, placeHolder, ignoreFocusOut: true }))).step;
}

/** True when the orders, shown in an editor beside, shall be sent. The first entry is what Enter takes, and it changes nothing. */
export async function confirmOrders(jobs: number): Promise<boolean> {
  const choice = await vscode.window.showQuickPick(
    [
      { label: '$(close) Change nothing', go: false },
      {
        label: `$(check) Create ${jobs === 1 ? 'the export job' : `the ${jobs} export jobs`}`,
        detail: 'Sends the requests shown in the editor, reads them back, then waits for the files',
        go: true,
      },
    ],
    { title: 'Order a baseline? Read in the editor what Twilio does first', ignoreFocusOut: true },
  );
  return choice?.go === true;
}

async function answered<T>(question: Thenable<T | undefined>): Promise<T> {
  const answer = await question;
  if (answer === undefined) throw new vscode.CancellationError();
  return answer;
}
