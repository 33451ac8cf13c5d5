import type { Cancellation, JournalEntry } from '../../ports.ts';
import type { OpenIncident } from '../incidentStore.ts';
import type { Numbers } from './tableRow.ts';
import type { TableSource } from './tables.ts';

/** `csv` and `parquet`: a folder with a file for each table. `timesketch`, `zip`: one file. */
export type ExportFormat = 'csv' | 'parquet' | 'timesketch' | 'zip';

export interface ExportOrder {
  readonly format: ExportFormat;
  /** For rows. A zip holds the incident's files as they are. */
  readonly numbers: Numbers;
  /** Whether a zip holds `evidence/`. */
  readonly evidence: boolean;
  /** Absolute path of the folder or file to make. A file that is there is replaced, a folder never. */
  readonly target: string;
}

/** A file that was written; `name` is relative to a folder that was made, or the file's own. */
export interface ExportedFile {
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
}

export interface Exported {
  readonly target: string;
  readonly files: readonly ExportedFile[];
  /** Rows of tables, or files of the incident in a zip. */
  readonly count: number;
  /** Of tables and timelines: how many rows of which log, in the order of the tables; logs without rows are not named. */
  readonly rows: readonly { readonly source: TableSource; readonly rows: number }[];
  /** Files of the incident that a zip leaves out for a reason its manifest names. */
  readonly leftOut: number;
  /** A sentence for each file of evidence that does not match its SHA-256 any more, whose rows are not in it. */
  readonly damaged: readonly string[];
  /** False where the journal cannot be written. */
  readonly recorded: boolean;
}

export interface EvidenceExporter {
  /**
   * Writes, records, and only then gives the result its name: a cancelled or failed export leaves nothing behind. Failures are
   * `UserError` or `Cancelled`. `progress` gets how many rows, or bytes of a zip, are written.
   */
  export(
    incident: OpenIncident,
    order: ExportOrder,
    on?: { readonly cancel?: Cancellation | undefined; readonly progress?: (done: number) => void },
  ): Promise<Exported>;
}

/** What the journal says of an export. The files are not the incident's, so only their hashes are kept, not where they are. */
export function exportRecord(
  order: ExportOrder,
  { files, count, damaged }: Pick<Exported, 'files' | 'count' | 'damaged'>,
): JournalEntry {
  const { format, evidence } = order;
  const numbers = format === 'zip' ? 'as they are' : order.numbers;
  const counted = format === 'zip' ? { evidence, entries: count } : { rows: count, damaged };
  return {
    type: 'export',
    format,
    numbers,
    ...counted,
    files: files.map(({ name, bytes, sha256 }) => ({ name, bytes, sha256 })),
  };
}

/** A name that says which incident and format it is and holds nothing anybody wrote: `incident-2026-11-21-1a2b3c4d-csv`. */
export function exportName(incident: OpenIncident, format: ExportFormat): string {
  const { id = '', created } = incident.incident ?? {};
  const mark = (/^[0-9a-f]{8}/i.exec(id)?.[0] ?? incident.journal.head?.hash.slice(0, 8) ?? 'unknown').toLowerCase();
  const day = created === undefined ? '' : `-${new Date(created).toISOString().slice(0, 10)}`;
  const ends = { csv: '-csv', parquet: '-parquet', timesketch: '-timeline.jsonl', zip: '.zip' } as const;
  return `incident${day}-${mark}${ends[format]}`;
}
