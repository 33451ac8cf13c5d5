import type { CapturedRow } from '../../../core/evidence/evidenceStore.ts';
import type { Column } from '../../../core/evidence/export/column.ts';
import { csvDictionary } from '../../../core/evidence/export/csv.ts';
import type { ExportedFile } from '../../../core/evidence/export/exporter.ts';
import { type Numbers, tableRow } from '../../../core/evidence/export/tableRow.ts';
import { columnsOf, type TableSource, tableSources, tables } from '../../../core/evidence/export/tables.ts';
import { createHashedFile } from './hashedFile.ts';
import type { CreateTableFile } from './tableFile.ts';

/** The rows of one source, of each thing its last state. */
export type RowsOf = (source: TableSource) => AsyncIterable<CapturedRow>;

export interface TablesOrder {
  readonly numbers: Numbers;
  /** After each row; waits, or throws to stop. */
  readonly step: () => Promise<void> | undefined;
}

/** Writes a file for each source that has rows, and what their columns mean. */
export async function writeTables(
  folder: string,
  rowsOf: RowsOf,
  create: CreateTableFile,
  { numbers, step }: TablesOrder,
): Promise<ExportedFile[]> {
  const files: ExportedFile[] = [];
  const written: Record<string, readonly Column[]> = {};
  for (const source of tableSources) {
    const table = tables[source];
    const columns = columnsOf(table);
    let file: Awaited<ReturnType<CreateTableFile>> | undefined;
    try {
      for await (const row of rowsOf(source)) {
        file ??= await create(folder, source, columns);
        await file.row(tableRow(table, row, numbers));
        const pause = step();
        if (pause !== undefined) await pause;
      }
      if (!file) continue;
      files.push(await file.end());
      written[source] = columns;
    } finally {
      await file?.close();
    }
  }
  if (files.length > 0) files.push(await writeText(folder, 'columns.csv', csvDictionary(written)));
  return files;
}

/** A small file as a whole. */
export async function writeText(folder: string, name: string, text: string): Promise<ExportedFile> {
  const file = await createHashedFile(folder, name);
  try {
    await file.write(text);
    return await file.end();
  } finally {
    await file.close();
  }
}
