import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import path from 'node:path';
import type { ExportedFile } from '../../../core/evidence/export/exporter.ts';

/** A new file whose SHA-256 is known when it ends. */
export interface HashedFile {
  /** Text is written as UTF-8. Bytes may be used again once it has resolved. */
  write(content: string | Uint8Array): Promise<void>;
  /** Everything is on the disk afterwards. */
  end(): Promise<ExportedFile>;
  /** Lets go of it, ended or not. */
  close(): Promise<void>;
}

const { O_NOFOLLOW = 0, O_WRONLY, O_CREAT, O_EXCL } = constants;
/** Text is collected up to so many UTF-16 units: lines are short and a write each would be slow. */
const batch = 1 << 18;

/** Makes a file, 0600, that was not there. */
export async function createHashedFile(folder: string, name: string): Promise<HashedFile> {
  const handle = await open(path.join(folder, name), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0o600);
  const hash = createHash('sha256');
  let bytes = 0;
  let waiting = '';
  let closed = false;

  async function put(content: Uint8Array): Promise<void> {
    hash.update(content);
    bytes += content.byteLength;
    await handle.appendFile(content);
  }
  async function putWaiting(): Promise<void> {
    if (waiting === '') return;
    const text = waiting;
    waiting = '';
    await put(Buffer.from(text));
  }
  async function close(): Promise<void> {
    if (closed) return;
    closed = true;
    await handle.close();
  }
  return {
    async write(content) {
      if (typeof content === 'string') {
        waiting += content;
        if (waiting.length >= batch) await putWaiting();
        return;
      }
      await putWaiting();
      await put(content);
    },
    async end() {
      await putWaiting();
      await handle.sync();
      await close();
      return { name, bytes, sha256: hash.digest('hex') };
    },
    close,
  };
}
