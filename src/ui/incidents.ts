import * as vscode from 'vscode';
import type { Outcome as Result } from '../core/contain/apply.ts';
import { UserError } from '../core/errors.ts';
import { span } from '../core/model/age.ts';
import type { Incident } from '../core/model/incident.ts';
import type { Clock } from '../core/ports.ts';
import type { ContainmentStep, RcaFacts } from '../core/rca/facts.ts';
import { trafficFacts } from '../core/traffic/rcaTraffic.ts';
import type { TrafficReport } from '../core/traffic/report.ts';
import { phrase } from '../core/untrusted.ts';
import { say } from './say.ts';
import type { Session, Step } from './session.ts';

export interface IncidentParts {
  readonly session: Session;
  readonly clock: Clock;
  readonly newId: () => string;
  /** The traffic read last in this window for the open account; reads it when there is none. */
  readonly traffic: () => Promise<TrafficReport | undefined>;
  readonly write: (workspace: string, incident: Incident, facts: RcaFacts) => Promise<string>;
}

const week = 7 * span.day;

/** `Create RCA`: makes the incident's folder in the workspace, writes the document from what is known and opens it. */
export async function createIncidentRca({ session, clock, newId, traffic, write }: IncidentParts): Promise<void> {
  const open = session.current;
  if (!open) throw new UserError('bad-input', 'No account is open. Sign in, or open the demo incident.');
  const workspace = await chooseFolder();
  const { account, name } = open.connection;
  const title = await vscode.window.showInputBox({
    title: 'Create RCA',
    prompt: 'Name of the incident; it becomes the title and the folder’s name below “incidents”',
    value: 'SMS pumping',
    validateInput: (text) => (text.trim() ? undefined : 'Give it a name, for example “SMS pumping”.'),
  });
  if (title === undefined) return;
  const report = await traffic();
  const now = clock.now();
  const window = report?.window ?? { from: now - week, to: now };
  const accounts = [{ sid: account, name }];
  const known = report ? trafficFacts(report) : { gaps: ['Traffic by country was not read.'] };
  const folder = await write(
    workspace.uri.fsPath,
    { id: newId(), title: title.trim(), accounts, window, status: 'open', created: now },
    {
      ...known,
      title: title.trim(),
      status: 'Draft',
      accounts,
      window,
      asOf: window.to,
      containment: session.steps.flatMap(stepsTaken),
    },
  );
  const document = vscode.Uri.joinPath(vscode.Uri.file(folder), 'RCA.md');
  await vscode.window.showTextDocument(document, { preview: false });
  void say.info(phrase('toast')`RCA.md written. What only you know is asked in it.`);
}

async function chooseFolder(): Promise<vscode.WorkspaceFolder> {
  const folders = (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file');
  if (folders.length === 0)
    throw new UserError(
      'no-workspace',
      'The RCA is a file in your workspace, and no folder is open. Open one with “File: Open Folder…”, then create the RCA again.',
    );
  if (!vscode.workspace.isTrusted)
    throw new UserError(
      'untrusted-workspace',
      'This workspace is in Restricted Mode, so nothing is written into it. Trust it with “Workspaces: Manage Workspace Trust”, or open a folder of your own.',
    );
  const [only, ...more] = folders;
  const chosen =
    more.length === 0
      ? only
      : await vscode.window.showWorkspaceFolderPick({ placeHolder: 'Where does the incident folder go?' });
  if (!chosen) throw new vscode.CancellationError();
  return chosen;
}

const outcomeName = {
  done: 'done',
  already: 'already so',
  refused: 'refused',
  'not-tried': 'not tried',
  unknown: 'unknown',
} as const satisfies Record<Result['result'], string>;

function stepsTaken({ plan, outcomes }: Step): readonly ContainmentStep[] {
  return outcomes.map(({ at, target, result, sentence }) => ({
    at,
    action: plan.action.title.replace('…', ''),
    target: target.name,
    sid: target.account,
    outcome: outcomeName[result],
    // For what went well the outcome says it all.
    ...(result !== 'done' && { detail: sentence }),
  }));
}
