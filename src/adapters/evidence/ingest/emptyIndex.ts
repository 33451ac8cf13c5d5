import type { ImportSummary } from '../../../core/traffic/logImport.ts';
import { columnsOf, indexFormat, writeColumns, writeHeader } from './indexFiles.ts';
import { countryCodes } from './rowBuilder.ts';

/** Writes an index without messages, for an import that has other logs only. `folder` is there. */
export async function writeEmptyIndex(folder: string, files: ImportSummary['files']): Promise<ImportSummary> {
  const summary: ImportSummary = { rows: 0, superseded: 0, bad: { count: 0, first: [] }, files };
  const lists = { errors: [], accounts: [], statuses: [], currencies: [], directions: [], countries: countryCodes() };
  await writeColumns(folder, [], undefined, columnsOf(0, 1));
  const header = { format: indexFormat, rows: 0, values: { ...lists, blocks: 0 }, summary } as const;
  await writeHeader(folder, header, new Float64Array());
  return summary;
}
