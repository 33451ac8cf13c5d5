import * as vscode from 'vscode';
import type { EvidenceStore } from '../core/evidence/evidenceStore.ts';
import type { EvidenceExporter } from '../core/evidence/export/exporter.ts';
import type { Clock } from '../core/ports.ts';
import type { LogImporter } from '../core/traffic/logImport.ts';
import type { ActiveIncident } from './activeIncident.ts';
import { createBulkExport } from './bulkExport.ts';
import { type CollectEvidenceParts, createCollectEvidence } from './collectEvidence.ts';
import { type CollectedTraffic, type CollectedTrafficParts, createCollectedTraffic } from './collectedTraffic.ts';
import type { Handlers } from './commands.ts';
import { exportEvidence } from './exportEvidence.ts';
import { createIncidentFacts } from './incidentFacts.ts';
import { createIncidentView, type IncidentView } from './incidentView.ts';
import type { Session } from './session.ts';
import type { TextPreview } from './textPreview.ts';
import { createValidate, type ValidateParts } from './validate.ts';

export interface EvidenceFeaturesParts {
  readonly session: Session;
  readonly incidents: ActiveIncident;
  readonly preview: TextPreview;
  readonly clock: Clock;
  readonly newId: () => string;
  readonly extensionUri: vscode.Uri;
  readonly guard: CollectedTrafficParts['guard'];
  readonly tools: CollectedTrafficParts['tools'];
  readonly background: CollectEvidenceParts['background'];
  // The outside world; each is loaded when it is first used.
  readonly evidenceStore: () => Promise<EvidenceStore>;
  readonly evidenceExporter: (store: EvidenceStore) => Promise<EvidenceExporter>;
  readonly logImporter: () => Promise<LogImporter>;
  readonly incidentTraffic: CollectedTrafficParts['count'];
  readonly checkIncident: ValidateParts['check'];
  readonly delay: CollectEvidenceParts['delay'];
  readonly home: string;
}

type Commands =
  | 'collectEvidence'
  | 'collectSource'
  | 'collectBaseline'
  | 'validate'
  | 'showCollectedTraffic'
  | 'exportEvidence'
  | 'deleteEvidence';

/** Everything about the evidence of the open incident: its view, and the commands that collect, judge, show, export and delete it. */
export interface EvidenceFeatures extends vscode.Disposable {
  readonly view: IncidentView;
  readonly traffic: CollectedTraffic;
  /** Evidence is coming in just now. */
  readonly collecting: () => boolean;
  readonly handlers: Pick<Handlers, Commands>;
}

/** Puts them together. */
export function createEvidenceFeatures(parts: EvidenceFeaturesParts): EvidenceFeatures {
  const { session, incidents, preview, clock, newId, background, delay, extensionUri, guard, home, tools } = parts;
  const { evidenceStore: store, logImporter: importer, incidentTraffic: count, checkIncident: check } = parts;
  const collecting = (): boolean => collect.collecting;
  const validating = (): boolean => validation.validating;
  const facts = createIncidentFacts({ incidents, clock, importer, collecting, validating, store });
  const view = createIncidentView({ incidents, facts });
  const { refresh } = view;
  const shared = { session, incidents, store, clock, delay, refresh, background };
  const collect = createCollectEvidence(shared);
  const validation = createValidate({ incidents, store, clock, check, refresh, collecting, background });
  const baseline = createBulkExport({ ...shared, preview, newId });
  const traffic = createCollectedTraffic({ extensionUri, incidents, count, guard, now: clock.now, tools });
  const exporter = async () => parts.evidenceExporter(await store());
  return {
    view,
    traffic,
    collecting: () => collecting() || baseline.collecting,
    handlers: {
      collectEvidence: () => collect.run(),
      collectSource: (_node, row) => row?.collects && collect.run(row.collects),
      collectBaseline: baseline.run,
      validate: validation.run,
      showCollectedTraffic: traffic.show,
      exportEvidence: () => exportEvidence({ incidents, clock, background, home, exporter }),
      async deleteEvidence() {
        const { deleteEvidence } = await import('./deleteEvidence.ts');
        await deleteEvidence({ incidents, store, refresh, collecting: () => collecting() || baseline.collecting });
      },
    },
    dispose: () => vscode.Disposable.from(view, traffic).dispose(),
  };
}
