import * as vscode from 'vscode';
import { UserError } from '../core/errors.ts';
import type { EvidenceStore } from '../core/evidence/evidenceStore.ts';
import type { OpenIncident } from '../core/evidence/incidentStore.ts';
import { type ReadingState, readingText } from '../core/incidentView/validateText.ts';
import { commandId, commands } from '../core/manifest/commands.ts';
import { views } from '../core/manifest/contributes.ts';
import type { Cancellation, Clock } from '../core/ports.ts';
import { phrase, untrusted } from '../core/untrusted.ts';
import type { Checked } from '../core/validate/checked.ts';
import type { ValidateInput } from '../core/validate/validate.ts';
import type { ActiveIncident } from './activeIncident.ts';
import { fromToken } from './cancellation.ts';
import { say } from './say.ts';

export interface ValidateParts {
  readonly incidents: ActiveIncident;
  readonly store: () => Promise<EvidenceStore>;
  readonly clock: Clock;
  /** Runs every indicator on an incident's evidence, without asking Twilio. Rejects with `Cancelled`. */
  readonly check: (
    incident: OpenIncident,
    options: Pick<ValidateInput, 'coverage' | 'now'> & {
      readonly lost: ReadonlySet<string>;
      readonly cancel: Cancellation;
      readonly onProgress: (progress: ReadingState) => void;
    },
  ) => Promise<Checked>;
  /** Shows what was recorded. */
  readonly refresh: () => void;
  readonly collecting: () => boolean;
  /** Goes on after the command ended, such as a toast that waits for an answer. */
  readonly background: (work: () => Promise<void>) => void;
}

export interface Validate {
  readonly validating: boolean;
  /** `Validate`. */
  run(): Promise<void>;
}

const busy =
  'The evidence is being validated. Stop it in its notification, or wait until it has ended, then try again.';

/** Judges what was collected for the open incident and records the verdicts. One at a time; the incident stays open meanwhile. */
export function createValidate(parts: ValidateParts): Validate {
  const { incidents, store, clock, check, refresh } = parts;
  let validating = false;

  async function run(): Promise<void> {
    const { incidentToCollect } = await import('./collectFrom.ts');
    const opened = await incidentToCollect(incidents);
    if (!opened) return;
    const { incident, journal } = opened;
    if (journal.readOnly !== undefined || !incident)
      throw new UserError('not-allowed', journal.readOnly ?? 'The incident can only be looked at.');
    if (parts.collecting())
      throw new UserError('state-moved', 'Evidence is being collected. Validate when that has ended.');
    const { knownEvidence } = await import('../core/incidentView/knownEvidence.ts');
    const { lost } = await (await store()).onDisk(opened);
    const now = clock.now();
    const { coverage, held } = knownEvidence(incident, journal.records, now, { lost });
    if (held.length === 0) return parts.background(offerCollecting);
    const { head } = journal;
    validating = true;
    refresh();
    try {
      const checked = await incidents.hold(async () => {
        const found = await progress((cancel, onProgress) =>
          check(opened, { coverage, now, lost, cancel, onProgress }),
        );
        const { validationEntry } = await import('../core/validate/validationRecord.ts');
        await journal.append(validationEntry(found, head));
        return found;
      }, busy);
      parts.background(() => report(checked));
    } finally {
      validating = false;
      refresh();
    }
  }

  return {
    get validating() {
      return validating;
    },
    async run() {
      if (validating) throw new UserError('state-moved', busy);
      await run();
    },
  };
}

function progress(
  work: (cancel: Cancellation, onProgress: (progress: ReadingState) => void) => Promise<Checked>,
): Thenable<Checked> {
  return vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: 'Validating', cancellable: true },
    (toast, token) => work(fromToken(token), (reading) => toast.report({ message: readingText(reading) })),
  );
}

async function offerCollecting(): Promise<void> {
  const { title } = commands.collectEvidence;
  const answer = await say.info(
    phrase('toast')`Validating judges evidence, and none was collected for this incident yet.`,
    title,
  );
  if (answer) await vscode.commands.executeCommand(commandId('collectEvidence'));
}

async function report(checked: Checked): Promise<void> {
  const { isSign, verdictText } = await import('../core/validate/checked.ts');
  const text = untrusted(verdictText(checked)).for('toast');
  const answer = await (checked.verdicts.some(isSign)
    ? say.warning(text, 'Show Incident')
    : say.info(text, 'Show Incident'));
  if (answer) await vscode.commands.executeCommand(`${views.incident}.focus`);
}
