import { createHash } from 'node:crypto';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Capture, Slice } from '../../core/evidence/capture.ts';
import type { SourceId } from '../../core/evidence/source.ts';
import type { EvidenceFs } from './evidenceStoreFs.ts';
import { Unusable } from './openFile.ts';

/** A slice whose rows are not in a file's numbering yet. */
export type LooseSlice = Omit<Slice, 'line'>;

/** A capture that is being written. Calls follow one another. */
export interface CaptureFile {
  readonly source: SourceId;
  readonly path: string;
  readonly bytes: number;
  readonly slices: number;
  /** Epoch milliseconds. */
  readonly begun: number;
  /** Appends whole gzip members. */
  append(members: readonly Uint8Array[]): Promise<void>;
  /** Says that the rows appended since the last slice are this one's. */
  add(slice: LooseSlice): void;
  /** Makes the file, and its name, durable. Nothing can be appended afterwards. */
  finish(): Promise<Capture>;
  /** Lets go of it unfinished. */
  close(): Promise<void>;
}

export interface CaptureFileParts {
  readonly fs: EvidenceFs;
  /** The incident's `evidence` folder, and the file number that tells it from another folder put in its place. */
  readonly folder: string;
  readonly identity: string;
  readonly name: string;
  readonly source: SourceId;
  readonly begun: number;
}

/** Creates the file of a capture, 0600. Rejects with `EEXIST` when the name is taken. */
export async function createCaptureFile(parts: CaptureFileParts): Promise<CaptureFile> {
  const { fs, folder, name, source, begun } = parts;
  const target = path.join(folder, name);
  const file = await fs.open(target, 'create');
  const hash = createHash('sha256');
  const slices: Slice[] = [];
  let bytes = 0;
  let rows = 0;

  async function append(members: readonly Uint8Array[]): Promise<void> {
    if (members.length === 0) return;
    const whole = Buffer.concat(members);
    await file.append(whole);
    hash.update(whole);
    bytes += whole.length;
  }
  /** Synchronisation services move files, and somebody could put a link where the folder was. */
  async function stillThere(): Promise<void> {
    const [place, named, own] = [await fs.state(folder), await fs.state(target), await file.state()];
    if (place?.kind !== 'folder' || place.identity !== parts.identity)
      throw new Unusable('something else moved or exchanged the folder “evidence” meanwhile');
    if (own.size !== bytes || own.links !== 1 || named?.identity !== own.identity)
      throw new Unusable(`something else changed, moved or deleted ${name} meanwhile`);
  }
  return {
    source,
    path: target,
    begun,
    get bytes() {
      return bytes;
    },
    get slices() {
      return slices.length;
    },
    append,
    add(slice) {
      slices.push({ ...slice, line: rows + 1 });
      rows += slice.rows;
    },
    async finish() {
      // Nothing is no gzip; tools would call the file damaged.
      if (bytes === 0) await append([gzipSync('')]);
      await file.flush();
      await stillThere();
      await fs.flushFolder(folder);
      await file.close();
      return { file: `evidence/${name}`, sha256: hash.digest('hex'), bytes, source, slices };
    },
    close: () => file.close(),
  };
}
