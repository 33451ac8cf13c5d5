import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { throwIfCancelled } from '../../../core/cancellation.ts';
import type { Cancellation } from '../../../core/ports.ts';
import { Refused, unreadable } from '../ingest/refused.ts';

/** A file that somebody chose, as it was when it was hashed. */
export interface HashedFile {
  readonly sha256: string;
  readonly bytes: number;
  /** Throws `Refused` when it was written since. */
  check(): Promise<void>;
}

/** Reads a file to its end. `name` is what it is called in sentences. Throws `Refused` when it cannot be read, and `Cancelled`. */
export async function hashFile(file: string, name: string, cancel: Cancellation | undefined): Promise<HashedFile> {
  const before = await sizeAndTime(file);
  const hash = createHash('sha256');
  let bytes = 0;
  try {
    for await (const chunk of createReadStream(file)) {
      throwIfCancelled(cancel);
      hash.update(chunk);
      bytes += chunk.length;
    }
  } catch (reason) {
    throw reason instanceof Error && 'code' in reason ? unreadable(name, reason) : reason;
  }
  return {
    sha256: hash.digest('hex'),
    bytes,
    async check() {
      if ((await sizeAndTime(file)) !== before) throw changedMeanwhile(name);
    },
  };
}

async function sizeAndTime(file: string): Promise<string> {
  return stat(file).then(
    ({ size, mtimeMs }) => `${size} ${mtimeMs}`,
    () => '',
  );
}

function changedMeanwhile(name: string): Refused {
  return new Refused(
    `${name} was changed while it was read, so nobody could tell later what was read. Nothing of it was imported. Import it again when nothing writes it.`,
  );
}
