import type { EvidenceStore } from '../core/evidence/evidenceStore.ts';
import type { OpenIncident } from '../core/evidence/incidentStore.ts';
import { isProven } from '../core/evidence/seal.ts';
import type { ImportedTraffic } from '../core/traffic/logImport.ts';
import type { TrafficReport } from '../core/traffic/report.ts';
import type { ActiveIncident } from './activeIncident.ts';
import { type CaptureFirstParts, createCaptureFirst } from './captureFirst.ts';
import type { Handler } from './commands.ts';
import { type ContainmentParts, createContainment } from './containment.ts';
import { pickSteps } from './pickSteps.ts';
import { pickTargets } from './pickTargets.ts';
import { planEvidence } from './planEvidence.ts';
import { readProtectedNames } from './protectedNames.ts';
import type { OpenConnection } from './session.ts';
import type { Traffic } from './traffic.ts';

export interface ContainFeaturesParts
  extends Omit<
      ContainmentParts,
      'pickTargets' | 'pickSteps' | 'guide' | 'captureFirst' | 'canCapture' | 'evidence' | 'protectedNames' | 'delay'
    >,
    Pick<CaptureFirstParts, 'collecting' | 'refresh' | 'delay'> {
  readonly incidents: ActiveIncident;
  readonly evidenceStore: () => Promise<EvidenceStore>;
  /** The traffic of the open account: what was read in this window, and what is read now. */
  readonly traffic: Pick<Traffic, 'known' | 'latest'>;
  /** The traffic in an incident's evidence. */
  readonly collected: (incident: OpenIncident) => Promise<Pick<ImportedTraffic, 'report'>>;
}

/** Everything that contains: the levers, `Contain…`, undo, and what only the Twilio Console can do. */
export function createContainFeatures(parts: ContainFeaturesParts) {
  const { incidents, clock, evidenceStore: store } = parts;
  const canCapture = () => incidents.current !== undefined && incidents.current.journal.readOnly === undefined;

  /** Evidence is counted faster than Twilio is read, and is what the verdict was judged by. */
  async function reportOf(open: OpenConnection): Promise<TrafficReport | undefined> {
    const known = parts.traffic.known(open);
    const incident = incidents.current;
    const hasMessages = incident?.journal.records.some(
      ({ type, source }) => type === 'capture' && source === 'messages',
    );
    if (known || !incident || !hasMessages) return known ?? parts.traffic.latest(open);
    return (await parts.collected(incident)).report;
  }
  /** What steps were proposed by last, so that their plan tells of the same traffic. */
  const proposedBy = new WeakMap<OpenConnection, TrafficReport>();

  const guide: ContainmentParts['guide'] = async (steps) => {
    const { guideConsoleSteps } = await import('./consoleSteps.ts');
    await guideConsoleSteps(steps, parts);
  };
  const consoleSteps: Handler = async (_node, row) => {
    const { consoleSteps: all } = await import('../core/consoleStepRegistry.ts');
    const own = all.filter(({ id }) => id === row?.consoleStep);
    await guide(own.length > 0 ? own : all);
  };
  const containment = createContainment({
    ...parts,
    guide,
    canCapture,
    refreshTree() {
      parts.refreshTree();
      parts.refresh();
    },
    evidence: (open) =>
      planEvidence(incidents.current, parts.traffic.known(open) ?? proposedBy.get(open), { store, clock }),
    captureFirst: createCaptureFirst({ ...parts, store }),
    protectedNames: readProtectedNames,
    pickTargets: (action, open, within) =>
      pickTargets(action, open, clock, async () => (await parts.recorder.own(open)).keys.made, within),
    async pickSteps(open) {
      const { lastValidation } = await import('../core/validate/validationRecord.ts');
      const records = incidents.current?.journal.records;
      // What is chosen beforehand is nothing to take from a record of somebody else.
      const verdicts = records && lastValidation(records.filter(isProven))?.verdicts;
      const report = await reportOf(open);
      if (report) proposedBy.set(open, report);
      const window = incidents.current?.incident?.window;
      const own = await parts.recorder.own(open);
      return pickSteps(open, clock, { report, verdicts, window, own, canCapture: canCapture() });
    },
  });
  const checkSafeList: Handler = async () => {
    const { askSafeList } = await import('./checkSafeList.ts');
    await askSafeList(parts);
  };
  return { ...containment, consoleSteps, checkSafeList };
}
