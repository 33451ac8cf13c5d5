import * as vscode from 'vscode';
import { hasMore, loadMore, present, unreadCollection } from '../core/accounts/collection.ts';
import type { Target } from '../core/accounts/nodeKind.ts';
import type { Action } from '../core/contain/action.ts';
import { UserError } from '../core/errors.ts';
import { shortSid } from '../core/model/sid.ts';
import subaccounts from '../core/nodes/subaccounts.ts';
import type { Cancellation, Clock } from '../core/ports.ts';
import { untrusted } from '../core/untrusted.ts';
import { fromToken } from './cancellation.ts';
import type { OpenConnection } from './session.ts';

/** Lets the person choose what an action from the palette acts on, among everything it applies to. */
export async function pickTargets(action: Action, open: OpenConnection, clock: Clock): Promise<readonly Target[]> {
  const targets = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: 'Reading the subaccounts…', cancellable: true },
    (_progress, token) => allTargets(action, open, clock, fromToken(token)),
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
  cancel: Cancellation,
): Promise<readonly Target[]> {
  const { account } = open.connection;
  let list = unreadCollection(subaccounts, { account, main: account, now: clock.now() });
  while (hasMore(list) && !list.failure) list = await loadMore(list, open.twilio, cancel);
  if (list.failure) throw new UserError('bad-reply', list.failure);
  const targets = present(list).branches.flatMap(({ target }) => (target ? [target] : []));
  return targets.filter((target) => action.on === target.kind && action.applicable(target));
}
