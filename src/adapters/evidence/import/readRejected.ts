import path from 'node:path';
import type { RejectedEvidence } from '../../../core/evidence/evidenceStore.ts';
import { rejectedFiles } from '../../../core/evidence/importRecord.ts';
import type { OpenIncident } from '../../../core/evidence/incidentStore.ts';
import { recordedImports } from '../../../core/evidence/recordedImports.ts';
import { evidenceFailure } from '../evidenceStoreFailure.ts';
import type { EvidenceFs } from '../evidenceStoreFs.ts';
import { rejectedRowsIn } from '../ingest/rejected.ts';
import { openFile, Unusable } from '../openFile.ts';
import { sha256 } from '../sha256.ts';

/**
 * The rows that an import did not understand, from the file in `evidence/` they were put into; `undefined` when no record names it or it was deleted on
 * purpose. Throws `UserError` when it is not there, is no plain file, or is not as it was recorded.
 */
export async function readRejectedRows(
  fs: EvidenceFs,
  { folder, journal }: Pick<OpenIncident, 'folder' | 'journal'>,
  file: string,
): Promise<RejectedEvidence | undefined> {
  const { records } = journal;
  const recorded = rejectedFiles(records).find((one) => one.file === file);
  if (!recorded) return undefined;
  try {
    const place = await fs.state(path.join(folder, 'evidence'));
    if (place?.kind !== 'folder') throw new Unusable('the folder “evidence” is missing, or a link');
    const opened = await openFile(fs, path.join(folder, file), 'read');
    await opened.file?.close();
    if (!opened.file) throw new Unusable('it is not there any more');
    if (sha256(opened.content) !== recorded.sha256) throw new Unusable('it was changed since it was recorded');
    const rows = rejectedRowsIn(opened.content.toString('utf8'));
    return { rows, count: recordedImports(records).find((one) => one.rejected?.file === file)?.bad ?? rows.length };
  } catch (reason) {
    throw evidenceFailure(
      reason,
      `${file} cannot be read`,
      'Restore it from a backup, or delete what was imported with it and import the file again.',
    );
  }
}
