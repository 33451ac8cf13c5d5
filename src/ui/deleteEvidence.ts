import * as vscode from 'vscode';
import { UserError } from '../core/errors.ts';
import { rowsOf } from '../core/evidence/captureRecord.ts';
import type { EvidenceStore } from '../core/evidence/evidenceStore.ts';
import { heldCaptures } from '../core/evidence/heldCaptures.ts';
import { rowsText } from '../core/incidentView/coverageText.ts';
import { phrase } from '../core/untrusted.ts';
import type { ActiveIncident } from './activeIncident.ts';
import { say } from './say.ts';

export interface DeleteEvidenceParts {
  readonly incidents: ActiveIncident;
  readonly store: () => Promise<EvidenceStore>;
  /** Shows what is left. */
  readonly refresh: () => void;
  readonly collecting: () => boolean;
}

/** `Delete Evidence…`: removes captures and index of the open incident after a confirmation; the journal keeps names and hashes. */
export async function deleteEvidence({ incidents, store, refresh, collecting }: DeleteEvidenceParts): Promise<void> {
  const opened = incidents.current;
  if (!opened) throw new UserError('bad-input', 'No incident is open. Open the one whose evidence is to be deleted.');
  const { journal, title } = opened;
  if (journal.readOnly !== undefined) throw new UserError('not-allowed', journal.readOnly);
  if (collecting())
    throw new UserError(
      'state-moved',
      'Evidence is being collected. Stop that, or wait until it has ended, then delete.',
    );
  const held = heldCaptures(journal.records);
  const { leftOver, aside } = await (await store()).onDisk(opened);
  if (held.length + leftOver + aside === 0)
    return void say.info(phrase('toast')`${title} has no evidence that could be deleted: nothing was collected.`);
  const rows = held.reduce((sum, { capture }) => sum + rowsOf(capture), 0);
  const files = filesText(held.length + leftOver + aside);
  // The first entry is what Enter takes: deleting must be chosen, never hit by accident.
  const choice = await vscode.window.showQuickPick(
    [
      { label: '$(close) Delete nothing', go: false },
      {
        label: phrase('label')`$(trash) Delete the evidence of ${title}`,
        description: `${files}, ${rowsText(rows)}`,
        detail:
          'What was collected and imported goes for good. The journal stays and keeps names and SHA-256 of the files; so do RCA and exports.',
        go: true,
      },
    ],
    { title: 'Delete evidence? What Twilio no longer keeps cannot be collected again', ignoreFocusOut: true },
  );
  if (choice?.go !== true) return;
  if (incidents.current !== opened)
    throw new UserError('state-moved', 'The incident was switched meanwhile. Nothing was deleted.');
  // What is being read would lack the rest, such as an export that was made to keep a copy.
  if (incidents.held !== undefined) throw new UserError('state-moved', `Nothing was deleted. ${incidents.held}`);
  try {
    const removed = await incidents.hold(async () => (await store()).remove(opened));
    const others = [
      leftOver > 0 ? ` ${filesText(leftOver)} that a crash had left went, too.` : '',
      aside > 0 ? ` So did ${filesText(aside)} of imported rows that were not understood.` : '',
    ].join('');
    void say.info(
      phrase('toast')`${filesText(removed)} of evidence deleted. The journal keeps names and SHA-256.${others}`,
    );
  } finally {
    refresh();
  }
}

function filesText(count: number): string {
  return count === 1 ? '1 file' : `${count} files`;
}
