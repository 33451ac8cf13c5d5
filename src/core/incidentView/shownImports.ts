import type { ImportedLog } from '../evidence/importRecord.ts';
import type { ChainRecord } from '../evidence/record.ts';
import { heldImports, recordedImports } from '../evidence/recordedImports.ts';

/** An import as the Incident view shows it. */
export interface ShownImport extends ImportedLog {
  /** What there is to look at: the file of rows that were not understood, else its first row as `evidence/messages-0003.jsonl.gz:1`. */
  readonly evidence?: string;
}

/** What became of each file that a journal tells of, in the order in which that came: a row for each, without those that were taken out again. */
export function shownImports(records: readonly ChainRecord[]): readonly ShownImport[] {
  const all = recordedImports(records);
  const newest = new Map(all.map(({ sha256, seq }) => [sha256, seq]));
  const imports = all.filter(
    ({ sha256, seq, deleted }) => deleted === undefined && (sha256 === undefined || newest.get(sha256) === seq),
  );
  if (imports.length === 0) return [];
  const held = new Map(heldImports(records).map(({ sha256, captures }) => [sha256, captures]));
  return imports.map((one) => {
    const [capture] = (one.rows > 0 && held.get(one.sha256 ?? '')) || [];
    const evidence = one.rejected?.file ?? (capture && `${capture.file}:1`);
    return evidence === undefined ? one : { ...one, evidence };
  });
}
