import type { Capture, PageProof } from '../../core/evidence/capture.ts';
import { captureEntry } from '../../core/evidence/captureRecord.ts';
import type { CaptureWriter } from '../../core/evidence/evidenceStore.ts';
import type { PackedRows } from '../../core/evidence/heldRows.ts';
import { bodiesOf } from '../../core/evidence/privacy.ts';
import type { SourceId } from '../../core/evidence/source.ts';
import type { Clock } from '../../core/ports.ts';
import type { CaptureFile, LooseSlice } from './captureWriterFile.ts';
import { type CaptureFolder, openCaptureFolder, type WritableIncident } from './captureWriterFolder.ts';
import { addProof, packRows } from './captureWriterSlice.ts';
import { evidenceFailure } from './evidenceStoreFailure.ts';
import { type EvidenceFs, evidenceFs } from './evidenceStoreFs.ts';

export interface CaptureWriterParts {
  readonly clock: Clock;
  readonly fs?: EvidenceFs;
  /** Names in `evidence/` that other writers of this process are at; shared by them. */
  readonly underWay?: Set<string>;
  /** Packed bytes of slices that are not in a file yet, at most; the largest slice gets a file of its own beyond. */
  readonly mostHeld?: number;
}

/** A file is finished at this size, after so many slices, or this long after its first one: a crash loses no more. */
const mostBytes = 8 * 1024 * 1024;
const mostSlices = 500;
const longestOpen = 5000;

const then =
  'What was recorded before is kept. Check free space and the folder’s permissions, then collect again: it goes on where it stopped.';

interface OpenSlice {
  readonly source: SourceId;
  readonly members: Uint8Array[];
  readonly pages: PageProof[];
  held: number;
  rows: number;
  /** Only when it is too large to be held. */
  file?: CaptureFile;
  state: 'open' | 'ended' | 'dropped';
  last: Promise<unknown>;
}

/**
 * Writes captures into `evidence/` of an incident. A slice is packed page by page and appended to the current file of its source when
 * it ends; a file counts once it is durable and its record in the journal is. Slices that are still open at `close` are dropped. A file
 * without a record, which a crash leaves, is put aside when the next writer begins. Expected failures are `UserError`; after one
 * nothing more is written or recorded.
 */
export async function createCaptureWriter(
  incident: WritableIncident,
  { clock, fs = evidenceFs, underWay = new Set(), mostHeld = mostBytes }: CaptureWriterParts,
): Promise<CaptureWriter> {
  const { journal } = incident;
  const bodies = bodiesOf(journal.records);
  const folder: CaptureFolder = await openCaptureFolder(incident, fs, underWay).catch((reason) => {
    throw evidenceFailure(reason, 'The folder “evidence” of this incident cannot be written', then);
  });
  const current = new Map<SourceId, CaptureFile>();
  const slices = new Set<OpenSlice>();
  let held = 0;
  let ended: { readonly reason: unknown } | undefined;
  let last: Promise<unknown> = Promise.resolve();

  /** One disk operation after the other, none after one that failed. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = last.then(async () => {
      if (ended) throw ended.reason;
      try {
        return await work();
      } catch (reason) {
        ended ??= { reason: evidenceFailure(reason, 'Evidence could not be written to disk', then) };
        throw ended.reason;
      }
    });
    last = result.catch(() => undefined);
    return result;
  }
  async function record(file: CaptureFile): Promise<void> {
    const capture: Capture = await file.finish();
    await journal.append(captureEntry(capture));
    folder.done(file);
  }
  async function finish(old: (file: CaptureFile) => boolean): Promise<void> {
    for (const [source, file] of current) {
      if (!old(file)) continue;
      current.delete(source);
      await record(file);
    }
  }
  function isOld({ bytes, slices, begun }: CaptureFile): boolean {
    const age = clock.now() - begun;
    return bytes >= mostBytes || slices >= mostSlices || age < 0 || age > longestOpen;
  }
  function release(slice: OpenSlice): Uint8Array[] {
    held -= slice.held;
    slice.held = 0;
    return slice.members.splice(0);
  }
  /** Moves what is held of the largest slices into files of their own, until little enough is held. */
  async function spill(): Promise<void> {
    while (held > mostHeld) {
      const largest = [...slices].reduce<OpenSlice | undefined>((a, b) => (a && a.held >= b.held ? a : b), undefined);
      if (!largest || largest.held === 0) return;
      const file = largest.file ?? (await folder.create(largest.source, clock.now()));
      largest.file = file;
      // It may have been dropped while its file was made.
      if (slices.has(largest)) await file.append(release(largest));
      else await folder.discard(file);
    }
  }
  async function add(slice: OpenSlice, loose: LooseSlice): Promise<void> {
    slices.delete(slice);
    const members = release(slice);
    const { file: own, source } = slice;
    const file = own ?? current.get(source) ?? (await folder.create(source, clock.now()));
    if (!own) current.set(source, file);
    await file.append(members);
    file.add(loose);
    if (own) await record(own);
    await finish(isOld);
  }
  function drop(slice: OpenSlice): void {
    if (slice.state !== 'open') return;
    slice.state = 'dropped';
    slices.delete(slice);
    release(slice);
    const { file } = slice;
    // A file that cannot be removed now is put aside by the next writer.
    if (file) void inTurn(() => folder.discard(file)).catch(() => undefined);
  }

  return {
    begin({ source, ...about }) {
      const slice: OpenSlice = {
        ...{ source, members: [], pages: [], held: 0, rows: 0, state: 'open', last: Promise.resolve() },
      };
      slices.add(slice);
      async function take(rows: number, packing: Promise<PackedRows>, proof: PageProof): Promise<void> {
        const before = slice.last;
        const taking = (async () => {
          const { member, removed } = await packing;
          await before;
          if (ended) throw ended.reason;
          if (slice.state === 'dropped') return;
          addProof(slice.pages, { ...proof, rows, removed: { ...proof.removed, ...removed } });
          slice.rows += rows;
          if (!member) return;
          slice.members.push(member);
          slice.held += member.length;
          held += member.length;
          if (held > mostHeld) await inTurn(spill);
        })();
        slice.last = taking;
        taking.catch(() => undefined);
        await taking;
        if ([...current.values()].some(isOld)) await inTurn(() => finish(isOld));
      }
      const mustBeOpen = (): void => {
        if (slice.state === 'ended') throw new Error('A slice that has ended gets no more pages.');
      };
      return {
        async page(rows, proof) {
          mustBeOpen();
          await take(rows.length, packRows(source, bodies, rows), proof);
        },
        async held(rows, places, proof) {
          mustBeOpen();
          await take(places.length, rows.pack(places, bodies), proof);
        },
        async end(result) {
          await slice.last;
          if (slice.state !== 'open') throw new Error('A slice ends once.');
          slice.state = 'ended';
          await inTurn(() => add(slice, { ...about, ...result, rows: slice.rows, pages: slice.pages }));
        },
        drop: () => drop(slice),
      };
    },
    flush: () => inTurn(() => finish(() => true)),
    async close() {
      for (const slice of slices) drop(slice);
      try {
        await inTurn(() => finish(() => true));
      } finally {
        await folder.close();
        ended ??= { reason: new Error('A writer that was closed writes nothing more.') };
      }
    },
  };
}
