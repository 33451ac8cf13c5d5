import { isObject, type JsonObject, objectsOf, textOf } from '../model/json.ts';
import type { JournalEntry } from '../ports.ts';
import { untrusted } from '../untrusted.ts';
import type { Capture } from './capture.ts';
import { captureFrom } from './captureRecord.ts';
import { perRecord } from './perRecord.ts';
import type { ChainRecord } from './record.ts';
import { createSliceIndex, type SliceIndex } from './sliceIndex.ts';

/** A capture that a journal holds. */
export interface HeldCapture {
  readonly capture: Capture;
  /** When it was recorded, epoch milliseconds. */
  readonly at: number;
  /** Number of its record. */
  readonly seq: number;
}

/** A file that was deleted on purpose, and the SHA-256 it had. */
export interface DeletedFile {
  readonly file: string;
  readonly sha256: string;
}

/** The captures a journal tells of, in its order, without those that were deleted on purpose. */
export function heldCaptures(records: readonly ChainRecord[]): readonly HeldCapture[] {
  const state = holding(records);
  // A copy: whoever asked must not see it grow.
  state.asked ??= [...state.held];
  return state.asked;
}

/** The slices of these captures by source and account, in the journal's order; the same lists each time, which grow with the journal. */
export function heldSlices(records: readonly ChainRecord[]): SliceIndex {
  return holding(records).index;
}

interface Holding {
  readonly deleted: Set<string>;
  held: HeldCapture[];
  index: SliceIndex;
  asked: readonly HeldCapture[] | undefined;
}

const holding = perRecord<Holding>(
  () => ({ deleted: new Set(), held: [], index: createSliceIndex(), asked: undefined }),
  (state, record) => {
    if (record.type === 'evidence-deleted') {
      for (const file of objectsOf(record, 'files').flatMap(deletedFrom)) state.deleted.add(nameOf(file));
      state.held = state.held.filter(({ capture }) => !state.deleted.has(nameOf(capture)));
      state.index = createSliceIndex(state.held);
      state.asked = undefined;
    }
    const capture = captureOf(record);
    if (!capture || (state.deleted.size > 0 && state.deleted.has(nameOf(capture)))) return;
    const one = { capture, at: Date.parse(record.at), seq: record.seq };
    state.held.push(one);
    state.index.add(one);
    state.asked = undefined;
  },
);

/** Numbers of the records that should be captures and cannot be read as one: damaged by a mistake of ours, or of a later version. */
export function unreadableCaptures(records: readonly ChainRecord[]): readonly number[] {
  return records.filter((record) => record.type === 'capture' && !captureOf(record)).map(({ seq }) => seq);
}

/** What the journal says before files are deleted. `only`: the imported file whose rows these are, when nothing else goes; its name is hostile text. */
export function deletionEntry(captures: readonly DeletedFile[], only?: DeletedFile): JournalEntry {
  return {
    type: 'evidence-deleted',
    ...(only && { imported: { name: untrusted(only.file).for('label'), sha256: only.sha256 } }),
    files: captures.map(({ file, sha256 }) => ({ file, sha256 })),
  };
}

/** The files that were deleted on purpose, or are about to be. */
export function deletedFiles(records: readonly ChainRecord[]): readonly DeletedFile[] {
  return records
    .filter(({ type }) => type === 'evidence-deleted')
    .flatMap((record) => objectsOf(record, 'files'))
    .flatMap(deletedFrom);
}

/** Everything that was ever called something in `evidence/`: a name stands for one content and is never used again. */
export function everCaptured(records: readonly ChainRecord[]): ReadonlySet<string> {
  const files = records.filter(({ type }) => type === 'capture').map((record) => textOf(record, 'file') ?? '');
  return new Set(files);
}

/** Records never change, and a journal of a thousand accounts is asked for its captures every second while more are collected. */
const read = new WeakMap<ChainRecord, { readonly capture: Capture | undefined }>();

/** The capture a record tells of; `undefined` for another record, or one that cannot be read as that. The same object each time. */
export function captureOf(record: ChainRecord): Capture | undefined {
  const known = read.get(record) ?? { capture: captureFrom(record) };
  read.set(record, known);
  return known.capture;
}

function deletedFrom(json: JsonObject): readonly DeletedFile[] {
  const [file, sha256] = [textOf(json, 'file'), textOf(json, 'sha256')];
  return isObject(json) && file !== undefined && sha256 !== undefined ? [{ file, sha256 }] : [];
}

function nameOf({ file, sha256 }: DeletedFile): string {
  return `${sha256} ${file}`;
}
