import { readdir, rename, rm } from 'node:fs/promises';
import { type JournalFs, journalFs } from './journalFs.ts';

/** The calls that captures need, so that tests can let each of them fail. None follows a link in the last part of a path. */
export interface EvidenceFs extends JournalFs {
  /** Names in a folder, in no certain order. */
  list(folder: string): Promise<readonly string[]>;
  rename(from: string, to: string): Promise<void>;
  /** Removes a file or a link; nothing when there is none. */
  remove(path: string): Promise<void>;
}

export const evidenceFs: EvidenceFs = {
  ...journalFs,
  list: (folder) => readdir(folder),
  rename: (from, to) => rename(from, to),
  remove: (path) => rm(path, { force: true }),
};
