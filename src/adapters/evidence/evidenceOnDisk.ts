import path from 'node:path';
import type { EvidenceOnDisk } from '../../core/evidence/evidenceStore.ts';
import { heldCaptures } from '../../core/evidence/heldCaptures.ts';
import { isRejectedFile } from '../../core/evidence/importRecord.ts';
import type { OpenIncident } from '../../core/evidence/incidentStore.ts';
import type { EvidenceFs } from './evidenceStoreFs.ts';
import { isUnrecorded } from './removeCaptures.ts';

/** Holds the names and sizes in `evidence/` against the journal. Contents are not read. A folder that cannot be listed holds nothing. */
export async function evidenceOnDisk(
  fs: EvidenceFs,
  { folder: incident, journal }: Pick<OpenIncident, 'folder' | 'journal'>,
): Promise<EvidenceOnDisk> {
  // Before the names: a file is there before it is recorded, and may be recorded meanwhile.
  const captures = heldCaptures(journal.records).map(({ capture }) => capture);
  const folder = path.join(incident, 'evidence');
  const isFolder = (await fs.state(folder).catch(() => undefined))?.kind === 'folder';
  const names = new Set(isFolder ? await fs.list(folder).catch(() => []) : []);
  const known = new Set(captures.map(({ file }) => path.basename(file)));
  const lost = await Promise.all(
    captures.map(async ({ file, bytes }) => {
      if (!names.has(path.basename(file))) return [file];
      const state = await fs.state(path.join(incident, file)).catch(() => undefined);
      return state?.kind === 'file' && state.size === bytes ? [] : [file];
    }),
  );
  return {
    lost: new Set(lost.flat()),
    aside: [...names].filter((name) => isRejectedFile(`evidence/${name}`)).length,
    leftOver: [...names].filter((name) => isUnrecorded(name) && !known.has(name)).length,
  };
}
