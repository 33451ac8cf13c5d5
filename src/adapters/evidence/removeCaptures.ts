import path from 'node:path';
import { UserError } from '../../core/errors.ts';
import { isCaptureFile } from '../../core/evidence/captureRecord.ts';
import { deletedFiles, deletionEntry, heldCaptures } from '../../core/evidence/heldCaptures.ts';
import { isRejectedFile, rejectedFiles } from '../../core/evidence/importRecord.ts';
import type { OpenIncident } from '../../core/evidence/incidentStore.ts';
import type { ChainRecord } from '../../core/evidence/record.ts';
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

/**
 * Deletes every capture of an incident that is on the disk, and what imports kept aside; returns how many captures. Which ones, and the SHA-256 each was recorded with, is in
 * the journal before the first is gone, so that a crash in between leaves files that the next call, or the next writer, deletes.
 */
export async function removeCaptures(
  fs: EvidenceFs,
  { folder: incident, journal }: Pick<OpenIncident, 'folder' | 'journal'>,
): Promise<number> {
  if (journal.readOnly !== undefined) throw new UserError('not-allowed', journal.readOnly);
  try {
    const folder = path.join(incident, 'evidence');
    const names = await namesIn(fs, folder);
    const there = new Set(names);
    const captures = heldCaptures(journal.records)
      .map(({ capture }) => capture)
      .filter(({ file }) => there.has(path.basename(file)));
    const rejected = rejectedFiles(journal.records).filter(({ file }) => there.has(path.basename(file)));
    const recorded = [...captures, ...rejected];
    const known = new Set(recorded.map(({ file }) => path.basename(file)));
    const others = names.filter((name) => isPersonal(name) && !known.has(name));
    if (recorded.length > 0) await journal.append(deletionEntry(recorded));
    for (const name of [...known, ...others]) await fs.remove(path.join(folder, name));
    if (known.size + others.length > 0) await fs.flushFolder(folder);
    return captures.length;
  } catch (reason) {
    throw evidenceFailure(
      reason,
      'Not all evidence of this incident could be deleted',
      'The journal tells which files were to go. Check the folder’s permissions, then delete again.',
    );
  }
}

/** Deletes files that the journal says are deleted and a crash spared. */
export async function finishDeletion(fs: EvidenceFs, incident: string, records: readonly ChainRecord[]): Promise<void> {
  for (const { file } of deletedFiles(records)) {
    const target = path.join(incident, file);
    if ((isCaptureFile(file) || isRejectedFile(file)) && (await fs.state(target))) await fs.remove(target);
  }
}

async function namesIn(fs: EvidenceFs, folder: string): Promise<readonly string[]> {
  const place = await fs.state(folder);
  if (!place) return [];
  if (place.kind !== 'folder') throw new Unusable('the folder “evidence” is not a plain folder but a link or a file');
  return fs.list(folder);
}
