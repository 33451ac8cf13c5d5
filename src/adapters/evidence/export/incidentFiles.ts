import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, lstat, open, readdir } from 'node:fs/promises';
import path from 'node:path';
import { crc32 } from 'node:zlib';
import { UserError } from '../../../core/errors.ts';
import { draftEnd } from './draft.ts';

/** A file of an incident's folder as it was when it was looked at. */
export interface IncidentFile {
  /** Below the folder, with `/` between folders. */
  readonly name: string;
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly crc32: number;
}

export interface ListedFiles {
  readonly files: readonly string[];
  /** What is not taken along, and why. */
  readonly leftOut: readonly { readonly name: string; readonly why: string }[];
}

const { O_NOFOLLOW = 0, O_NONBLOCK = 0, O_RDONLY } = constants;
/** Names that are paths elsewhere, or nothing at all, where the zip is unpacked. */
const unsafeName = /[\p{C}\\:*?"<>|]|[. ]$/u;
/** Why evidence is left out where the person wanted none. */
export const onRequest = 'left out on request';
/** Deeper than any folder of ours. */
const deepest = 8;
const chunk = 1 << 20;

/** Names of the plain files below a folder, sorted, so that equal folders give equal zips. Links are told and never followed. */
export async function listIncidentFiles(folder: string, evidence: boolean): Promise<ListedFiles> {
  const files: string[] = [];
  const leftOut: { name: string; why: string }[] = [];
  async function visit(below: string, depth: number): Promise<void> {
    const entries = await readdir(path.join(folder, below), { withFileTypes: true });
    for (const entry of entries) {
      const name = below === '' ? entry.name : `${below}/${entry.name}`;
      const why = await reason(entry, name, depth);
      if (why === undefined && entry.isDirectory()) await visit(name, depth + 1);
      else if (why === undefined) files.push(name);
      else if (why !== '') leftOut.push({ name, why });
    }
  }
  /** Why it is left out; empty: it is nothing of the incident. */
  async function reason(
    entry: { name: string; isFile(): boolean; isDirectory(): boolean },
    name: string,
    depth: number,
  ) {
    if (name === 'journal.lock' || name.endsWith('.tmp') || name.endsWith(draftEnd)) return '';
    if (name === 'manifest.json') return 'its name is the manifest’s';
    if (name === 'evidence' && !evidence) return onRequest;
    if (unsafeName.test(entry.name)) return 'its name is not one on every system';
    if (entry.isDirectory()) return depth < deepest ? undefined : 'too deep';
    if (!entry.isFile()) return 'a link, or no plain file';
    return (await lstat(path.join(folder, name))).nlink > 1 ? 'it has a second name elsewhere (hard link)' : undefined;
  }
  await visit('', 0);
  return { files: files.sort(), leftOut: leftOut.sort((one, other) => (one.name < other.name ? -1 : 1)) };
}

/** Size, SHA-256 and CRC-32 of a file. A journal that is being written on is refused with a `UserError`. */
export async function inspect(folder: string, name: string, step: () => void): Promise<IncidentFile> {
  const full = path.join(folder, name);
  const hash = createHash('sha256');
  let sum = 0;
  let bytes = 0;
  let last = 10;
  for await (const part of contentOf(full)) {
    step();
    hash.update(part);
    sum = crc32(part, sum);
    bytes += part.length;
    last = part.at(-1) ?? last;
  }
  if (name === 'journal.jsonl' && last !== 10) throw moved(name);
  return { name, path: full, bytes, sha256: hash.digest('hex'), crc32: sum };
}

/** The content of a file that is as long as it was, part by part. `UserError` when it is not what was looked at. */
export async function* unchangedContent(file: IncidentFile): AsyncGenerator<Buffer> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const part of contentOf(file.path)) {
    bytes += part.length;
    if (bytes > file.bytes) throw moved(file.name);
    hash.update(part);
    yield part;
  }
  if (bytes !== file.bytes || hash.digest('hex') !== file.sha256) throw moved(file.name);
}

/** Each part is valid until the next one is asked for. */
async function* contentOf(full: string): AsyncGenerator<Buffer> {
  const handle: FileHandle = await open(full, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
  try {
    if (!(await handle.stat()).isFile()) throw moved(path.basename(full));
    const buffer = Buffer.alloc(chunk);
    for (;;) {
      const { bytesRead } = await handle.read(buffer, 0, chunk);
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await handle.close();
  }
}

function moved(name: string): UserError {
  return new UserError(
    'state-moved',
    `${name} was changed while the incident was exported, so the zip was not made. Export again when nothing is being recorded.`,
  );
}
