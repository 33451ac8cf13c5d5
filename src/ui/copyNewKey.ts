import * as vscode from 'vscode';
import { UserError } from '../core/errors.ts';
import { shortSid } from '../core/model/sid.ts';
import { phrase } from '../core/untrusted.ts';
import type { ConnectionStore } from './connectionStore.ts';
import { say } from './say.ts';
import type { Session } from './session.ts';

/** Puts the secret of a key that was made here on the clipboard: the one place it goes to besides the secret storage. */
export async function copyNewKey(
  session: Session,
  store: Pick<ConnectionStore, 'keptKeys' | 'keptKeySecret'>,
): Promise<void> {
  const open = session.current;
  const keys = open ? store.keptKeys(open.connection) : [];
  if (!open || keys.length === 0)
    throw new UserError(
      'bad-input',
      'No secret of a key made here is kept. If a key was made and its secret did not arrive, delete that key and make another.',
    );
  const items = keys
    .map(({ sid, account }) => ({ label: `$(key) ${sid}`, description: `of ${shortSid(account)}`, sid }))
    .toReversed();
  const choice = await vscode.window.showQuickPick(items, {
    title: 'Copy Replacement Key: the secret of which one?',
    placeHolder: 'The secret goes to the clipboard. Give it to the programs that need it, then clear the clipboard',
  });
  if (!choice) return;
  const secret = await store.keptKeySecret(open.connection, choice.sid);
  if (secret === undefined)
    throw new UserError(
      'not-found',
      'VS Code’s secret storage does not have this secret, and Twilio shows it once only. Delete the key and make another.',
    );
  await vscode.env.clipboard.writeText(secret);
  void say.info(phrase('toast')`The secret of ${choice.sid} is on the clipboard.`);
}
