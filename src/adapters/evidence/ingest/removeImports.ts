import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { UserError } from '../../../core/errors.ts';
import { untrusted } from '../../../core/untrusted.ts';
import { type NamedFile, readHashes } from './fileHashes.ts';
import { removeImport, withOthers } from './importLogs.ts';
import { readHeader } from './openIndex.ts';

/**
 * Removes imports that are kept below a folder to show their traffic and took in one of these files, as journals of incidents tell of them: what
 * an incident's evidence was imported from lies there a second time, with whole phone numbers. Files are the same by SHA-256, and by name where that of
 * one is not known. An import that is damaged goes as well: nobody can tell, nor use it. One that has not ended stays: another window may be making it.
 */
export async function removeImports(folder: string, imported: readonly NamedFile[]): Promise<void> {
  const isImported = (kept: NamedFile): boolean => imported.some((one) => isSame(one, kept));
  for (const name of await readdir(folder).catch(() => [])) {
    const own = path.join(folder, name);
    const isWanted = await filesOf(own).then(
      (files) => !files.some(isImported),
      (reason: unknown) => reason instanceof UserError && reason.code === 'not-found',
    );
    if (!isWanted) await removeImport(own);
  }
}

function isSame(one: NamedFile, other: NamedFile): boolean {
  const isKnown = one.sha256 !== undefined && other.sha256 !== undefined;
  return isKnown ? one.sha256 === other.sha256 : one.name === other.name;
}

/** The files that an import took in, named as journals name them. */
async function filesOf(own: string): Promise<readonly NamedFile[]> {
  const { files } = await withOthers(own, (await readHeader(own)).summary);
  const hashed = await readHashes(own);
  const unknown = files.filter(({ name }) => hashed.every((one) => one.name !== name));
  return [...hashed, ...unknown].map((one) => ({ ...one, name: untrusted(one.name).for('label') }));
}
