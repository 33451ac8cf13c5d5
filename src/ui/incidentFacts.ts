import type { EvidenceStore } from '../core/evidence/evidenceStore.ts';
import type { OpenIncident } from '../core/evidence/incidentStore.ts';
import type { IncidentFacts } from '../core/incidentView/facts.ts';
import type { IncidentRow } from '../core/incidentView/row.ts';
import type { Clock } from '../core/ports.ts';
import type { LogImporter } from '../core/traffic/logImport.ts';
import type { RecordedValidation } from '../core/validate/validationRecord.ts';
import type { ActiveIncident } from './activeIncident.ts';

export interface IncidentFactsParts {
  readonly incidents: ActiveIncident;
  readonly clock: Clock;
  readonly importer: () => Promise<LogImporter>;
  readonly collecting: () => boolean;
  readonly validating: () => boolean;
  /** What was found and could not be recorded. */
  readonly unrecorded: (incident: OpenIncident) => RecordedValidation | undefined;
  readonly store: () => Promise<EvidenceStore>;
}

/** The open incident as the Incident view draws it. */
export interface IncidentPicture {
  readonly facts: IncidentFacts;
  readonly rows: readonly IncidentRow[];
  readonly badge: { readonly value: number; readonly tooltip: string } | undefined;
}

/** Makes the function that gathers what the Incident view shows of the open incident. Journal and disk are asked, never Twilio. */
export function createIncidentFacts(parts: IncidentFactsParts): () => Promise<IncidentPicture | undefined> {
  return async () => {
    const opened = parts.incidents.current;
    if (!opened) return undefined;
    // Loaded here, so that a window without an incident does not pay for sources and sections.
    const { drawIncident } = await import('./gatherIncident.ts');
    return drawIncident(opened, parts);
  };
}
