import type { IncidentStore } from '../core/evidence/incidentStore.ts';
import type { ActiveIncident } from './activeIncident.ts';
import type { TrafficBlockParts } from './trafficBlock.ts';
import type { createRestoredPanel } from './trafficSerializer.ts';

/** What every traffic panel needs to save and to add to the open incident. */
export interface PanelTools {
  readonly incidents: Pick<ActiveIncident, 'current' | 'onDidChange' | 'hold' | 'open'>;
  /** What a person wants blocked is planned, confirmed and carried out there. */
  readonly block: TrafficBlockParts;
  readonly store: () => Promise<IncidentStore>;
  /** Runs something for the user, whose failure becomes a sentence. */
  readonly guard: (work: () => Promise<void>) => Promise<void>;
  readonly now: () => number;
  /** `createRestoredPanel`: VS Code takes one serializer for each kind of panel. */
  readonly restore: typeof createRestoredPanel;
}
