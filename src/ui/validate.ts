import { UserError } from '../core/errors.ts';
import type { EvidenceStore } from '../core/evidence/evidenceStore.ts';
import type { OpenIncident } from '../core/evidence/incidentStore.ts';
import type { ReadingState } from '../core/incidentView/validateText.ts';
import type { Cancellation, Clock } from '../core/ports.ts';
import type { Checked } from '../core/validate/checked.ts';
import type { SetThresholds } from '../core/validate/thresholdSettings.ts';
import type { ValidateInput } from '../core/validate/validate.ts';
import type { RecordedValidation } from '../core/validate/validationRecord.ts';
import type { ActiveIncident } from './activeIncident.ts';

export interface ValidateParts {
  readonly incidents: ActiveIncident;
  readonly store: () => Promise<EvidenceStore>;
  readonly clock: Clock;
  /** Runs every indicator on an incident's evidence, without asking Twilio. Rejects with `Cancelled`. */
  readonly check: (
    incident: OpenIncident,
    options: Pick<ValidateInput, 'coverage' | 'now' | 'from' | 'thresholds'> &
      Pick<SetThresholds, 'changed'> & {
        readonly lost: ReadonlySet<string>;
        readonly cancel: Cancellation;
        readonly onProgress: (progress: ReadingState) => void;
      },
  ) => Promise<Checked>;
  /** Shows what was found. */
  readonly refresh: () => void;
  readonly collecting: () => boolean;
  /** Goes on after the command ended, such as a toast that waits for an answer. */
  readonly background: (work: () => Promise<void>) => void;
}

export interface Validate {
  readonly validating: boolean;
  /** What was found and could not be recorded, as long as the incident is open. */
  unrecorded(incident: OpenIncident): RecordedValidation | undefined;
  /** `Validate`. */
  run(): Promise<void>;
}

const busy =
  'The evidence is being validated. Stop it in its notification, or wait until it has ended, then try again.';

/**
 * Judges what was collected for the open incident and records the verdicts. One at a time; the incident stays open meanwhile. What cannot be
 * recorded, as in an incident that can only be looked at, is shown all the same.
 */
export function createValidate(parts: ValidateParts): Validate {
  const unrecorded = new WeakMap<OpenIncident, RecordedValidation>();
  let validating = false;

  async function judging<T>(work: () => Promise<T>): Promise<T> {
    validating = true;
    parts.refresh();
    try {
      return await parts.incidents.hold(work, busy);
    } finally {
      validating = false;
      parts.refresh();
    }
  }

  return {
    get validating() {
      return validating;
    },
    unrecorded: (incident) => unrecorded.get(incident),
    async run() {
      if (validating) throw new UserError('state-moved', busy);
      const { validateOpen } = await import('./validateOpen.ts');
      await validateOpen({ ...parts, unrecorded, judging });
    },
  };
}
