import { setImmediate as nextTurn } from 'node:timers/promises';
import { throwIfCancelled } from '../../../core/cancellation.ts';
import type { Cancellation } from '../../../core/ports.ts';
import { readAttempt } from '../../../core/traffic/attemptLog.ts';
import { readCall } from '../../../core/traffic/callLog.ts';
import { type BadRow, type ImportedFile, type OtherLogs, rememberedBadRows } from '../../../core/traffic/logImport.ts';
import type { Defect } from '../../../core/traffic/logRow.ts';
import type { FieldOf, OtherRow } from '../../../core/traffic/otherRow.ts';
import { keptText } from '../importedSecrets.ts';
import { createFields } from './otherFields.ts';
import { type OtherLog, writeOthers } from './otherFiles.ts';
import { summaryOfAttempts, summaryOfCalls } from './otherSummary.ts';
import { createOtherTable, type OtherTable } from './otherTable.ts';
import { checkRows, rawRows } from './rawRows.ts';
import type { Format } from './recogniseLog.ts';
import { Refused } from './refused.ts';
import { createRejectedFile } from './rejected.ts';

export interface OtherFile {
  readonly path: string;
  readonly name: string;
  readonly log: OtherLog;
  readonly format: Format;
}

export interface OtherOptions {
  readonly cancel?: Cancellation | undefined;
  /** Rows so far, and bytes read of the files. */
  readonly onProgress: (rows: number, bytes: number) => void;
}

const readers: { readonly [Log in OtherLog]: (field: FieldOf) => OtherRow | Defect } = {
  calls: readCall,
  attempts: readAttempt,
};

/**
 * Reads calls and Verify attempts into files in `folder`, which is there. On the caller's thread, a chunk at a time: there are few of them
 * beside messages. Throws `Cancelled`.
 */
export async function ingestOthers(
  files: readonly OtherFile[],
  refused: readonly ImportedFile[],
  folder: string,
  { cancel, onProgress }: OtherOptions,
): Promise<OtherLogs> {
  const tables = new Map<OtherLog, OtherTable>();
  const taken: ImportedFile[] = [];
  const first: BadRow[] = [];
  const rejected = createRejectedFile(folder);
  let badCount = 0;
  let rows = 0;
  let bytesBefore = 0;

  async function take({ path, name, log, format }: OtherFile, table: OtherTable): Promise<void> {
    const fieldsOf = createFields(format);
    const bad: (BadRow & { text: string })[] = [];
    const before = rows;
    let bytes = 0;
    let isHeader = format.kind === 'csv';
    for await (const chunk of rawRows(path, name, format)) {
      for (const raw of chunk.rows) {
        if (isHeader) {
          isHeader = false;
          continue;
        }
        const fields = fieldsOf(raw);
        const row = typeof fields === 'string' ? fields : readers[log](fields);
        const defect = typeof row === 'string' ? row : table.add(row) ? undefined : 'too-many-values';
        if (defect === undefined) rows++;
        else {
          badCount++;
          if (bad.length < rememberedBadRows)
            bad.push({ file: name, line: raw.line, defect, text: keptText(raw.text, format) });
        }
      }
      bytes = chunk.read;
      onProgress(rows, bytesBefore + bytes);
      await nextTurn();
      throwIfCancelled(cancel);
    }
    bytesBefore += bytes;
    first.push(...bad.map(({ file, line, defect }) => ({ file, line, defect })));
    await rejected.add(bad);
    taken.push({ name, rows: rows - before });
  }

  for (const file of files) {
    try {
      // A file that is cut or damaged gives no rows, so it is read to its end before one of them counts.
      for await (const _ of checkRows(file.path, file.name, file.format)) throwIfCancelled(cancel);
    } catch (reason) {
      if (!(reason instanceof Refused)) throw reason;
      taken.push({ name: file.name, rows: 0, refused: reason.message });
      continue;
    }
    const table = tables.get(file.log) ?? createOtherTable();
    tables.set(file.log, table);
    await take(file, table);
  }
  const calls = tables.get('calls');
  const attempts = tables.get('attempts');
  const summary: OtherLogs = {
    ...(calls && { calls: summaryOfCalls(calls) }),
    ...(attempts && { attempts: summaryOfAttempts(attempts) }),
    bad: { count: badCount, first },
    files: [...taken, ...refused],
  };
  await writeOthers(folder, tables, summary);
  return summary;
}
