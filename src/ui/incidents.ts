import * as vscode from 'vscode';
import { UserError } from '../core/errors.ts';
import type { OpenIncident } from '../core/evidence/incidentStore.ts';
import { recordsSinceDocument } from '../core/evidence/recordsSinceDocument.ts';
import { commandId } from '../core/manifest/commands.ts';
import { span } from '../core/model/age.ts';
import { phrase } from '../core/untrusted.ts';
import type { createIncidentCommands } from './incidentCommands.ts';
import { askTitle } from './incidentPrompts.ts';
import { type RefreshParts, rcaName, writable, writtenNow } from './rca/refreshRca.ts';
import { readTraffic } from './rcaTraffic.ts';
import { say } from './say.ts';
import { chooseFolder } from './workspaceFolder.ts';

export interface IncidentParts extends RefreshParts {
  readonly begin: ReturnType<typeof createIncidentCommands>['begin'];
}

const week = 7 * span.day;

/** `Create RCA`: writes the document of the active incident, which is started when there is none, and opens it. One that exists is opened only. */
export async function createIncidentRca(parts: IncidentParts): Promise<void> {
  const { session, incidents, begin, clock } = parts;
  if (incidents.current) return writeRca(incidents.current, parts);
  const open = session.current;
  if (!open)
    throw new UserError('bad-input', 'Neither an incident nor an account is open. Open an incident, or sign in first.');
  const workspace = await chooseFolder();
  const title = await askTitle('Create RCA', 'SMS pumping', await (await parts.store()).list(workspace.uri.fsPath));
  const report = await readTraffic(open, parts);
  const now = clock.now();
  const { account, name } = open.connection;
  const window = report?.window ?? { from: now - week, to: now };
  const accounts = [{ sid: account, name }];
  await writeRca(await begin(workspace.uri.fsPath, { title, accounts, window }), parts);
}

async function writeRca(opened: OpenIncident, parts: IncidentParts): Promise<void> {
  const { folder, journal } = opened;
  const document = vscode.Uri.joinPath(vscode.Uri.file(folder), rcaName);
  const show = () => vscode.window.showTextDocument(document, { preview: false });
  const exists = await vscode.workspace.fs.stat(document).then(
    () => true,
    () => false,
  );
  if (exists) {
    await show();
    const later = recordsSinceDocument(journal.records);
    if (later > 0) parts.background(() => offerRefresh(later));
    return;
  }
  const { incident } = writable(parts);
  const text = await writtenNow(opened, incident, parts);
  const store = await parts.store();
  const written = await parts.incidents.hold(() => store.writeDocument(opened, rcaName, text));
  await show();
  if (written) void say.info(phrase('toast')`RCA.md written. What only you know is asked in it.`);
}

async function offerRefresh(later: number): Promise<void> {
  const text = phrase(
    'toast',
  )`This RCA.md lacks the ${later} newest records of the incident. Refreshing rewrites its generated parts only; what you wrote stays.`;
  if (await say.warning(text, 'Refresh RCA')) await vscode.commands.executeCommand(commandId('refreshRca'));
}
