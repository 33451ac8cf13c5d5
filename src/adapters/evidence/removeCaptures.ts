import path from 'node:path';
import { UserError } from '../../core/errors.ts';
import { isCaptureFile } from '../../core/evidence/captureRecord.ts';
import { deletedFiles, deletionEntry, heldCaptures } from '../../core/evidence/heldCaptures.ts';
import { isRejectedFile, rejectedFiles } from '../../core/evidence/importRecord.ts';
import type { OpenIncident } from '../../core/evidence/incidentStore.ts';
import type { ChainRecord } from '../../core/evidence/record.ts';
import { type HeldImport, heldImports } from '../../core/evidence/recordedImports.ts';
import { evidenceFailure } from './evidenceStoreFailure.ts';
import type { EvidenceFs } from './evidenceStoreFs.ts';
import { Unusable } from './openFile.ts';

/** What a crash left of captures, or a writer put aside: without a record, but personal data all the same. */
const unrecorded = /^[a-z-]+-\d+\.jsonl\.gz(?:\.unrecorded-\d+)?$/;

/** Whether a name in `evidence/` is one that captures have, or had before they were put aside. */
export function isUnrecorded(name: string): boolean {
  return unrecorded.test(name);
}

/** Rows that an import did not understand are personal data too, with a record or without. */
function isPersonal(name: string): boolean {
  return isUnrecorded(name) || isRejectedFile(`evidence/${name}`);
}

const failed = 'Not all evidence of this incident could be deleted';
const then =
  'What the journal names as deleted counts no more, and Delete Evidence… deletes what is left of it. Close what may have these files open, check the folder’s permissions, then run it again.';

/**
 * Deletes every capture of an incident that is on the disk, and what imports kept aside; returns how many captures the journal calls deleted. Which ones, and
 * the SHA-256 each was recorded with, is in the journal before the first is gone, so that a crash in between leaves files that the next call, or the next
 * writer, deletes. `only`: what was imported from the file with this SHA-256, and nothing else; also what is not on the disk now, or it would count again
 * when its files come back. Throws `UserError` when nothing of that import is held.
 */
export async function removeCaptures(
  fs: EvidenceFs,
  { folder: incident, journal }: Pick<OpenIncident, 'folder' | 'journal'>,
  only?: string,
): Promise<number> {
  if (journal.readOnly !== undefined) throw new UserError('not-allowed', journal.readOnly);
  try {
    const folder = path.join(incident, 'evidence');
    const names = await namesIn(fs, folder);
    const there = new Set(names);
    const goes = ({ file }: { readonly file: string }): boolean => only !== undefined || there.has(path.basename(file));
    const held = only === undefined ? allHeld(journal.records) : importHeld(journal.records, only);
    const captures = held.captures.filter(goes);
    const recorded = [...captures, ...held.rejected.filter(goes)];
    if (only !== undefined && recorded.length === 0) throw notHeld();
    const known = new Set(recorded.map(({ file }) => path.basename(file)));
    const others = only === undefined ? names.filter((name) => isPersonal(name) && !known.has(name)) : [];
    if (recorded.length > 0) await journal.append(deletionEntry(recorded, held.from));
    const present = [...known, ...others].filter((name) => there.has(name));
    await removeAll(
      fs,
      folder,
      present.map((name) => path.join(folder, name)),
    );
    return captures.length;
  } catch (reason) {
    throw evidenceFailure(reason, failed, then);
  }
}

function notHeld(): UserError {
  return new UserError(
    'state-moved',
    'Nothing was deleted: the incident holds nothing of that import any more. Open Delete Evidence… again to see what there is.',
  );
}

/** All that can be removed is; throws the first failure afterwards. */
async function removeAll(fs: EvidenceFs, folder: string, files: readonly string[]): Promise<void> {
  const failures: unknown[] = [];
  for (const file of files) await fs.remove(file).catch((reason) => failures.push(reason));
  if (files.length > failures.length) await fs.flushFolder(folder);
  if (failures.length > 0) throw failures[0];
}

type Held = Pick<HeldImport, 'captures' | 'rejected'> & {
  readonly from?: { readonly file: string; readonly sha256: string };
};

function allHeld(records: readonly ChainRecord[]): Held {
  return { captures: heldCaptures(records).map(({ capture }) => capture), rejected: rejectedFiles(records) };
}

function importHeld(records: readonly ChainRecord[], sha256: string): Held {
  const found = heldImports(records).find((one) => one.sha256 === sha256);
  return found ? { ...found, from: { file: found.file, sha256 } } : { captures: [], rejected: [] };
}

/** Deletes files that the journal says are deleted and a crash, or a program that had them open, spared; returns how many. */
export async function finishDeletion(
  fs: EvidenceFs,
  incident: string,
  records: readonly ChainRecord[],
): Promise<number> {
  try {
    const folder = path.join(incident, 'evidence');
    const there = new Set(await namesIn(fs, folder));
    const left = deletedFiles(records)
      .filter(({ file }) => (isCaptureFile(file) || isRejectedFile(file)) && there.has(path.basename(file)))
      .map(({ file }) => path.join(incident, file));
    await removeAll(fs, folder, left);
    return left.length;
  } catch (reason) {
    throw evidenceFailure(reason, failed, then);
  }
}

async function namesIn(fs: EvidenceFs, folder: string): Promise<readonly string[]> {
  const place = await fs.state(folder);
  if (!place) return [];
  if (place.kind !== 'folder') throw new Unusable('the folder “evidence” is not a plain folder but a link or a file');
  return fs.list(folder);
}
