import type { EvidenceStore } from '../../core/evidence/evidenceStore.ts';
import type { OpenIncident } from '../../core/evidence/incidentStore.ts';
import { concerns } from '../../core/incidentView/incidentAccounts.ts';
import { knownEvidence } from '../../core/incidentView/knownEvidence.ts';
import type { Incident } from '../../core/model/incident.ts';
import type { RcaFacts } from '../../core/rca/facts.ts';
import { gatherFacts as gather } from '../../core/rca/gatherFacts.ts';
import type { TrafficReport } from '../../core/traffic/report.ts';
import { withLateProgress } from '../lateProgress.ts';
import { type RcaTrafficParts, rcaTraffic } from '../rcaTraffic.ts';

export interface FactsParts extends RcaTrafficParts {
  readonly evidence: () => Promise<EvidenceStore>;
  /** Milliseconds. */
  readonly delay: (milliseconds: number) => Promise<void>;
}

export interface GatheredFacts {
  readonly facts: RcaFacts;
  /** What the traffic was counted in, for pictures. */
  readonly report?: TrafficReport;
}

/** Everything the RCA of an incident is written from. Asks Twilio only for traffic that was not collected. Throws `Cancelled`. */
export async function gatherFacts(opened: OpenIncident, incident: Incident, parts: FactsParts): Promise<GatheredFacts> {
  const known = knownEvidence(incident, opened.journal.records, parts.clock.now());
  const { report, ...traffic } = await rcaTraffic(opened, incident, known, parts);
  const { demo = false, account = '' } = parts.session.current?.connection ?? {};
  const facts = await withLateProgress('Reading the evidence for the document', parts.delay, (cancel) =>
    gather(opened, incident, {
      known,
      traffic,
      store: parts.evidence,
      demo: demo && concerns(incident, account),
      cancel,
    }),
  );
  return { facts, ...(report && { report }) };
}
