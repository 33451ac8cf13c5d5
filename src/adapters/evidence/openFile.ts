import type { JournalFile, JournalFs } from './journalFs.ts';

/** Larger ones would stop the window while they are checked; `scripts/verify-incident.mjs` reads any size. */
const longestJournal = 256 * 1024 * 1024;

/** A journal's file and content; without a file when there is none yet. */
export interface OpenFile {
  readonly file: JournalFile | undefined;
  readonly content: Buffer;
}

/** Why a file is not used, as the end of a sentence. */
export class Unusable extends Error {}

/** Opens and reads a journal. Links, hard links, pipes and devices are refused: whoever put them there could write where we do not look. */
export async function openFile(fs: JournalFs, path: string, how: 'read' | 'append'): Promise<OpenFile> {
  const before = await fs.state(path);
  if (!before) return { file: undefined, content: Buffer.alloc(0) };
  if (before.kind !== 'file') throw new Unusable('it is not a plain file but a link, a pipe or a folder');
  if (before.links > 1) throw new Unusable('it has a second name elsewhere (hard link)');
  if (before.size > longestJournal) throw new Unusable('it is larger than 256 MB');
  const file = await fs.open(path, how);
  try {
    const { kind, identity } = await file.state();
    if (kind !== 'file' || identity !== before.identity) throw new Unusable('it was exchanged while it was opened');
    return { file, content: await file.read() };
  } catch (reason) {
    await file.close().catch(() => undefined);
    throw reason;
  }
}
