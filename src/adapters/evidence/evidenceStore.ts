import path from 'node:path';
import { UserError } from '../../core/errors.ts';
import type { Capture } from '../../core/evidence/capture.ts';
import type { CapturedRow, CaptureWriter, EvidenceStore } from '../../core/evidence/evidenceStore.ts';
import { heldCaptures } from '../../core/evidence/heldCaptures.ts';
import type { OpenIncident } from '../../core/evidence/incidentStore.ts';
import { recordedImports } from '../../core/evidence/recordedImports.ts';
import type { SourceId } from '../../core/evidence/source.ts';
import type { Clock } from '../../core/ports.ts';
import { captureRows } from './captureReader.ts';
import { createCaptureWriter } from './captureWriter.ts';
import { evidenceOnDisk } from './evidenceOnDisk.ts';
import { evidenceFailure } from './evidenceStoreFailure.ts';
import { type EvidenceFs, evidenceFs } from './evidenceStoreFs.ts';
import { importLogsInto } from './import/importLogs.ts';
import { readRejectedRows } from './import/readRejected.ts';
import { removeIncidentIndexes } from './incidentIndex.ts';
import { removeImports } from './ingest/removeImports.ts';
import { finishDeletion, removeCaptures } from './removeCaptures.ts';

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
  /** Writers that are not closed, by the incident they write into. */
  const writing = new Set<{ readonly folder: string }>();

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

  async function openWriter(incident: OpenIncident): Promise<CaptureWriter> {
    const one = { folder: incident.folder };
    writing.add(one);
    try {
      const writer = await createCaptureWriter(incident, { clock, fs, underWay });
      return { ...writer, close: () => writer.close().finally(() => writing.delete(one)) };
    } catch (reason) {
      writing.delete(one);
      throw reason;
    }
  }
  /** Also while an import waits for an answer and has no file open: what it was told is there already would be gone. */
  function refuseWhileWriting({ folder }: OpenIncident): void {
    if ([...writing].some((one) => one.folder === folder))
      throw new UserError(
        'not-allowed',
        'Evidence of this incident is being collected or imported, so nothing was deleted. Stop that, answer what it asks, or wait for its end, then delete again.',
      );
  }
  /** What can be made anew goes first: with the captures gone, nobody would be offered to delete it again. */
  async function removeCopies({ incident, journal }: OpenIncident, only: string | undefined): Promise<void> {
    if (journal.readOnly !== undefined) return;
    const named = recordedImports(journal.records).filter(({ sha256 }) => only === undefined || sha256 === only);
    try {
      if (incident) await removeIncidentIndexes(indexes, incident.id);
      const files = named.map(({ file, sha256 }) => ({ name: file, ...(sha256 !== undefined && { sha256 }) }));
      if (imports !== undefined && files.length > 0) await removeImports(imports, files);
    } catch (reason) {
      throw evidenceFailure(
        reason,
        'What was counted of this evidence could not be deleted, so the evidence was not either',
        'Close what may have it open, such as other windows, then delete again.',
      );
    }
  }

  return {
    writer: openWriter,
    rows,
    onDisk: (incident) => evidenceOnDisk(fs, incident),
    async importLogs(incident, paths, options) {
      const writer = await openWriter(incident);
      try {
        return await importLogsInto(incident, paths, { writer, fs, clock }, options);
      } finally {
        await writer.close();
      }
    },
    async remove(incident, only) {
      refuseWhileWriting(incident);
      await removeCopies(incident, only);
      return removeCaptures(fs, incident, only);
    },
    async finishRemoval(incident) {
      const { folder, journal } = incident;
      if (journal.readOnly !== undefined) throw new UserError('not-allowed', journal.readOnly);
      refuseWhileWriting(incident);
      return finishDeletion(fs, folder, journal.records);
    },
    rejected: (incident, file) => readRejectedRows(fs, incident, file),
    paths: ({ folder }, captures) => captures.map(({ file }) => path.join(folder, file)),
  };
}
