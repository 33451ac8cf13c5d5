import * as vscode from 'vscode';
import type { EvidenceStore } from '../core/evidence/evidenceStore.ts';
import type { EvidenceExporter } from '../core/evidence/export/exporter.ts';
import type { Clock, Log } from '../core/ports.ts';
import type { LogImporter } from '../core/traffic/logImport.ts';
import type { ActiveIncident } from './activeIncident.ts';
import type { BulkExport } from './bulkExport.ts';
import { type CollectEvidenceParts, createCollectEvidence } from './collectEvidence.ts';
import { type CollectedTraffic, type CollectedTrafficParts, createCollectedTraffic } from './collectedTraffic.ts';
import type { Handlers } from './commands.ts';
import { createIncidentFacts } from './incidentFacts.ts';
import { createIncidentView, type IncidentView } from './incidentView.ts';
import { createLiveWatch, type LiveWatchParts } from './liveWatch.ts';
import type { OpenEvidenceParts } from './openEvidence.ts';
import type { Session } from './session.ts';
import type { TextPreview } from './textPreview.ts';
import { createValidate, type Validate, type ValidateParts } from './validate.ts';

export interface EvidenceFeaturesParts {
  readonly session: Session;
  readonly incidents: ActiveIncident;
  readonly preview: TextPreview;
  readonly clock: Clock;
  readonly log: Log;
  readonly newId: () => string;
  readonly extensionUri: vscode.Uri;
  readonly guard: CollectedTrafficParts['guard'];
  readonly tools: CollectedTrafficParts['tools'];
  readonly background: CollectEvidenceParts['background'];
  // The outside world; each is loaded when it is first used.
  readonly evidenceStore: () => Promise<EvidenceStore>;
  readonly evidenceExporter: (store: EvidenceStore) => Promise<EvidenceExporter>;
  readonly logImporter: () => Promise<LogImporter>;
  readonly incidentTraffic: CollectedTrafficParts['count'] & CollectEvidenceParts['count'] & LiveWatchParts['count'];
  readonly checkIncident: ValidateParts['check'];
  readonly evidenceRow: OpenEvidenceParts['evidenceRow'];
  readonly delay: CollectEvidenceParts['delay'];
  readonly home: string;
}

type Commands =
  | 'collectEvidence'
  | 'collectSource'
  | 'collectBaseline'
  | 'validate'
  | 'openEvidence'
  | 'showCollectedTraffic'
  | 'startLiveWatch'
  | 'stopLiveWatch'
  | 'exportEvidence'
  | 'deleteEvidence';

/** Everything about the evidence of the open incident: its view, and the commands that collect, judge, show, export and delete it. */
export interface EvidenceFeatures extends vscode.Disposable {
  readonly view: IncidentView;
  readonly traffic: CollectedTraffic;
  /** Evidence is coming in just now. */
  readonly collecting: () => boolean;
  /** What was found of an incident and could not be recorded. */
  readonly unrecorded: Validate['unrecorded'];
  readonly handlers: Pick<Handlers, Commands>;
}

/** Puts them together. */
export function createEvidenceFeatures(parts: EvidenceFeaturesParts): EvidenceFeatures {
  const { session, incidents, preview, clock, newId, background, delay, extensionUri, guard, home, tools } = parts;
  const { evidenceStore: store, logImporter: importer, incidentTraffic: count, checkIncident: check } = parts;
  const collecting = (): boolean => collect.collecting;
  const validating = (): boolean => validation.validating;
  const unrecorded: Validate['unrecorded'] = (incident) => validation.unrecorded(incident);
  const picture = createIncidentFacts({ incidents, clock, importer, collecting, validating, unrecorded, store });
  const view = createIncidentView({ incidents, picture });
  const { refresh } = view;
  const shared = { session, incidents, store, clock, delay, refresh, background };
  const collect = createCollectEvidence({ ...shared, count: parts.incidentTraffic, log: parts.log });
  const validation = createValidate({ incidents, store, clock, check, refresh, collecting, background });
  let baseline: BulkExport | undefined;
  async function collectBaseline(): Promise<void> {
    const { createBulkExport } = await import('./bulkExport.ts');
    baseline ??= createBulkExport({ ...shared, preview, newId });
    await baseline.run();
  }
  const busy = () => collecting() || baseline?.collecting === true;
  const traffic = createCollectedTraffic({
    extensionUri,
    incidents,
    count,
    guard,
    now: clock.now,
    tools,
    before: {
      possible: () => session.current !== undefined,
      collect: () => watch.aside(() => collect.run({ sources: ['messages', 'calls', 'attempts'], daysBefore: true })),
    },
  });
  const watch = createLiveWatch({
    ...shared,
    count: parts.incidentTraffic,
    log: parts.log,
    collecting,
    renew: traffic.renew,
  });
  const exporter = async () => parts.evidenceExporter(await store());
  return {
    view,
    traffic,
    unrecorded,
    collecting: busy,
    handlers: {
      collectEvidence: () => watch.aside(() => collect.run()),
      collectSource: (_node, row) => row?.collects && watch.aside(() => collect.run(row.collects)),
      collectBaseline: () => watch.aside(collectBaseline),
      startLiveWatch: watch.start,
      stopLiveWatch: watch.stop,
      validate: validation.run,
      async openEvidence(_node, row) {
        const { openEvidence } = await import('./openEvidence.ts');
        await openEvidence(row, parts);
      },
      showCollectedTraffic: traffic.show,
      async exportEvidence() {
        const { exportEvidence } = await import('./exportEvidence.ts');
        await exportEvidence({ incidents, clock, background, home, exporter });
      },
      async deleteEvidence() {
        const { deleteEvidence } = await import('./deleteEvidence.ts');
        await watch.aside(() => deleteEvidence({ incidents, store, refresh, collecting: busy }));
      },
    },
    dispose: () => vscode.Disposable.from(view, traffic, watch).dispose(),
  };
}
