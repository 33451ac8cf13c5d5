import { stat } from 'node:fs/promises';
import path from 'node:path';
import { throwIfCancelled } from '../../../core/cancellation.ts';
import type { CaptureWriter, TakeForeign, TakenLog } from '../../../core/evidence/evidenceStore.ts';
import { heldCaptures } from '../../../core/evidence/heldCaptures.ts';
import { unnamedOwner } from '../../../core/evidence/importedAccounts.ts';
import { type AccountRows, type ImportedLog, importEntry } from '../../../core/evidence/importRecord.ts';
import type { OpenIncident } from '../../../core/evidence/incidentStore.ts';
import { earlierImport } from '../../../core/evidence/recordedImports.ts';
import type { Cancellation, Clock } from '../../../core/ports.ts';
import type { ImportProgress } from '../../../core/traffic/logImport.ts';
import type { LogKind } from '../../../core/traffic/logKind.ts';
import { evidenceOnDisk } from '../evidenceOnDisk.ts';
import { evidenceFailure } from '../evidenceStoreFailure.ts';
import type { EvidenceFs } from '../evidenceStoreFs.ts';
import { recogniseLog } from '../ingest/recogniseLog.ts';
import { Refused } from '../ingest/refused.ts';
import type { RejectedText } from '../ingest/rejected.ts';
import { createForeignRows } from './foreignRows.ts';
import { type HashedFile, hashFile } from './hashFile.ts';
import { importFile } from './importFile.ts';
import { keepRejected } from './keepRejected.ts';

export interface ImportLogsParts {
  readonly writer: CaptureWriter;
  readonly fs: EvidenceFs;
  readonly clock: Clock;
}

export interface ImportLogsOptions {
  readonly cancel?: Cancellation | undefined;
  readonly onProgress?: ((progress: ImportProgress) => void) | undefined;
  readonly takeForeign?: TakeForeign | undefined;
}

const then = 'The import is not recorded. Check free space and the folder’s permissions, then import the file again.';

/** Takes files of logs into an incident's captures, one after the other, and records each when its rows are durable. */
export async function importLogsInto(
  incident: OpenIncident,
  paths: readonly string[],
  { writer, fs, clock }: ImportLogsParts,
  { cancel, onProgress, takeForeign }: ImportLogsOptions = {},
): Promise<readonly TakenLog[]> {
  const { journal } = incident;
  const account = unnamedOwner(incident);
  const sizes = await Promise.all(paths.map((file) => sizeOf(file)));
  const totalBytes = sizes.reduce((sum, size) => sum + size, 0);
  const taken: TakenLog[] = [];
  const unwanted = createForeignRows(incident, takeForeign);
  let [rowsBefore, bytesBefore] = [0, 0];
  const { lost } = await evidenceOnDisk(fs, incident);

  /**
   * How many rows one import of the file with this SHA-256 has in captures that are still there, told by its instant. What another import left, such as
   * one that broke off, are the same rows again and cannot stand for those that are gone.
   */
  function rowsHeld(sha256: string): number {
    const rowsOf = new Map<number, number>();
    for (const { capture } of heldCaptures(journal.records)) {
      if (lost.has(capture.file)) continue;
      for (const page of capture.slices.flatMap(({ pages }) => pages))
        if (page.sha256 === sha256) rowsOf.set(page.receivedAt, (rowsOf.get(page.receivedAt) ?? 0) + page.rows);
    }
    return Math.max(0, ...rowsOf.values());
  }

  async function take(file: string): Promise<TakenLog> {
    const name = path.basename(file);
    let hashed: HashedFile | undefined;
    let log: LogKind | undefined;
    try {
      hashed = await hashFile(file, name, cancel);
      const { sha256, bytes, check } = hashed;
      const earlier = earlierImport(journal.records, sha256);
      if (earlier && rowsHeld(sha256) >= earlier.rows) return { ...earlier, known: true };
      const recognised = await recogniseLog(file, name);
      log = recognised.log;
      const leaveOut = (found: readonly AccountRows[]) => unwanted(name, found);
      const options = { now: clock.now(), account, leaveOut, cancel, onProgress: tell, check };
      const read = await importFile({ path: file, name, recognised, sha256, bytes }, writer, options);
      return await record(read.log, read.rejected);
    } catch (reason) {
      if (!(reason instanceof Refused)) throw reason;
      const known = { ...(hashed && { sha256: hashed.sha256, bytes: hashed.bytes }), ...(log && { log }) };
      return record({ file: name, ...known, rows: 0, bad: 0, refused: reason.message }, []);
    }
  }
  async function record(log: ImportedLog, rejected: readonly RejectedText[]): Promise<TakenLog> {
    await writer.flush();
    // Of a file nothing of which was wanted, what was not understood is as little the incident's.
    const isUnwanted = log.rows === 0 && log.leftOut !== undefined;
    const aside = await keepRejected(fs, incident, isUnwanted ? [] : rejected).catch((reason) => {
      throw evidenceFailure(reason, 'Rows that were not understood could not be put aside', then);
    });
    const whole = { ...log, ...(aside && { rejected: aside }) };
    await journal.append(importEntry(whole));
    return { ...whole, known: false };
  }
  function tell(rows: number, bytes: number): void {
    const done = { files: paths.length, filesDone: taken.length };
    onProgress?.({ rows: rowsBefore + rows, bytes: bytesBefore + bytes, totalBytes, ...done });
  }

  for (const [index, file] of paths.entries()) {
    throwIfCancelled(cancel);
    const one = await take(file);
    taken.push(one);
    rowsBefore += one.known ? 0 : one.rows;
    bytesBefore += sizes[index] ?? 0;
    tell(0, 0);
  }
  return taken;
}

async function sizeOf(file: string): Promise<number> {
  return stat(file).then(
    ({ size }) => size,
    () => 0,
  );
}
