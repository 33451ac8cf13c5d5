import { isObject, objectOf, textOf } from '../model/json.ts';
import type { Capture } from './capture.ts';
import { captureOf, deletedFiles, heldCaptures } from './heldCaptures.ts';
import { type ImportedLog, importOf, type RejectedRows } from './importRecord.ts';
import { perRecord } from './perRecord.ts';
import type { ChainRecord } from './record.ts';

/** An import as a journal tells of it, and what became of it. */
export interface RecordedImport extends ImportedLog {
  /** Number of its record. */
  readonly seq: number;
  /** When what it took in was deleted on purpose, epoch milliseconds; absent while it is there. */
  readonly deleted?: number;
}

/** What imports of one file brought into an incident and is held there. */
export interface HeldImport {
  /** Of the file as it was when it was read. */
  readonly sha256: string;
  /** The file’s name: hostile text. */
  readonly file: string;
  readonly captures: readonly Capture[];
  readonly rejected: readonly RejectedRows[];
}

/**
 * The imports a journal tells of, in its order: refused ones too, and those whose evidence was deleted since. One is deleted when a deletion named what
 * it took in and no capture of its file was held any more: what a deletion did not name comes back with its file, and counts.
 */
export function recordedImports(records: readonly ChainRecord[]): readonly RecordedImport[] {
  return [...told(records).imports];
}

interface Known {
  imports: RecordedImport[];
  /** The names of captures that are held, by the SHA-256 of the imported file. */
  readonly captures: Map<string, Set<string>>;
}

const told = perRecord<Known>(
  () => ({ imports: [], captures: new Map() }),
  (state, record) => {
    const log = importOf(record);
    if (log) state.imports.push({ ...log, seq: record.seq });
    const from = record.type === 'capture' ? captureOf(record) : undefined;
    const imported = from && importedFrom(from);
    if (from && imported) {
      const own = state.captures.get(imported.sha256) ?? new Set();
      state.captures.set(imported.sha256, own.add(from.file));
    }
    if (record.type !== 'evidence-deleted') return;
    const files = deletedFiles([record]).map(({ file }) => file);
    const touched = new Set<string>();
    for (const [sha256, own] of state.captures) for (const file of files) if (own.delete(file)) touched.add(sha256);
    const deleted = Date.parse(record.at);
    const isGone = ({ sha256 = '', rejected, ...one }: RecordedImport): boolean =>
      one.deleted === undefined &&
      (state.captures.get(sha256)?.size ?? 0) === 0 &&
      ((one.rows > 0 && touched.has(sha256)) || (rejected !== undefined && files.includes(rejected.file)));
    state.imports = state.imports.map((one) => (isGone(one) ? { ...one, deleted } : one));
  },
);

/** The import of a file with this SHA-256 that was not deleted since and took rows in: it need not be imported again. */
export function earlierImport(records: readonly ChainRecord[], sha256: string): ImportedLog | undefined {
  return recordedImports(records).findLast(
    (one) => one.sha256 === sha256 && one.deleted === undefined && one.refused === undefined && !isLeftOut(one),
  );
}

/** What of imported files is held, file by file; also what an import left that broke off before its record. */
export function heldImports(records: readonly ChainRecord[]): readonly HeldImport[] {
  const found = new Map<string, { file: string; captures: Capture[]; rejected: RejectedRows[] }>();
  const of = (sha256: string, file: string) => {
    const known = found.get(sha256) ?? { file, captures: [], rejected: [] };
    found.set(sha256, known);
    return known;
  };
  for (const { sha256, file, rejected, deleted } of recordedImports(records))
    if (sha256 !== undefined && deleted === undefined) of(sha256, file).rejected.push(...(rejected ? [rejected] : []));
  for (const { capture } of heldCaptures(records)) {
    const from = importedFrom(capture);
    if (from) of(from.sha256, from.file).captures.push(capture);
  }
  return [...found]
    .map(([sha256, one]) => ({ sha256, ...one }))
    .filter(({ captures, rejected }) => captures.length + rejected.length > 0);
}

/** The imported file that every row of a capture is from; `undefined` when Twilio sent any of them. */
function importedFrom({ slices }: Capture): { readonly file: string; readonly sha256: string } | undefined {
  const first = slices.find(({ pages }) => pages.length > 0)?.pages[0];
  if (!first?.request.startsWith(fromFile)) return undefined;
  const isSame = slices.every(({ pages }) =>
    pages.every((page) => page.request.startsWith(fromFile) && page.sha256 === first.sha256),
  );
  return isSame ? { file: first.request.slice(fromFile.length), sha256: first.sha256 } : undefined;
}

/** The one import that a deletion was about; `undefined` when it was about all evidence. */
export function deletedImport(record: ChainRecord): { readonly file: string; readonly sha256: string } | undefined {
  const imported = objectOf(record, 'imported');
  const sha256 = imported && textOf(imported, 'sha256');
  return isObject(imported) && sha256 !== undefined ? { file: textOf(imported, 'name') ?? '', sha256 } : undefined;
}

const fromFile = 'FILE ';

/** All its rows are of accounts that the person did not want: asked again, the answer may be another. */
function isLeftOut({ rows, leftOut = [] }: ImportedLog): boolean {
  return rows === 0 && leftOut.length > 0;
}
