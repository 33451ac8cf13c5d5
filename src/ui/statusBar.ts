import * as vscode from 'vscode';
import { commandId } from '../core/manifest/commands.ts';
import { shortSid } from '../core/model/sid.ts';
import { untrusted } from '../core/untrusted.ts';
import type { Session } from './session.ts';

/** `Acme · AC…12ab · read-only`: which account this window acts on, and whether it could change anything. */
export function createStatusBar(session: Session): vscode.Disposable {
  const item = vscode.window.createStatusBarItem('twilioIncident.account', vscode.StatusBarAlignment.Left, 50);
  item.name = 'Twilio Incident';
  const update = () => {
    const connection = session.current?.connection;
    if (!connection) return item.hide();
    const containment = session.mode === 'containment';
    const name = untrusted(connection.name || 'Twilio').for('label');
    const demo = connection.demo ? ' · demo' : '';
    item.text = `$(${containment ? 'unlock' : 'lock'}) ${name} · ${shortSid(connection.account)} · ${session.mode}${demo}`;
    item.tooltip = containment
      ? 'Containment mode: confirmed actions change this account. Click to go back to read-only.'
      : 'Read-only: nothing at Twilio can be changed from this window. Click to switch to containment.';
    item.accessibilityInformation = { label: `Twilio account ${name}, ${session.mode}${demo}`, role: 'button' };
    item.backgroundColor = containment ? new vscode.ThemeColor('statusBarItem.warningBackground') : undefined;
    item.command = commandId('switchMode');
    item.show();
  };
  update();
  return vscode.Disposable.from(item, session.onDidChange(update));
}
