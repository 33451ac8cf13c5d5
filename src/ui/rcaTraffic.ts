import * as vscode from 'vscode';
import { UserError } from '../core/errors.ts';
import type { OpenIncident } from '../core/evidence/incidentStore.ts';
import { concerns } from '../core/incidentView/incidentAccounts.ts';
import type { KnownEvidence } from '../core/incidentView/knownEvidence.ts';
import type { Incident } from '../core/model/incident.ts';
import type { Clock } from '../core/ports.ts';
import type { GatherParts } from '../core/rca/gatherFacts.ts';
import { countsOfImport } from '../core/traffic/importWords.ts';
import type { ImportedTraffic, LogImporter } from '../core/traffic/logImport.ts';
import { trafficFacts } from '../core/traffic/rcaTraffic.ts';
import type { TrafficReport } from '../core/traffic/report.ts';
import { untrusted } from '../core/untrusted.ts';
import { fromToken } from './cancellation.ts';
import type { OpenConnection, Session } from './session.ts';

export interface RcaTrafficParts {
  readonly session: Session;
  readonly clock: Clock;
  /** The traffic read last in this window for the open account; reads it when there is none. */
  readonly traffic: (open: OpenConnection) => Promise<TrafficReport | undefined>;
  /** The traffic in an incident's evidence. */
  readonly collected: (incident: OpenIncident) => Promise<ImportedTraffic>;
  readonly importer: () => Promise<LogImporter>;
}

/** With the counts they come from, for pictures. `collected`: these are the incident's evidence. */
export type TrafficFacts = GatherParts['traffic'] & { readonly report?: TrafficReport };

/**
 * What an RCA says about traffic. Evidence comes first where it holds the messages completely, then what the open account gives, then incomplete
 * evidence, then logs imported on this computer if the person wants them; else the gap it leaves.
 */
export async function rcaTraffic(
  opened: OpenIncident,
  incident: Incident,
  { coverage }: KnownEvidence,
  parts: RcaTrafficParts,
): Promise<TrafficFacts> {
  const messages = coverage.filter(({ source }) => source === 'messages');
  const held = messages.some(({ rows }) => rows > 0);
  const complete = held && messages.every(({ state }) => state === 'complete');
  const open = parts.session.current;
  const concerned = open && concerns(incident, open.connection.account);
  if (complete || (held && !concerned))
    return {
      ...factsOf(await parts.collected(opened), 'Figures from the evidence collected for this incident.'),
      collected: true,
    };
  const asOf = parts.clock.now();
  if (open && concerned) {
    const report = await readTraffic(open, parts);
    return report
      ? { ...trafficFacts(report), asOf: report.window.to, report }
      : { asOf, gaps: ['Traffic by country was not read.'] };
  }
  const imported = await importedTraffic(parts);
  if (imported) return imported;
  const why = open
    ? 'the open account is not one of the incident’s'
    : 'no account was open and no messages were collected';
  return { asOf, gaps: [`Traffic by country was not read: ${why}.`] };
}

function factsOf({ report, recipients }: ImportedTraffic, trafficFrom: string): TrafficFacts {
  return { ...trafficFacts(report), trafficFrom, asOf: report.window.to, report, ...(recipients && { recipients }) };
}

/** Imported logs may be about something else: the person says whether they are these. */
async function importedTraffic({ importer }: RcaTrafficParts): Promise<TrafficFacts | undefined> {
  const kept = await (await importer()).last();
  if (!kept) return undefined;
  const counts = countsOfImport(kept.summary);
  const choice = await vscode.window.showQuickPick(
    [
      { label: 'Without traffic figures', use: false },
      { label: 'With the logs imported last', description: untrusted(counts).for('label'), use: true },
    ],
    { title: 'Create RCA', placeHolder: 'No account is open. Are the imported logs about this incident?' },
  );
  if (!choice) throw new vscode.CancellationError();
  if (!choice.use) return undefined;
  const traffic = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: 'Opening imported logs', cancellable: true },
    (_progress, token) => kept.open(fromToken(token)),
  );
  return factsOf(traffic, `Figures from imported logs: ${counts}.`);
}

/** Of the open account; `UserError` when it is switched meanwhile. */
export async function readTraffic(
  open: OpenConnection,
  { session, traffic }: Pick<RcaTrafficParts, 'session' | 'traffic'>,
) {
  const report = await traffic(open);
  if (session.current !== open)
    throw new UserError(
      'state-moved',
      'The account was switched while the RCA was made. Nothing was written; create it again.',
    );
  return report;
}
