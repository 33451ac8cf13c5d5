import { mkdir, open } from 'node:fs/promises';
import path from 'node:path';
import { UserError } from '../core/errors.ts';
import type { JsonObject } from '../core/model/json.ts';
import type { Journal } from '../core/ports.ts';

/**
 * An append-only file of JSON Lines. `append` resolves when the line is on the disk (fsync), and fails for good after the first
 * failed write: what happened to the disk then is unknown, so nothing may be claimed to be recorded.
 */
export function createFileJournal(file: string): Journal {
  let last: Promise<void> = Promise.resolve();
  const write = async (entry: JsonObject): Promise<void> => {
    await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
    const handle = await open(file, 'a', 0o600);
    try {
      await handle.appendFile(`${JSON.stringify(entry)}\n`);
      await handle.sync();
    } finally {
      await handle.close();
    }
  };
  return {
    append(entry) {
      last = last.then(() =>
        write(entry).catch(() => {
          throw new UserError(
            'not-allowed',
            'The record of this action could not be written to disk, so nothing further is sent. Free some space or check the folder’s permissions, then look at the account’s state.',
          );
        }),
      );
      return last;
    },
  };
}
