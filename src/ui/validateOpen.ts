import * as vscode from 'vscode';
import { UserError } from '../core/errors.ts';
import type { OpenIncident } from '../core/evidence/incidentStore.ts';
import type { Head } from '../core/evidence/record.ts';
import { knownEvidence } from '../core/incidentView/knownEvidence.ts';
import { readingText } from '../core/incidentView/validateText.ts';
import { commandId, commands } from '../core/manifest/commands.ts';
import { views } from '../core/manifest/contributes.ts';
import { phrase, untrusted } from '../core/untrusted.ts';
import { type Checked, gradeText, isSign, verdictText } from '../core/validate/checked.ts';
import { readThresholds, type SetThresholds } from '../core/validate/thresholdSettings.ts';
import { type RecordedValidation, unrecordedValidation, validationEntry } from '../core/validate/validationRecord.ts';
import { fromToken } from './cancellation.ts';
import { incidentToCollect } from './collectFrom.ts';
import { say } from './say.ts';
import type { ValidateParts } from './validate.ts';

export interface ValidateOpenParts extends ValidateParts {
  readonly unrecorded: WeakMap<OpenIncident, RecordedValidation>;
  /** Holds the incident and shows that it is being judged. */
  readonly judging: <T>(work: () => Promise<T>) => Promise<T>;
}

/** Judges the open incident, records what was found or keeps it for this window, and tells it. */
export async function validateOpen(parts: ValidateOpenParts): Promise<void> {
  const { incidents, store, clock, check, judging, unrecorded, background } = parts;
  const opened = await incidentToCollect(incidents);
  if (!opened) return;
  const { incident, journal } = opened;
  if (!incident) throw new UserError('not-allowed', journal.readOnly ?? 'The incident can only be looked at.');
  if (parts.collecting())
    throw new UserError('state-moved', 'Evidence is being collected. Validate when that has ended.');
  const { lost } = await (await store()).onDisk(opened);
  const now = clock.now();
  const { coverage, held, window } = knownEvidence(incident, journal.records, now, { lost });
  if (held.length === 0) return background(offerCollecting);
  const { head } = journal;
  const set = thresholdsFromSettings();
  const { thresholds, changed } = set;
  await judging(async () => {
    const checked = await vscode.window.withProgress(
      { location: vscode.ProgressLocation.Notification, title: 'Validating', cancellable: true },
      (toast, token) =>
        check(opened, {
          coverage,
          now,
          from: window.from,
          lost,
          thresholds,
          changed,
          cancel: fromToken(token),
          onProgress: (reading) => toast.report({ message: readingText(reading) }),
        }),
    );
    unrecorded.delete(opened);
    const why = await record(opened, checked, head);
    if (why !== undefined) unrecorded.set(opened, unrecordedValidation(checked, clock.now(), journal.records.length));
    background(() => report(checked, set, why));
  });
}

/** From when on something counts, as the person set it. */
function thresholdsFromSettings(): SetThresholds {
  const configuration = vscode.workspace.getConfiguration();
  // Only the value of the user: the scope keeps workspaces out, and this does so where scopes are not enforced.
  return readThresholds((setting) => configuration.inspect(setting)?.globalValue);
}

/** Why it could not be recorded, a sentence; `undefined` when it was. */
async function record({ journal }: OpenIncident, found: Checked, head: Head | undefined): Promise<string | undefined> {
  if (journal.readOnly !== undefined) return journal.readOnly;
  try {
    await journal.append(validationEntry(found, head));
    return undefined;
  } catch (reason) {
    if (reason instanceof UserError) return reason.message;
    throw reason;
  }
}

async function offerCollecting(): Promise<void> {
  const { title } = commands.collectEvidence;
  const answer = await say.info(phrase('toast')`Validating judges evidence, and this incident has none.`, title);
  if (answer) await vscode.commands.executeCommand(commandId('collectEvidence'));
}

async function report(checked: Checked, { ignored }: SetThresholds, notRecorded: string | undefined): Promise<void> {
  for (const sentence of ignored) void say.warning(untrusted(sentence).for('toast'));
  // What it rests on is in the view: a toast that is cut off says less than a short one.
  const signs = checked.verdicts.filter(isSign).map((verdict) => `${gradeText(verdict)}.`);
  const told = signs.length > 0 ? signs.join(' ') : verdictText(checked);
  const text =
    notRecorded === undefined
      ? untrusted(told).for('toast')
      : phrase('toast')`${told} This was not recorded: ${notRecorded}`;
  const answer = await (signs.length > 0 ? say.warning(text, 'Show Incident') : say.info(text, 'Show Incident'));
  if (answer) await vscode.commands.executeCommand(`${views.incident}.focus`);
}
