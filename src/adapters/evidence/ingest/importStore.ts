import { randomUUID } from 'node:crypto';
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { UserError } from '../../../core/errors.ts';
import { span } from '../../../core/model/age.ts';
import type { Cancellation, Clock } from '../../../core/ports.ts';
import type { ImportedTraffic, LogImporter } from '../../../core/traffic/logImport.ts';
import { headerFile, removeIndex } from './indexFiles.ts';
import { ingestLogs } from './ingest.ts';
import { openIndex, readHeader } from './openIndex.ts';
import { reportFromIndex } from './reportFromIndex.ts';

export interface ImportStoreParts {
  /** Imports are kept here, each in a folder of its own. */
  readonly folder: string;
  /** The script of the threads that read. */
  readonly worker: string | URL;
  readonly clock: Clock;
}

/** Imports logs into column files below a folder and keeps the newest import; several windows may do so at once. */
export function createImportStore({ folder, worker, clock }: ImportStoreParts): LogImporter {
  async function open(own: string, cancel?: Cancellation): Promise<ImportedTraffic> {
    const index = await openIndex(own);
    const report = await reportFromIndex(index, { now: clock.now(), cancel });
    const { from, to } = report.imported;
    return { report, summary: index.summary, from, to };
  }
  return {
    async importFiles(paths, options) {
      const own = path.join(folder, `${clock.now()}-${randomUUID()}`);
      await ingestLogs(paths, own, { ...options, worker });
      await removeOthers(folder, own, clock.now());
      return open(own, options.cancel);
    },
    async last() {
      for (const one of (await finished(folder)).toReversed()) {
        try {
          const { summary } = await readHeader(one);
          return { summary, open: (cancel) => open(one, cancel) };
        } catch (reason) {
          // Damaged, or another version's: as good as none.
          if (!(reason instanceof UserError)) throw reason;
        }
      }
      return undefined;
    },
  };
}

/** The folders of imports that ended, oldest first. */
async function finished(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch(() => []);
  const found = await Promise.all(
    names.toSorted().map(async (name) => {
      const own = path.join(folder, name);
      return (await changed(path.join(own, headerFile))) === undefined ? [] : [own];
    }),
  );
  return found.flat();
}

/** Another window may be importing: what has no header yet is left alone for a day. */
async function removeOthers(folder: string, own: string, now: number): Promise<void> {
  for (const name of await readdir(folder)) {
    const other = path.join(folder, name);
    if (other === own) continue;
    const ended = (await changed(path.join(other, headerFile))) !== undefined;
    const age = now - ((await changed(other)) ?? now);
    if (ended || age > span.day) await removeIndex(other);
  }
}

async function changed(file: string): Promise<number | undefined> {
  return stat(file).then(
    ({ mtimeMs }) => mtimeMs,
    () => undefined,
  );
}
