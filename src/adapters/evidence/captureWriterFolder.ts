import path from 'node:path';
import { UserError } from '../../core/errors.ts';
import { everCaptured } from '../../core/evidence/heldCaptures.ts';
import type { OpenIncident } from '../../core/evidence/incidentStore.ts';
import type { SourceId } from '../../core/evidence/source.ts';
import { type CaptureFile, createCaptureFile } from './captureWriterFile.ts';
import type { EvidenceFs } from './evidenceStoreFs.ts';
import { Unusable } from './openFile.ts';
import { finishDeletion } from './removeCaptures.ts';

/** What a writer needs of an incident. */
export type WritableIncident = Pick<OpenIncident, 'folder' | 'journal'>;

/** The folder captures are written into, and the files that are being written. */
export interface CaptureFolder {
  /** Creates the next file of a source. `now`: epoch milliseconds. */
  create(source: SourceId, now: number): Promise<CaptureFile>;
  /** It is recorded now. */
  done(file: CaptureFile): void;
  /** Removes a file that was never recorded. */
  discard(file: CaptureFile): Promise<void>;
  /** Lets go of the files that are neither recorded nor discarded. */
  close(): Promise<void>;
}

export const evidenceName = 'evidence';
/** Files a crash left: never evidence, and never thrown away unasked. */
const aside = '.unrecorded-';

/**
 * Opens `evidence/` of an incident for writing, 0700, made when it is missing. Anything but a plain folder there is refused. Completes a
 * deletion that a crash broke off. Files no record knows of are renamed and named in the journal, before anything new is written.
 */
export async function openCaptureFolder(
  { folder: incident, journal }: WritableIncident,
  fs: EvidenceFs,
  underWay: Set<string>,
): Promise<CaptureFolder> {
  if (journal.readOnly !== undefined) throw new UserError('not-allowed', journal.readOnly);
  const folder = path.join(incident, evidenceName);
  const identity = await plainFolder(fs, incident, folder);
  await finishDeletion(fs, incident, journal.records);
  const recorded = everCaptured(journal.records);
  const left = await putAside(
    fs,
    folder,
    (name) => recorded.has(`evidence/${name}`) || underWay.has(path.join(folder, name)),
  );
  if (left.length > 0) await journal.append({ type: 'unrecorded', names: left });
  const open = new Set<CaptureFile>();
  const next = new Map<SourceId, number>();
  const taken = new Set([...(await fs.list(folder)), ...[...recorded].map((file) => path.basename(file))]);

  async function create(source: SourceId, now: number): Promise<CaptureFile> {
    for (let number = next.get(source) ?? 1; ; number += 1) {
      const name = `${source}-${String(number).padStart(4, '0')}.jsonl.gz`;
      next.set(source, number + 1);
      if (taken.has(name) || underWay.has(path.join(folder, name))) continue;
      underWay.add(path.join(folder, name));
      try {
        const file = await createCaptureFile({ fs, folder, identity, name, source, begun: now });
        open.add(file);
        return file;
      } catch (reason) {
        underWay.delete(path.join(folder, name));
        if ((reason as NodeJS.ErrnoException).code !== 'EEXIST') throw reason;
      }
    }
  }
  function done(file: CaptureFile): void {
    open.delete(file);
    underWay.delete(file.path);
  }
  return {
    create,
    done,
    async discard(file) {
      await file.close();
      await fs.remove(file.path);
      done(file);
    },
    async close() {
      for (const file of open) {
        await file.close().catch(() => undefined);
        done(file);
      }
    },
  };
}

async function plainFolder(fs: EvidenceFs, incident: string, folder: string): Promise<string> {
  const before = await fs.state(folder);
  if (!before) {
    await fs.makeFolder(folder);
    await fs.flushFolder(incident);
  }
  const place = before ?? (await fs.state(folder));
  if (place?.kind !== 'folder') throw new Unusable('it is not a plain folder but a link or a file');
  return place.identity;
}

async function putAside(fs: EvidenceFs, folder: string, known: (name: string) => boolean): Promise<readonly string[]> {
  const names = new Set(await fs.list(folder));
  const left: string[] = [];
  for (const name of [...names].toSorted()) {
    if (known(name) || name.includes(aside) || !name.endsWith('.jsonl.gz')) continue;
    let number = 1;
    while (names.has(`${name}${aside}${number}`)) number += 1;
    await fs.rename(path.join(folder, name), path.join(folder, `${name}${aside}${number}`));
    left.push(`${name}${aside}${number}`);
  }
  if (left.length > 0) await fs.flushFolder(folder);
  return left;
}
