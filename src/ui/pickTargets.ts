import * as vscode from 'vscode';
import type { Target } from '../core/accounts/nodeKind.ts';
import type { Action } from '../core/contain/action.ts';
import { shortSid } from '../core/model/sid.ts';
import subaccounts from '../core/nodes/subaccounts.ts';
import { readMore, unread } from '../core/pages.ts';
import type { Clock } from '../core/ports.ts';
import { untrusted } from '../core/untrusted.ts';
import { fromToken } from './cancellation.ts';
import type { OpenConnection } from './session.ts';

/** Lets the person choose what an action from the palette acts on, among everything it applies to. */
export async function pickTargets(action: Action, open: OpenConnection, clock: Clock): Promise<readonly Target[]> {
  const targets = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: 'Reading the subaccounts…', cancellable: true },
    (_progress, token) => allTargets(action, open, clock, token),
  );
  if (targets.length === 0) {
    await vscode.window.showQuickPick([{ label: 'No subaccount fits this action' }], { title: action.title });
    return [];
  }
  const items = targets.map((target) => ({
    label: untrusted(target.name || target.account).for('label'),
    description: shortSid(target.account),
    target,
  }));
  const chosen = await vscode.window.showQuickPick(items, {
    title: action.title,
    placeHolder: 'Choose one or more',
    canPickMany: true,
    matchOnDescription: true,
  });
  return (chosen ?? []).map(({ target }) => target);
}

async function allTargets(
  action: Action,
  open: OpenConnection,
  clock: Clock,
  token: vscode.CancellationToken,
): Promise<readonly Target[]> {
  const { account, name } = open.connection;
  const scope = { account, accountName: name, main: account, now: clock.now() };
  const targets: Target[] = [];
  for (const request of subaccounts.lists(scope)) {
    let pages = unread<unknown>(request);
    while (pages.next)
      pages = await readMore(pages, open.twilio, (item) => subaccounts.read(item, request.operation), fromToken(token));
    const rows = subaccounts.branches(pages.rows as Parameters<typeof subaccounts.branches>[0], scope);
    targets.push(...rows.flatMap(({ target }) => (target ? [target] : [])));
  }
  return targets.filter((target) => action.on === target.kind && action.applicable(target));
}
