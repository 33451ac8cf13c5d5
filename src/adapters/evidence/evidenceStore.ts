import path from 'node:path';
import { UserError } from '../../core/errors.ts';
import type { Capture } from '../../core/evidence/capture.ts';
import type { CapturedRow, EvidenceStore } from '../../core/evidence/evidenceStore.ts';
import { heldCaptures } from '../../core/evidence/heldCaptures.ts';
import { importOf } from '../../core/evidence/importRecord.ts';
import type { OpenIncident } from '../../core/evidence/incidentStore.ts';
import type { SourceId } from '../../core/evidence/source.ts';
import type { Clock } from '../../core/ports.ts';
import { captureRows } from './captureReader.ts';
import { createCaptureWriter } from './captureWriter.ts';
import { evidenceOnDisk } from './evidenceOnDisk.ts';
import { type EvidenceFs, evidenceFs } from './evidenceStoreFs.ts';
import { importLogsInto } from './import/importLogs.ts';
import { removeIncidentIndexes } from './incidentIndex.ts';
import { removeImports } from './ingest/removeImports.ts';
import { removeCaptures } from './removeCaptures.ts';

export interface EvidenceStoreParts {
  readonly clock: Clock;
  /** Where the indexes of incidents are kept: a cache outside the workspace. */
  readonly indexes: string;
  /** Where imported logs are kept to show their traffic. */
  readonly imports?: string;
  readonly fs?: EvidenceFs;
}

/** The captures in the folders of incidents. One store per process: its writers know of each other through it. */
export function createEvidenceStore({ clock, indexes, imports, fs = evidenceFs }: EvidenceStoreParts): EvidenceStore {
  const underWay = new Set<string>();

  async function* rows(
    { folder, journal }: OpenIncident,
    sources: readonly SourceId[],
    onDamaged?: (failure: UserError) => void,
    only?: ReadonlySet<Capture>,
  ): AsyncGenerator<CapturedRow> {
    const damaged: UserError[] = [];
    for (const { capture } of heldCaptures(journal.records)) {
      if (!sources.includes(capture.source) || (only && !only.has(capture))) continue;
      try {
        yield* captureRows(folder, capture);
      } catch (reason) {
        if (!(reason instanceof UserError)) throw reason;
        damaged.push(reason);
        onDamaged?.(reason);
      }
    }
    const [first, ...more] = damaged;
    if (!first || onDamaged) return;
    throw more.length === 0
      ? first
      : new UserError(first.code, `${first.message} ${more.length} more files cannot be used either.`);
  }

  return {
    writer: (incident) => createCaptureWriter(incident, { clock, fs, underWay }),
    rows,
    onDisk: (incident) => evidenceOnDisk(fs, incident),
    async importLogs(incident, paths, options) {
      const writer = await createCaptureWriter(incident, { clock, fs, underWay });
      try {
        return await importLogsInto(incident, paths, { writer, fs, clock }, options);
      } finally {
        await writer.close();
      }
    },
    async remove(incident) {
      if ([...underWay].some((file) => file.startsWith(incident.folder + path.sep)))
        throw new UserError(
          'not-allowed',
          'Evidence of this incident is being collected, so nothing was deleted. Stop that, or wait for its end, then delete again.',
        );
      const removed = await removeCaptures(fs, incident);
      if (incident.incident) await removeIncidentIndexes(indexes, incident.incident.id);
      const imported = new Set(incident.journal.records.flatMap((record) => importOf(record)?.file ?? []));
      if (imports !== undefined && imported.size > 0) await removeImports(imports, imported);
      return removed;
    },
    paths: ({ folder }, captures) => captures.map(({ file }) => path.join(folder, file)),
  };
}
