import * as vscode from 'vscode';
import type { OpenIncident } from '../core/evidence/incidentStore.ts';
import { commandId } from '../core/manifest/commands.ts';
import { shortSid } from '../core/model/sid.ts';
import { untrusted } from '../core/untrusted.ts';
import type { ActiveIncident } from './activeIncident.ts';
import type { Session } from './session.ts';

/**
 * `Acme · AC…12ab · read-only`: which account this window acts on, and whether it could change anything; the tooltip names the incident.
 * Without an account the incident itself.
 */
export function createStatusBar(session: Session, incidents: ActiveIncident): vscode.Disposable {
  const item = vscode.window.createStatusBarItem('twilioIncident.account', vscode.StatusBarAlignment.Left, 50);
  item.name = 'Twilio Incident';
  const update = () => {
    const connection = session.current?.connection;
    const incident = incidents.current && incidentText(incidents.current);
    if (!connection) {
      if (incident === undefined) return item.hide();
      item.text = `$(book) ${untrusted(incidents.current?.title ?? '').for('label')}`;
      item.tooltip = incident;
      item.accessibilityInformation = { label: `Twilio: ${incident}`, role: 'button' };
      item.backgroundColor = undefined;
      item.command = commandId('openIncident');
      return item.show();
    }
    const containment = session.mode === 'containment';
    const name = untrusted(connection.name || 'Twilio').for('label');
    const demo = connection.demo ? ' · demo' : '';
    item.text = `$(${containment ? 'unlock' : 'lock'}) ${name} · ${shortSid(connection.account)} · ${session.mode}${demo}`;
    const mode = containment
      ? 'Containment mode: confirmed actions change this account. Click to go back to read-only.'
      : 'Read-only: nothing at Twilio can be changed from this window. Click to switch to containment.';
    item.tooltip = `${mode}\n${incident ?? 'No incident is open: changes are recorded for the account.'}`;
    item.accessibilityInformation = { label: `Twilio account ${name}, ${session.mode}${demo}`, role: 'button' };
    item.backgroundColor = containment ? new vscode.ThemeColor('statusBarItem.warningBackground') : undefined;
    item.command = commandId('switchMode');
    item.show();
  };
  update();
  return vscode.Disposable.from(item, session.onDidChange(update), incidents.onDidChange(update));
}

function incidentText({ title, journal }: OpenIncident): string {
  const name = untrusted(title).for('label');
  return journal.readOnly === undefined
    ? `Incident: ${name}`
    : `Incident, read-only: ${name}. ${untrusted(journal.readOnly).for('label')}`;
}
