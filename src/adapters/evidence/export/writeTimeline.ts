import type { ExportedFile } from '../../../core/evidence/export/exporter.ts';
import { tableSources, tables } from '../../../core/evidence/export/tables.ts';
import { type Lack, lackLine, timelineLine } from '../../../core/evidence/export/timesketch.ts';
import { createHashedFile } from './hashedFile.ts';
import { createSortedLines } from './sortedLines.ts';
import type { RowsOf, TablesOrder } from './writeTables.ts';

/** What a timeline is told to lack once all rows were read. `from`: epoch milliseconds, where it says so. */
export interface Lacks {
  readonly from: number;
  readonly lacks: readonly Lack[];
}

/**
 * Writes the rows of all sources as one timeline for Timesketch, sorted by time, with a line for everything it lacks. The draft's folder also
 * takes what is being sorted.
 */
export async function writeTimeline(
  folder: string,
  name: string,
  rowsOf: RowsOf,
  { numbers, step, lacking }: TablesOrder & { readonly lacking: () => Lacks },
): Promise<ExportedFile> {
  const sorted = createSortedLines(folder);
  for (const source of tableSources)
    for await (const row of rowsOf(source)) {
      await sorted.add(timelineLine(tables[source], row, numbers));
      const pause = step();
      if (pause !== undefined) await pause;
    }
  const { from, lacks } = lacking();
  for (const lack of lacks) await sorted.add(lackLine(lack, from));
  const file = await createHashedFile(folder, name);
  try {
    for await (const line of sorted.merged()) {
      await file.write(line);
      const pause = step();
      if (pause !== undefined) await pause;
    }
    return await file.end();
  } finally {
    await file.close();
  }
}
