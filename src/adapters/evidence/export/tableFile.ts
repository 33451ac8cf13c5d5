import type { Cell, Column } from '../../../core/evidence/export/column.ts';
import { byteOrderMark, csvHeader, csvRow } from '../../../core/evidence/export/csv.ts';
import type { ExportedFile } from '../../../core/evidence/export/exporter.ts';
import { createHashedFile } from './hashedFile.ts';

/** A file that one table is written into. */
export interface TableFile {
  /** A cell for each column, in order. */
  row(cells: readonly Cell[]): Promise<void>;
  end(): Promise<ExportedFile>;
  /** Lets go of it, ended or not. */
  close(): Promise<void>;
}

/** `name` is without extension. */
export type CreateTableFile = (folder: string, name: string, columns: readonly Column[]) => Promise<TableFile>;

/** A table for spreadsheets. */
export const createCsvFile: CreateTableFile = async (folder, name, columns) => {
  const file = await createHashedFile(folder, `${name}.csv`);
  await file.write(`${byteOrderMark}${csvHeader(columns)}`);
  return { row: (cells) => file.write(csvRow(columns, cells)), end: file.end, close: file.close };
};
