import * as vscode from 'vscode';
import { hasMore, loadMore, present, unreadCollection } from '../core/accounts/collection.ts';
import type { Scope } from '../core/accounts/nodeKind.ts';
import type { Action } from '../core/contain/action.ts';
import { type Candidate, candidates, isWithinAccount } from '../core/contain/candidates.ts';
import type { Target } from '../core/contain/target.ts';
import { shortSid } from '../core/model/sid.ts';
import subaccounts from '../core/nodes/subaccounts.ts';
import verifyServices from '../core/nodes/verifyServices.ts';
import type { Clock } from '../core/ports.ts';
import { isSafeNumber } from '../core/twilio/patterns.ts';
import { untrusted } from '../core/untrusted.ts';
import { askNewKey, askUsageTrigger, askVerifyLimit } from './askTargets.ts';
import { fromToken } from './cancellation.ts';
import type { OpenConnection } from './session.ts';

interface Account {
  readonly scope: Scope;
  readonly name: string;
}

/** Lets the person choose what an action acts on, among everything it applies to: in all accounts, or in one they choose first. */
export async function pickTargets(
  action: Action,
  open: OpenConnection,
  clock: Clock,
  ownKeys: () => Promise<ReadonlySet<string>>,
  within?: Account,
): Promise<readonly Target[]> {
  const title = action.title.replace('…', '');
  const from = within ?? (isWithinAccount(action) ? await pickAccount(title, open, clock) : ownAccount(open, clock));
  if (!from) return [];
  const { account } = from.scope;
  if (action.on === 'safeNumber') return askNumber(title, from);
  if (action.on === 'newApiKey') return askNewKey(title, account, clock.now());
  if (action.on === 'newUsageTrigger') return askUsageTrigger(title, account);
  if (action.on === 'newVerifyLimit') {
    const service = await pickService(title, from, open);
    return service === undefined ? [] : askVerifyLimit(title, account, service);
  }
  const scope = { ...from.scope, ownKeys: await ownKeys() };
  const found = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: 'Reading what this could be done to…', cancellable: true },
    (_progress, token) => candidates(action, { ...from, scope, twilio: open.twilio, cancel: fromToken(token) }),
  );
  if (found.length === 0) {
    await vscode.window.showQuickPick([{ label: 'Nothing there that this applies to' }], { title });
    return [];
  }
  const chosen = await vscode.window.showQuickPick(found.map(entry), {
    title,
    placeHolder: 'Choose one or more',
    canPickMany: true,
    matchOnDescription: true,
    matchOnDetail: true,
    ignoreFocusOut: true,
  });
  return (chosen ?? []).map(({ target }) => target);
}

/** The Verify service in which something is to be made. */
async function pickService(title: string, { scope }: Account, { twilio }: OpenConnection): Promise<string | undefined> {
  const services = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: 'Reading the Verify services…', cancellable: true },
    async (_progress, token) => {
      let list = unreadCollection(verifyServices, scope);
      while (hasMore(list) && !list.failure) list = await loadMore(list, twilio, fromToken(token));
      return present(list).branches;
    },
  );
  const choice = await vscode.window.showQuickPick(
    services.map(({ id, label, description = '' }) => ({
      label: untrusted(label).for('label'),
      description: untrusted(description).for('label'),
      id,
    })),
    { title: `${title}: in which Verify service?`, ignoreFocusOut: true },
  );
  return choice?.id;
}

/** The safe list cannot be read, so the number is asked for. */
async function askNumber(title: string, { scope: { account } }: Account): Promise<readonly Target[]> {
  const text = await vscode.window.showInputBox({
    title,
    prompt: 'A number as +14155550100, or a thousand of them as +1415555xxx',
    ignoreFocusOut: true,
    validateInput: (typed) => (isSafeNumber(typed.trim()) ? undefined : 'Write it as +14155550100 or +1415555xxx'),
  });
  const name = text?.trim() ?? '';
  return isSafeNumber(name) ? [{ kind: 'safeNumber', account, name }] : [];
}

function entry({ target, label, description, reason }: Candidate) {
  return {
    label: untrusted(label).for('label'),
    description: untrusted(description).for('label'),
    ...(reason !== undefined && { detail: untrusted(reason).for('label') }),
    target,
  };
}

function ownAccount({ connection }: OpenConnection, clock: Clock): Account {
  const { account, name } = connection;
  return { scope: { account, main: account, now: clock.now() }, name };
}

/** An account to act in: asks only where there is a choice. `undefined` when the person leaves it. */
export async function pickAccount(title: string, open: OpenConnection, clock: Clock): Promise<Account | undefined> {
  const own = ownAccount(open, clock);
  const subs = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: 'Reading the subaccounts…', cancellable: true },
    async (_progress, token) => {
      let list = unreadCollection(subaccounts, own.scope);
      while (hasMore(list) && !list.failure) list = await loadMore(list, open.twilio, fromToken(token));
      // An API key may see no subaccounts and still contain its own account.
      return present(list).branches.flatMap(({ target }) => (target?.kind === 'subaccount' ? [target] : []));
    },
  );
  const others = subs.filter(({ status }) => status !== 'closed');
  if (others.length === 0) return own;
  const choice = await vscode.window.showQuickPick(
    [
      {
        label: untrusted(own.name || own.scope.account).for('label'),
        description: `${shortSid(own.scope.account)} · main account`,
        account: own,
      },
      ...others.map(({ account, name, status }) => ({
        label: untrusted(name || account).for('label'),
        description: `${shortSid(account)}${status === 'active' ? '' : ` · ${untrusted(status).for('label')}`}`,
        account: { scope: { ...own.scope, account }, name },
      })),
    ],
    { title: `${title}: in which account?`, matchOnDescription: true, ignoreFocusOut: true },
  );
  return choice?.account;
}
