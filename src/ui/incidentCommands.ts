import * as vscode from 'vscode';
import { UserError } from '../core/errors.ts';
import type { IncidentStore, ListedIncident, OpenIncident } from '../core/evidence/incidentStore.ts';
import { type Incident, incidentTypes } from '../core/model/incident.ts';
import { windowText } from '../core/model/incidentWindow.ts';
import type { Clock } from '../core/ports.ts';
import { phrase, untrusted } from '../core/untrusted.ts';
import type { ActiveIncident } from './activeIncident.ts';
import { askAccounts, askTitle, askType, askWindow } from './incidentPrompts.ts';
import type { Recorder } from './recorder.ts';
import { say } from './say.ts';
import type { Session } from './session.ts';
import { chooseFolder, foldersOnDisk } from './workspaceFolder.ts';

export interface IncidentCommandParts {
  readonly session: Session;
  readonly incidents: ActiveIncident;
  readonly recorder: Recorder;
  readonly store: () => Promise<IncidentStore>;
  readonly clock: Clock;
  readonly newId: () => string;
}

/** Starting, opening and closing incidents. */
export function createIncidentCommands({ session, incidents, recorder, store, clock, newId }: IncidentCommandParts) {
  /** Makes the folder, makes it the active incident, and tells its journal what was done before. */
  async function begin(workspace: string, details: Omit<Incident, 'id' | 'status' | 'created'>): Promise<OpenIncident> {
    const incident: Incident = { ...details, id: newId(), status: 'open', created: clock.now() };
    const folder = await (await store()).create(workspace, incident);
    const opened = await incidents.open(folder);
    if (opened.journal.readOnly !== undefined) throw new UserError('not-allowed', opened.journal.readOnly);
    const listed = new Set<string>(incident.accounts.map(({ sid }) => sid));
    const main = session.current?.connection.account;
    const concerned = main === undefined || listed.has(main) ? session.steps : [];
    await recorder.carryOver(concerned, opened);
    return opened;
  }
  return {
    begin,
    /** Opens the incident this workspace was on, and says so only when something is wrong with it. */
    async restore(): Promise<void> {
      await incidents.restore();
      const opened = incidents.current;
      // Restricted Mode is said by VS Code itself.
      const wrong = opened?.journal.trimmed ?? (vscode.workspace.isTrusted ? opened?.journal.readOnly : undefined);
      if (opened && wrong !== undefined) report(opened);
    },
    async start(): Promise<void> {
      const workspace = await chooseFolder();
      const open = session.current;
      const type = await askType();
      const title = await askTitle('Start Incident', type ? incidentTypes[type] : 'Twilio incident');
      const accounts = open ? await askAccounts(open, clock.now()) : [];
      const window = await askWindow(clock.now());
      const details = { title, ...(type && { type }), accounts, window };
      await begin(workspace.uri.fsPath, details);
      void say.info(phrase('toast')`${title} is open. What is done and written from now on is recorded in it.`);
    },
    async open(): Promise<void> {
      const found = await Promise.all(foldersOnDisk().map(async ({ uri }) => (await store()).list(uri.fsPath)));
      const entries = found.flat().map((listed) => ({ ...entry(listed), listed }));
      if (entries.length === 0)
        throw new UserError(
          'bad-input',
          'There is no incident in this workspace. “Start Incident…” makes one; earlier ones are looked for in the folder “incidents” of each workspace folder.',
        );
      const choice = await vscode.window.showQuickPick(entries, {
        title: 'Open Incident',
        placeHolder: 'No account is needed to look at one',
        matchOnDescription: true,
      });
      if (choice) report(await incidents.open(choice.listed.folder));
    },
    async close(): Promise<void> {
      const { current } = incidents;
      if (!current) throw new UserError('bad-input', 'No incident is open.');
      await incidents.close();
      void say.info(phrase('toast')`${current.title} is closed. Its folder stays; “Open Incident…” continues it.`);
    },
  };
}

function report({ title, journal }: OpenIncident): void {
  if (journal.readOnly !== undefined)
    return void say.warning(phrase('toast')`${title} is open read-only. ${journal.readOnly}`);
  if (journal.trimmed)
    return void say.warning(
      phrase(
        'toast',
      )`${title} is open. The last write was cut off by a crash: ${journal.trimmed.bytes} bytes were taken off the journal and kept in ${journal.trimmed.file ?? ''}. Nothing that was recorded is lost.`,
    );
  void say.info(phrase('toast')`${title} is open; its journal is whole (${journal.records.length} records).`);
}

function entry({ folder, opened }: ListedIncident): vscode.QuickPickItem {
  const name = untrusted(folder.replace(/^.*[\\/]/, '')).for('label');
  if (opened instanceof UserError)
    return { label: `$(warning) ${name}`, detail: untrusted(opened.message).for('label') };
  if (opened.readOnly)
    return {
      label: `$(lock) ${untrusted(opened.title ?? '').for('label') || name}`,
      description: name,
      detail: `Format ${opened.format}, which a later version of this extension writes: opens read-only.`,
    };
  const { title, type, status, window } = opened.incident;
  return {
    label: untrusted(title).for('label'),
    description: name,
    detail: [status, type && incidentTypes[type], `${windowText(window)} UTC`].filter(Boolean).join(' · '),
  };
}
