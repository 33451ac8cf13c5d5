import { randomBytes } from 'node:crypto';
import { lstat, mkdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { UserError } from '../../../core/errors.ts';
import { journalFs } from '../journalFs.ts';

/** A hidden folder beside the target, in which a result is made before it gets its name. */
export interface Draft {
  readonly folder: string;
  /** Gives the whole folder, or one file of it, the target's name. Nothing else stays. */
  publish(file?: string): Promise<void>;
  /** Nothing stays. */
  discard(): Promise<void>;
}

/** What drafts are called, so that a zip of the folder they lie in leaves them out. */
export const draftEnd = '.draft';

/**
 * Starts a draft of a file or folder. `UserError` where the target, or the folder it goes into, is a link or of another kind, and
 * where a folder is there already. A file that is there is replaced, by name: it is never written into.
 */
export async function createDraft(target: string, kind: 'file' | 'folder'): Promise<Draft> {
  const parent = path.dirname(target);
  const holder = await lstat(parent).catch(() => undefined);
  if (!holder?.isDirectory()) throw refused('The folder to export into is a link or not there');
  const there = await lstat(target).catch(() => undefined);
  if (there && kind === 'folder')
    throw refused(`A file or folder with the name ${path.basename(target)} is there already`);
  if (there && !there.isFile()) throw refused(`What has the name ${path.basename(target)} is a link or no plain file`);
  const folder = path.join(parent, `.${path.basename(target)}.${randomBytes(4).toString('hex')}${draftEnd}`);
  await mkdir(folder, { mode: 0o700 });
  const discard = () => rm(folder, { recursive: true, force: true });
  return {
    folder,
    async publish(file) {
      await journalFs.flushFolder(folder);
      await rename(file === undefined ? folder : path.join(folder, file), target);
      if (file !== undefined) await discard();
      await journalFs.flushFolder(parent);
    },
    discard,
  };
}

function refused(why: string): UserError {
  return new UserError('bad-input', `${why}, so nothing was written. Choose another place, then export again.`);
}
