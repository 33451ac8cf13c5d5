import * as vscode from 'vscode';
import { UserError } from '../core/errors.ts';
import type { IncidentStore, ListedIncident, OpenIncident } from '../core/evidence/incidentStore.ts';
import { commandId, commands } from '../core/manifest/commands.ts';
import { type Incident, incidentTypes } from '../core/model/incident.ts';
import { dayStarted } from '../core/model/incidentNames.ts';
import { windowText } from '../core/model/incidentWindow.ts';
import type { Clock } from '../core/ports.ts';
import { phrase, untrusted } from '../core/untrusted.ts';
import type { ActiveIncident } from './activeIncident.ts';
import { askAccounts, askStatus, askTitle, askType, askWindow } from './incidentPrompts.ts';
import { switchMode } from './mode.ts';
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
  /** Goes on after the command ended, such as a toast that waits for an answer. */
  readonly background: (work: () => Promise<void>) => void;
}

/** Starting, opening and closing incidents. */
export function createIncidentCommands(parts: IncidentCommandParts) {
  const { session, incidents, recorder, store, clock, newId, background } = parts;
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
  /** Says how an incident was opened, and lets the person continue one that somebody else recorded. */
  function tell(opened: OpenIncident): void {
    const { title, journal, folder } = opened;
    if (!journal.adoptable) report(opened);
    else
      background(async () => {
        const text = phrase('toast')`${title} is open read-only. ${journal.readOnly ?? ''}`;
        const answer = await say.warning(text, 'Continue It Here');
        if (answer && incidents.current === opened) report(await incidents.open(folder, true));
      });
  }
  /** Asks whether the open incident, which others recorded, is to be continued here, and does it. */
  async function continueHere(): Promise<void> {
    const { current } = incidents;
    if (!current?.journal.adoptable)
      throw new UserError(
        'bad-input',
        'No incident is open that another computer or window recorded. “Open Incident…” opens one.',
      );
    const choice = await vscode.window.showQuickPick(
      [
        { label: '$(lock) Leave it read-only', go: false },
        {
          label: '$(edit) Continue it here',
          detail: untrusted(current.journal.readOnly ?? '').for('label'),
          go: true,
        },
      ],
      { title: 'Continue It Here: what others recorded stays unproven', ignoreFocusOut: true },
    );
    if (choice?.go && incidents.current === current) report(await incidents.open(current.folder, true));
  }
  return {
    begin,
    continueHere,
    /** Opens the incident this workspace was on, and says so only when something is wrong with it. */
    async restore(): Promise<void> {
      await incidents.restore();
      const opened = incidents.current;
      // Restricted Mode is said by VS Code itself.
      const wrong = opened?.journal.trimmed ?? (vscode.workspace.isTrusted ? opened?.journal.readOnly : undefined);
      if (opened && wrong !== undefined) tell(opened);
    },
    async start(): Promise<void> {
      const workspace = await chooseFolder();
      const open = session.current;
      const type = await askType();
      const listed = await (await store()).list(workspace.uri.fsPath);
      const title = await askTitle('Start Incident', type ? incidentTypes[type] : 'Twilio incident', listed);
      const accounts = open ? await askAccounts(open, clock.now()) : [];
      const window = await askWindow(clock.now());
      const details = { title, ...(type && { type }), accounts, window };
      await begin(workspace.uri.fsPath, details);
      background(async () => {
        const text = phrase('toast')`${title} is open. What is done and written from now on is recorded in it.`;
        const { title: collect } = commands.collectEvidence;
        if (await say.info(text, collect)) await vscode.commands.executeCommand(commandId('collectEvidence'));
      });
    },
    async open(): Promise<void> {
      const found = await Promise.all(foldersOnDisk().map(async ({ uri }) => (await store()).list(uri.fsPath)));
      const entries = found.flat().map((listed) => ({ ...entry(listed), listed }));
      if (entries.length === 0)
        throw new UserError(
          'bad-input',
          'The folder “incidents” of this workspace holds no incident. “Start Incident…” makes one.',
        );
      const choice = await vscode.window.showQuickPick(entries, {
        title: 'Open Incident',
        placeHolder: 'No account is needed to look at one',
        matchOnDescription: true,
        matchOnDetail: true,
      });
      if (choice) tell(await incidents.open(choice.listed.folder));
    },
    /** A document of the open incident, by its name. */
    async openFile(name: string | undefined): Promise<void> {
      const folder = incidents.current?.folder;
      if (folder === undefined || name === undefined) return;
      const file = vscode.Uri.joinPath(vscode.Uri.file(folder), name);
      await vscode.window.showTextDocument(file, { preview: false });
    },
    async close(): Promise<void> {
      const { current } = incidents;
      if (!current) throw new UserError('bad-input', 'No incident is open.');
      const { incident, journal } = current;
      // Nothing can be written into one that is read-only: there is nothing to ask.
      const status = incident && journal.readOnly === undefined ? await askStatus(incident.status) : undefined;
      if (incidents.current !== current)
        throw new UserError('state-moved', 'The incident was switched meanwhile. Nothing was changed.');
      if (status !== undefined && status !== incident?.status)
        await incidents.hold(async () => (await store()).setStatus(current, status));
      await incidents.close();
      background(() => reportClosed(current.title, status, session));
    },
  };
}

/** Whoever closes an incident may think that nothing can be changed any more. */
async function reportClosed(title: string, status: string | undefined, session: Session): Promise<void> {
  const state = status === undefined ? '' : ` Its status is “${status}”.`;
  const stays = `Its folder stays; “${commands.openIncident.title}” continues it.`;
  if (session.mode === 'read-only') return void say.info(phrase('toast')`${title} is closed here.${state} ${stays}`);
  const answer = await say.warning(
    phrase(
      'toast',
    )`${title} is closed here.${state} This window is still in containment mode, and changes are recorded for the account.`,
    'Switch mode…',
  );
  if (answer) await switchMode(session);
}

function report({ title, journal, incident }: OpenIncident): void {
  if (journal.readOnly !== undefined)
    return void say.warning(phrase('toast')`${title} is open read-only. ${journal.readOnly}`);
  if (journal.trimmed)
    return void say.warning(
      phrase(
        'toast',
      )`${title} is open. The last write was cut off by a crash: ${journal.trimmed.bytes} bytes were taken off the journal and kept in ${journal.trimmed.file ?? ''}. Nothing that was recorded is lost.`,
    );
  const foreign =
    journal.unsealed > 0 ? ` ${journal.unsealed} of them were not sealed here and count as unproven.` : '';
  const status = incident && incident.status !== 'open' ? ` with the status “${incident.status}”` : '';
  void say.info(
    phrase(
      'toast',
    )`${title} is open here${status}; its journal is whole (${journal.records.length} records).${foreign}`,
  );
}

function entry({ folder, opened }: ListedIncident): vscode.QuickPickItem {
  const name = untrusted(folder.replace(/^.*[\\/]/, '')).for('label');
  if (opened instanceof UserError)
    return { label: `$(warning) ${name}`, detail: untrusted(opened.message).for('label') };
  if (opened.readOnly)
    return {
      label: `$(lock) ${untrusted(opened.title ?? '').for('label') || name}`,
      description: name,
      detail: `Format ${opened.format}, of a later version of this extension: opens read-only.`,
    };
  const { title, type, status, window } = opened.incident;
  const about = [status, type && incidentTypes[type], `${windowText(window)} UTC`].filter(Boolean).join(' · ');
  return {
    label: untrusted(title).for('label'),
    description: `started ${dayStarted(opened.incident)} · ${name}`,
    detail: about,
  };
}
