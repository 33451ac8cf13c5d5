import * as vscode from 'vscode';
import { UserError } from '../core/errors.ts';
import type { IncidentStore, OpenIncident } from '../core/evidence/incidentStore.ts';
import { recordsSinceDocument } from '../core/evidence/recordsSinceDocument.ts';
import { span } from '../core/model/age.ts';
import type { Clock } from '../core/ports.ts';
import { containmentSteps } from '../core/rca/containmentSteps.ts';
import type { RcaFacts } from '../core/rca/facts.ts';
import { actions } from '../core/registry.ts';
import { trafficFacts } from '../core/traffic/rcaTraffic.ts';
import type { TrafficReport } from '../core/traffic/report.ts';
import { phrase } from '../core/untrusted.ts';
import type { ActiveIncident } from './activeIncident.ts';
import type { createIncidentCommands } from './incidentCommands.ts';
import { askTitle } from './incidentPrompts.ts';
import { say } from './say.ts';
import type { OpenConnection, Session } from './session.ts';
import { chooseFolder } from './workspaceFolder.ts';

export interface IncidentParts {
  readonly session: Session;
  readonly incidents: ActiveIncident;
  readonly begin: ReturnType<typeof createIncidentCommands>['begin'];
  readonly store: () => Promise<IncidentStore>;
  readonly clock: Clock;
  /** The traffic read last in this window for the open account; reads it when there is none. */
  readonly traffic: (open: OpenConnection) => Promise<TrafficReport | undefined>;
  /** The document's text. */
  readonly render: (facts: RcaFacts) => Promise<string>;
}

const week = 7 * span.day;
const rca = 'RCA.md';

/** `Create RCA`: writes the document of the active incident, which is started when there is none, and opens it. One that exists is opened only. */
export async function createIncidentRca(parts: IncidentParts): Promise<void> {
  const { session, incidents, begin, clock } = parts;
  if (incidents.current) return writeRca(incidents.current, parts);
  const open = session.current;
  if (!open)
    throw new UserError('bad-input', 'Neither an incident nor an account is open. Open an incident, or sign in first.');
  const workspace = await chooseFolder();
  const title = await askTitle('Create RCA', 'SMS pumping');
  const report = await readTraffic(open, parts);
  const now = clock.now();
  const { account, name } = open.connection;
  const window = report?.window ?? { from: now - week, to: now };
  const accounts = [{ sid: account, name }];
  await writeRca(await begin(workspace.uri.fsPath, { title, accounts, window }), parts);
}

async function writeRca(opened: OpenIncident, parts: IncidentParts): Promise<void> {
  const { folder, incident, journal } = opened;
  const document = vscode.Uri.joinPath(vscode.Uri.file(folder), rca);
  const show = () => vscode.window.showTextDocument(document, { preview: false });
  const exists = await vscode.workspace.fs.stat(document).then(
    () => true,
    () => false,
  );
  if (exists) {
    await show();
    const later = recordsSinceDocument(journal.records);
    if (later > 0)
      void say.warning(
        phrase(
          'toast',
        )`This RCA.md lacks the ${later} newest records of the incident. It is yours now and is not rewritten: add them by hand, or rename it and create the RCA again.`,
      );
    return;
  }
  if (journal.readOnly !== undefined || !incident)
    throw new UserError('not-allowed', journal.readOnly ?? 'The incident can only be looked at.');
  const { title, accounts, window } = incident;
  const known = await trafficOf(incident, parts);
  const text = await parts.render({
    ...known,
    title,
    status: 'Draft',
    accounts,
    window,
    containment: containmentSteps(journal.records, actions),
    ...(journal.head && { chainHead: journal.head }),
  });
  const store = await parts.store();
  const written = await parts.incidents.hold(() => store.writeDocument(opened, rca, text));
  await show();
  if (written) void say.info(phrase('toast')`RCA.md written. What only you know is asked in it.`);
}

/** Traffic of the open account, if the incident is about it; else the gap it leaves. */
async function trafficOf(
  { accounts }: NonNullable<OpenIncident['incident']>,
  parts: IncidentParts,
): Promise<Pick<RcaFacts, 'traffic' | 'gaps' | 'asOf'>> {
  const open = parts.session.current;
  const asOf = parts.clock.now();
  if (!open) return { asOf, gaps: ['Traffic by country was not read: no account was open.'] };
  if (accounts.length > 0 && !accounts.some(({ sid }) => sid === open.connection.account))
    return { asOf, gaps: ['Traffic by country was not read: the open account is not one of the incident’s.'] };
  const report = await readTraffic(open, parts);
  if (!report) return { asOf, gaps: ['Traffic by country was not read.'] };
  return { ...trafficFacts(report), asOf: report.window.to };
}

async function readTraffic(open: OpenConnection, { session, traffic }: IncidentParts) {
  const report = await traffic(open);
  if (session.current !== open)
    throw new UserError(
      'state-moved',
      'The account was switched while the RCA was made. Nothing was written; create it again.',
    );
  return report;
}
