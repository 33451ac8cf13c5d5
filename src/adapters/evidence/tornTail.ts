import path from 'node:path';
import type { JournalFile, JournalFs } from './journalFs.ts';

/**
 * Cuts what was never written completely off the end of a journal, after keeping it in a file of its own beside it. Durable when it
 * resolves; a crash in between leaves the tail where it was. Returns the kept file's name.
 */
export async function trimTornTail(
  fs: JournalFs,
  file: string,
  journal: JournalFile,
  torn: Uint8Array,
  wholeBytes: number,
): Promise<string> {
  const name = await keepAside(fs, file, torn);
  await journal.truncate(wholeBytes);
  await journal.flush();
  return name;
}

async function keepAside(fs: JournalFs, file: string, bytes: Uint8Array): Promise<string> {
  for (let number = 1; ; number += 1) {
    const kept = `${file}.torn-${number}`;
    if (await fs.state(kept)) continue;
    const handle = await fs.open(kept, 'create');
    try {
      await handle.append(bytes);
      await handle.flush();
    } finally {
      await handle.close();
    }
    await fs.flushFolder(path.dirname(kept));
    return path.basename(kept);
  }
}
