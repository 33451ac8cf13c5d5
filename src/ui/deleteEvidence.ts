import * as vscode from 'vscode';
import { UserError } from '../core/errors.ts';
import { rowsOf } from '../core/evidence/captureRecord.ts';
import type { EvidenceStore } from '../core/evidence/evidenceStore.ts';
import { heldCaptures } from '../core/evidence/heldCaptures.ts';
import { accountsText } from '../core/evidence/importedAccounts.ts';
import type { ChainRecord } from '../core/evidence/record.ts';
import { type HeldImport, heldImports } from '../core/evidence/recordedImports.ts';
import { rowsText } from '../core/incidentView/coverageText.ts';
import { utc } from '../core/model/age.ts';
import { phrase } from '../core/untrusted.ts';
import { lastValidation } from '../core/validate/validationRecord.ts';
import type { ActiveIncident } from './activeIncident.ts';
import { say } from './say.ts';

export interface DeleteEvidenceParts {
  readonly incidents: ActiveIncident;
  readonly store: () => Promise<EvidenceStore>;
  /** Shows what is left. */
  readonly refresh: () => void;
  readonly collecting: () => boolean;
}

interface Choice extends vscode.QuickPickItem {
  readonly go: boolean;
  /** The one import to delete; absent: everything. */
  readonly only?: HeldImport;
}

/**
 * `Delete Evidence…`: removes captures and index of the open incident, or what was imported from one file, after a confirmation; the journal keeps
 * names and hashes.
 */
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
  const imports = heldImports(journal.records);
  const spared = await incidents.hold(async () => (await store()).finishRemoval(opened));
  if (spared > 0)
    void say.info(
      phrase(
        'toast',
      )`${filesText(spared)} that an earlier deletion had left ${spared === 1 ? 'is' : 'are'} deleted now.`,
    );
  const { leftOver, aside, lost } = await (await store()).onDisk(opened);
  if (held.length + leftOver + aside + imports.length === 0) {
    if (spared === 0)
      void say.info(phrase('toast')`${title} has no evidence that could be deleted: nothing was collected.`);
    return;
  }
  const rows = held.reduce((sum, { capture }) => sum + rowsOf(capture), 0);
  const files = filesText(held.length + leftOver + aside);
  // The first entry is what Enter takes: deleting must be chosen, never hit by accident.
  const choice = await vscode.window.showQuickPick<Choice>(
    [
      { label: '$(close) Delete nothing', go: false },
      {
        label: phrase('label')`$(trash) Delete the evidence of ${title}`,
        description: `${files}, ${rowsText(rows)}`,
        detail: 'Collected and imported files go for good; journal, RCA and exports stay.',
        go: true,
      },
      ...imports.toReversed().map(importChoice),
    ],
    { title: 'Delete evidence? What Twilio no longer keeps cannot be collected again', ignoreFocusOut: true },
  );
  if (choice?.go !== true) return;
  if (incidents.current !== opened)
    throw new UserError('state-moved', 'The incident was switched meanwhile. Nothing was deleted.');
  // What is being read would lack the rest, such as an export that was made to keep a copy.
  if (incidents.held !== undefined) throw new UserError('state-moved', `Nothing was deleted. ${incidents.held}`);
  try {
    const { only } = choice;
    const captures = await incidents.hold(async () => (await store()).remove(opened, only?.sha256));
    const removed = filesText(captures + (only?.rejected.length ?? 0));
    void say.info(
      only
        ? phrase(
            'toast',
          )`What was imported from ${only.file} is out of the incident: ${removed} of evidence deleted${absentText(only, lost)}. The journal keeps names and SHA-256.${toDoAgain(journal.records)}`
        : phrase(
            'toast',
          )`${removed} of evidence deleted. The journal keeps names and SHA-256.${alsoDeleted(leftOver, aside)}`,
    );
  } finally {
    refresh();
  }
}

/** What takes out one import, which may have been of the wrong file. Files of one name are told apart by whose rows they have, and of which time. */
function importChoice(only: HeldImport): Choice {
  const slices = only.captures.flatMap((capture) => capture.slices);
  const rows = only.captures.reduce((sum, capture) => sum + rowsOf(capture), 0);
  const whose = accountsText(
    slices.map(({ account }) => account),
    [],
  );
  const first = Math.min(...slices.flatMap((one) => one.first ?? []));
  const last = Math.max(...slices.flatMap((one) => one.last ?? []));
  const aside = only.rejected.length > 0 ? ', and rows that were not understood' : '';
  const about = [...(whose ? [`of ${whose}`] : []), ...(first <= last ? [`${utc(first)} to ${utc(last)}`] : [])];
  return {
    label: phrase('label')`$(trash) Delete only what was imported from ${only.file}`,
    description: [`${rowsText(rows)}${aside}`, ...about].join(' · '),
    detail: 'Everything else stays, and so does the file itself: import it again any time.',
    go: true,
    only,
  };
}

/** What was found with the rows that are gone, and is to be found anew. */
function toDoAgain(records: readonly ChainRecord[]): string {
  const validated = lastValidation(records) === undefined ? [] : ['validate again'];
  const written = records.some(({ type, name }) => type === 'document' && name === 'RCA.md') ? ['refresh the RCA'] : [];
  const steps = [...validated, ...written].join(', and ');
  return steps === '' ? '' : ` ${steps.charAt(0).toUpperCase()}${steps.slice(1)}.`;
}

/** What was not there to be deleted: it counts no more either. */
function absentText({ captures, rejected }: HeldImport, lost: ReadonlySet<string>): string {
  const absent = captures.filter(({ file }) => lost.has(file)).length;
  return absent === 0
    ? ''
    : ` (${absent === captures.length + rejected.length ? 'not' : `${absent} not`} in the folder, or cut; should it come back, it counts no more)`;
}

function alsoDeleted(leftOver: number, aside: number): string {
  const parts = [
    ...(leftOver > 0 ? [`${filesText(leftOver)} that a crash had left`] : []),
    ...(aside > 0 ? [`${filesText(aside)} of imported rows that were not understood`] : []),
  ];
  return parts.length > 0 ? ` Also deleted: ${parts.join(', and ')}.` : '';
}

function filesText(count: number): string {
  return count === 1 ? '1 file' : `${count} files`;
}
