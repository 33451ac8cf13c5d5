import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { isObject, textOf } from '../../../core/model/json.ts';
import type { Cancellation } from '../../../core/ports.ts';
import { hashFile } from '../import/hashFile.ts';

/** A file that was read: its name, and its SHA-256 where that is known. */
export interface NamedFile {
  readonly name: string;
  readonly sha256?: string;
}

const hashesFile = 'files.json';

/** Hashes files one after the other while they are read. Gives what writes the hashes beside an import; a file that changed meanwhile has none. Never rejects. */
export function hashesOf(
  files: readonly { readonly path: string; readonly name: string }[],
  cancel: Cancellation | undefined,
): (folder: string) => Promise<void> {
  const hashing = (async () => {
    const found = [];
    for (const { path: file, name } of files) {
      const hashed = await hashFile(file, name, cancel).catch(() => undefined);
      if (hashed) found.push({ name, ...hashed });
    }
    return found;
  })();
  return async (folder) => {
    const known: NamedFile[] = [];
    for (const { name, sha256, check } of await hashing)
      await check().then(
        () => known.push({ name, sha256 }),
        () => undefined,
      );
    await writeFile(path.join(folder, hashesFile), JSON.stringify(known), { mode: 0o600 });
  };
}

/** What is known of the files of an import; nothing of one that an earlier version made. */
export async function readHashes(folder: string): Promise<readonly NamedFile[]> {
  const text = await readFile(path.join(folder, hashesFile), 'utf8').catch(() => '[]');
  const all: unknown = JSON.parse(text);
  if (!Array.isArray(all)) return [];
  return all.filter(isObject).flatMap((one) => {
    const [name, sha256] = [textOf(one, 'name'), textOf(one, 'sha256')];
    return name === undefined || sha256 === undefined ? [] : [{ name, sha256 }];
  });
}

export async function removeHashes(folder: string): Promise<void> {
  await rm(path.join(folder, hashesFile), { force: true });
}
