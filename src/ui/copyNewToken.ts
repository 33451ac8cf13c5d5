import * as vscode from 'vscode';
import { UserError } from '../core/errors.ts';
import { shortSid } from '../core/model/sid.ts';
import { phrase } from '../core/untrusted.ts';
import type { ConnectionStore } from './connectionStore.ts';
import { say } from './say.ts';
import type { Session } from './session.ts';

/** Puts a token that was made by a rotation here on the clipboard: the one place it goes to besides the secret storage. */
export async function copyNewToken(
  session: Session,
  store: Pick<ConnectionStore, 'keptAccounts' | 'keptToken'>,
): Promise<void> {
  const open = session.current;
  const accounts = open ? store.keptAccounts(open.connection) : [];
  if (!open || accounts.length === 0)
    throw new UserError('bad-input', 'No Auth Token of this account was rotated here, so there is none to copy.');
  const items = accounts.map((account) => ({ label: `$(key) ${shortSid(account)}`, description: account, account }));
  const choice = await vscode.window.showQuickPick(items, {
    title: 'Copy Rotated Auth Token: of which account?',
    placeHolder: 'It goes to the clipboard. Give it to the programs that need it, then clear the clipboard',
  });
  if (!choice) return;
  const token = await store.keptToken(open.connection, choice.account);
  if (token === undefined)
    throw new UserError(
      'not-found',
      'VS Code’s secret storage no longer has this token. Look it up in the Twilio Console.',
    );
  await vscode.env.clipboard.writeText(token);
  void say.info(phrase('toast')`The Auth Token of ${shortSid(choice.account)} is on the clipboard.`);
}
