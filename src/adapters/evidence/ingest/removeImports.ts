import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { UserError } from '../../../core/errors.ts';
import { untrusted } from '../../../core/untrusted.ts';
import { removeImport, withOthers } from './importLogs.ts';
import { readHeader } from './openIndex.ts';

/**
 * Removes imports that are kept below a folder to show their traffic and took in a file with one of these names, as journals of incidents have names: what
 * an incident's evidence was imported from lies there a second time, with whole phone numbers. One that is damaged goes as well: nobody can tell, nor use
 * it. One that has not ended stays: another window may be making it.
 */
export async function removeImports(folder: string, names: ReadonlySet<string>): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    const own = path.join(folder, name);
    const isWanted = await filesOf(own).then(
      (files) => files.every((file) => !names.has(file)),
      (reason: unknown) => reason instanceof UserError && reason.code === 'not-found',
    );
    if (!isWanted) await removeImport(own);
  }
}

/** Names of the files that an import took in, as journals have them. */
async function filesOf(own: string): Promise<readonly string[]> {
  const { files } = await withOthers(own, (await readHeader(own)).summary);
  return files.map(({ name }) => untrusted(name).for('label'));
}
